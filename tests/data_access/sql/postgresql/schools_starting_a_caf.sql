SELECT school.school_id || '|' || CAST(closing.day AS TEXT) AS case_id,
  school.school_id AS key,
  closing.day AS event_date,
  '(no team)' AS team_id,
  CASE
  WHEN (school.unreadable LIKE '%% opened %%') THEN 'not computable: opened can''t be read'
  WHEN (school.unreadable LIKE '%% closed %%') THEN 'not computable: closed can''t be read'
  ELSE CASE
  WHEN coalesce(school.closed < school.opened, false) THEN 'not computable: the school closes before it opens'
  WHEN (
    (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = :covers_from
    ) > (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = closing.year_before
    ) + 1
  ) THEN 'not computable: fewer than 12 months of CAFs are loaded'
  WHEN (
    (
      SELECT max(caf.started_on) AS max_1
      FROM cafs AS caf
      WHERE caf.school_id = school.school_id
        AND caf.started_on <= closing.day
    ) > closing.year_before
  ) THEN 'met'
  ELSE 'not met' END END AS result,
  school.school_id,
  (
    SELECT max(caf.started_on) AS max_1
    FROM cafs AS caf
    WHERE caf.school_id = school.school_id
      AND caf.started_on <= closing.day
  ) AS latest_started_on
FROM schools AS school
JOIN calendar AS closing ON (
  closing.day = closing.week_end
  OR closing.day = closing.month_end
)
  AND closing.day BETWEEN :covers_from AND :covers_to
  AND (school.opened IS NULL OR school.opened <= closing.day)
  AND (
    school.closed IS NULL
    OR school.closed >= closing.day
    OR coalesce(school.closed < school.opened, false)
  )
