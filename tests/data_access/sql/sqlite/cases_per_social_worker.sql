SELECT spell.staff_id || '|' || CAST(closing.day AS TEXT) AS case_id,
  spell.staff_id AS "key",
  closing.day AS event_date,
  coalesce(spell.team_id, '(no team)') AS team_id,
  CASE
  WHEN (spell.unreadable LIKE '% from %') THEN 'not computable: from can''t be read'
  WHEN (spell.unreadable LIKE '% to %') THEN 'not computable: to can''t be read'
  WHEN (spell.unreadable LIKE '% role %') THEN 'not computable: role can''t be read'
  WHEN (spell.unreadable LIKE '% fte %') THEN 'not computable: fte can''t be read'
  ELSE 'counted' END AS result,
  CASE
  WHEN (
    spell.unreadable LIKE '% from %'
    OR spell.unreadable LIKE '% to %'
    OR spell.unreadable LIKE '% role %'
    OR spell.unreadable LIKE '% fte %'
  ) THEN 0
  ELSE 100 * (
    SELECT count(*) AS count_1
    FROM allocations AS allocation
    WHERE allocation.staff_id = spell.staff_id
      AND allocation.from_date <= closing.day
      AND (allocation.to_date IS NULL OR allocation.to_date >= closing.day)
      AND (allocation.kind IS NULL OR allocation.kind != 'joint_worker')
  ) END AS numerator,
  CASE
  WHEN (
    spell.unreadable LIKE '% from %'
    OR spell.unreadable LIKE '% to %'
    OR spell.unreadable LIKE '% role %'
    OR spell.unreadable LIKE '% fte %'
  ) THEN 0
  ELSE (
    SELECT sum(other.fte_hundredths) AS sum_1
    FROM staff AS other
    WHERE other.staff_id = spell.staff_id
      AND other.role = 'social_worker'
      AND other.from_date <= closing.day
      AND (other.to_date IS NULL OR other.to_date >= closing.day)
  ) END AS denominator,
  spell.staff_id AS worker,
  (
    SELECT count(*) AS count_1
    FROM allocations AS allocation
    WHERE allocation.staff_id = spell.staff_id
      AND allocation.from_date <= closing.day
      AND (allocation.to_date IS NULL OR allocation.to_date >= closing.day)
      AND (allocation.kind IS NULL OR allocation.kind != 'joint_worker')
  ) AS cases_held,
  CAST(
    (
      SELECT sum(other.fte_hundredths) AS sum_1
      FROM staff AS other
      WHERE other.staff_id = spell.staff_id
        AND other.role = 'social_worker'
        AND other.from_date <= closing.day
        AND (other.to_date IS NULL OR other.to_date >= closing.day)
    ) AS FLOAT
  ) / (100 + 0.0) AS full_time_equivalent
FROM staff AS spell
JOIN calendar AS closing ON (
  closing.day = closing.week_end
  OR closing.day = closing.month_end
)
  AND closing.day BETWEEN :covers_from AND :covers_to
  AND spell.from_date <= closing.day
  AND (spell.to_date IS NULL OR spell.to_date >= closing.day)
WHERE spell.role = 'social_worker'
  AND NOT (
    EXISTS (
      SELECT *
      FROM staff AS other
      WHERE other.staff_id = spell.staff_id
        AND other.role = 'social_worker'
        AND other.from_date <= closing.day
        AND (other.to_date IS NULL OR other.to_date >= closing.day)
        AND other.from_date > spell.from_date
    )
  )
  AND (
    SELECT count(*) AS count_1
    FROM allocations AS allocation
    WHERE allocation.staff_id = spell.staff_id
      AND allocation.from_date <= closing.day
      AND (allocation.to_date IS NULL OR allocation.to_date >= closing.day)
      AND (allocation.kind IS NULL OR allocation.kind != 'joint_worker')
  ) > 0
