SELECT spell.staff_id || '|' || CAST(spell.from_date AS TEXT) || '|' || CAST(month.day AS TEXT) AS case_id,
  spell.staff_id AS "key",
  month.day AS event_date,
  coalesce(spell.team_id, '(no team)') AS team_id,
  CASE
  WHEN (spell.unreadable LIKE '% fte %') THEN 'not computable: fte can''t be read'
  WHEN (spell.unreadable LIKE '% from %') THEN 'not computable: from can''t be read'
  WHEN (spell.unreadable LIKE '% to %') THEN 'not computable: to can''t be read'
  ELSE CASE
  WHEN coalesce(spell.to_date < spell.from_date, 0) THEN 'not computable: the spell ends before it begins'
  WHEN (
    EXISTS (
      SELECT *
      FROM absences AS absence
      WHERE absence.staff_id = spell.staff_id
        AND absence.kind = 'sickness'
        AND absence.to_date < absence.from_date
        AND absence.from_date BETWEEN first.day AND last.day
    )
  ) THEN 'not computable: an absence ends before it begins'
  ELSE 'counted' END END AS result,
  CASE
  WHEN (
    spell.unreadable LIKE '% fte %'
    OR spell.unreadable LIKE '% from %'
    OR spell.unreadable LIKE '% to %'
  ) THEN 0
  ELSE spell.fte_hundredths * (
    SELECT count(DISTINCT lost_day.day) + count(
      DISTINCT CASE
      WHEN (absence.part_day IS 1) THEN NULL
      ELSE lost_day.day END
    ) AS anon_1
    FROM absences AS absence
    JOIN calendar AS lost_day ON lost_day.day >= absence.from_date
      AND (absence.to_date IS NULL OR lost_day.day <= absence.to_date)
    WHERE absence.staff_id = spell.staff_id
      AND absence.kind = 'sickness'
      AND absence.from_date <= last.day
      AND (absence.to_date IS NULL OR absence.to_date >= first.day)
      AND lost_day.day BETWEEN first.day AND last.day
      AND lost_day.working IS 1
  ) END AS numerator,
  CASE
  WHEN (
    spell.unreadable LIKE '% fte %'
    OR spell.unreadable LIKE '% from %'
    OR spell.unreadable LIKE '% to %'
  ) THEN 0
  ELSE 2 * spell.fte_hundredths * (
    (last.working_day_number - first.working_day_number) + CASE
    WHEN (first.working IS 1) THEN 1
    ELSE 0 END
  ) END AS denominator
FROM staff AS spell
JOIN calendar AS month ON month.day = month.month
  AND month.day <= :covers_to
  AND month.month_end >= :covers_from
  AND month.month_end >= spell.from_date
  AND (
    spell.to_date IS NULL
    OR month.day <= spell.to_date
    OR coalesce(spell.to_date < spell.from_date, 0) = 1
    AND month.day <= spell.from_date
  )
JOIN calendar AS first ON first.day = CASE
  WHEN (
    CASE
    WHEN (month.day >= :covers_from) THEN month.day
    ELSE :covers_from END >= spell.from_date
  ) THEN CASE
  WHEN (month.day >= :covers_from) THEN month.day
  ELSE :covers_from END
  ELSE spell.from_date END
JOIN calendar AS last ON last.day = CASE
  WHEN (
    CASE
    WHEN coalesce(spell.to_date < spell.from_date, 0) = 0 THEN spell.to_date END < CASE
    WHEN (:covers_to < month.month_end) THEN :covers_to
    ELSE month.month_end END
  ) THEN CASE
  WHEN coalesce(spell.to_date < spell.from_date, 0) = 0 THEN spell.to_date END
  ELSE CASE
  WHEN (:covers_to < month.month_end) THEN :covers_to
  ELSE month.month_end END END
WHERE (last.working_day_number - first.working_day_number) + CASE
  WHEN (first.working IS 1) THEN 1
  ELSE 0 END > 0
