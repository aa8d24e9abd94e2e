SELECT spell.staff_id || '|' || CAST(monday.day AS TEXT) AS case_id,
  spell.staff_id AS key,
  monday.day AS event_date,
  coalesce(spell.team_id, '(no team)') AS team_id,
  CASE
  WHEN (
    spell.unreadable LIKE '%% uses_case_system %%'
  ) THEN 'not computable: uses_case_system can''t be read'
  WHEN (spell.unreadable LIKE '%% from %%') THEN 'not computable: from can''t be read'
  WHEN (spell.unreadable LIKE '%% to %%') THEN 'not computable: to can''t be read'
  ELSE CASE
  WHEN (monday.week_end > :covers_to) THEN 'not yet due'
  WHEN coalesce(spell.to_date < spell.from_date, false) THEN 'not computable: the spell ends before it begins'
  WHEN (
    coalesce(
      (
        SELECT sum(use.recorded) AS sum_1
        FROM system_use AS use
        WHERE use.staff_id = spell.staff_id
          AND use.week = monday.day
          AND use.system IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'system'
              AND codes.current_system IS true
          )
      ),
      0
    ) > 0
    AND coalesce(
      (
        SELECT sum(use.recorded) AS sum_2
        FROM system_use AS use
        WHERE use.staff_id = spell.staff_id
          AND use.week = monday.day
          AND use.system IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'system'
              AND codes.replaced_system IS true
          )
      ),
      0
    ) = 0
  ) THEN 'met'
  WHEN (
    EXISTS (
      SELECT *
      FROM absences AS absence
      WHERE absence.staff_id = spell.staff_id
        AND absence.to_date < absence.from_date
        AND absence.from_date BETWEEN monday.day AND monday.week_end
        AND coalesce(absence.part_day, false) IS false
    )
  ) THEN 'not computable: an absence ends before it begins'
  ELSE 'not met' END END AS result,
  spell.role,
  coalesce(
    (
      SELECT sum(use.recorded) AS sum_3
      FROM system_use AS use
      WHERE use.staff_id = spell.staff_id
        AND use.week = monday.day
        AND use.system IN (
          SELECT codes.code
          FROM codes
          WHERE codes.list = 'system'
            AND codes.current_system IS true
        )
    ),
    0
  ) AS recorded_in_current,
  coalesce(
    (
      SELECT sum(use.recorded) AS sum_4
      FROM system_use AS use
      WHERE use.staff_id = spell.staff_id
        AND use.week = monday.day
        AND use.system IN (
          SELECT codes.code
          FROM codes
          WHERE codes.list = 'system'
            AND codes.replaced_system IS true
        )
    ),
    0
  ) AS recorded_in_replaced
FROM staff AS spell
JOIN calendar AS monday ON monday.day = monday.week
  AND monday.day BETWEEN :covers_from AND :covers_to
  AND (
    monday.day >= spell.from_date
    AND (spell.to_date IS NULL OR monday.day <= spell.to_date)
    OR coalesce(spell.to_date < spell.from_date, false)
    AND spell.from_date BETWEEN monday.day AND monday.week_end
  )
WHERE spell.uses_case_system IS true
  AND NOT (
    EXISTS (
      SELECT *
      FROM staff AS other
      WHERE other.staff_id = spell.staff_id
        AND other.uses_case_system IS true
        AND (
          monday.day >= other.from_date
          AND (other.to_date IS NULL OR monday.day <= other.to_date)
          AND (
            other.from_date > spell.from_date
            OR coalesce(spell.to_date < spell.from_date, false)
          )
          OR coalesce(other.to_date < other.from_date, false)
          AND other.from_date BETWEEN monday.day AND monday.week_end
          AND other.from_date > spell.from_date
          AND coalesce(spell.to_date < spell.from_date, false)
        )
    )
  )
  AND (
    EXISTS (
      SELECT *
      FROM calendar AS day
      WHERE day.week = monday.day
        AND day.day BETWEEN monday.day AND monday.week_end
        AND day.working IS true
        AND NOT (
          EXISTS (
            SELECT *
            FROM absences AS absence
            WHERE absence.staff_id = spell.staff_id
              AND absence.from_date <= day.day
              AND (absence.to_date IS NULL OR absence.to_date >= day.day)
              AND coalesce(absence.part_day, false) IS false
          )
        )
    )
  )
