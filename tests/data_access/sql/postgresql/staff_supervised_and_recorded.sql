SELECT spell.staff_id || '|' || CAST(month.day AS TEXT) AS case_id,
  spell.staff_id AS key,
  month.day AS event_date,
  coalesce(spell.team_id, '(no team)') AS team_id,
  CASE
  WHEN (spell.unreadable LIKE '%% from %%') THEN 'not computable: from can''t be read'
  WHEN (spell.unreadable LIKE '%% to %%') THEN 'not computable: to can''t be read'
  ELSE CASE
  WHEN (month.month_end > :covers_to) THEN 'not yet due'
  WHEN (
    NOT (
      EXISTS (
        SELECT *
        FROM supervisions AS session
        WHERE session.staff_id = spell.staff_id
          AND session.held_on BETWEEN month.day AND month.month_end
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM supervisions AS session
        WHERE session.staff_id = spell.staff_id
          AND session.held_on BETWEEN month.day AND month.month_end
          AND (
            CASE
            WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END IS NULL
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = :covers_to
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = session.held_on
            ) >= 2
            OR (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = CASE
                WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = session.held_on
            ) > 2
            OR CASE
            WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END IS NOT NULL
            AND session.kind = 'casework'
            AND coalesce(session.on_childs_file, false) IS false
          )
      )
    )
  ) THEN 'not met'
  WHEN (
    EXISTS (
      SELECT *
      FROM supervisions AS session
      WHERE session.staff_id = spell.staff_id
        AND session.held_on BETWEEN month.day AND month.month_end
        AND session.recorded_on < session.held_on
    )
  ) THEN 'not computable: a session was recorded before it was held'
  WHEN (
    EXISTS (
      SELECT *
      FROM supervisions AS session
      WHERE session.staff_id = spell.staff_id
        AND session.held_on BETWEEN month.day AND month.month_end
        AND CASE
        WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END IS NULL
    )
  ) THEN 'not yet due'
  ELSE 'met' END END AS result,
  spell.staff_id AS worker,
  spell.role,
  (
    SELECT count(*) AS count_1
    FROM supervisions AS session
    WHERE session.staff_id = spell.staff_id
      AND session.held_on BETWEEN month.day AND month.month_end
  ) AS sessions_held,
  (
    SELECT count(*) AS count_2
    FROM supervisions AS session
    WHERE session.staff_id = spell.staff_id
      AND session.held_on BETWEEN month.day AND month.month_end
      AND (
        CASE
        WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END IS NULL
        AND (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = :covers_to
        ) - (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = session.held_on
        ) >= 2
        OR (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = CASE
            WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END
        ) - (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = session.held_on
        ) > 2
        OR CASE
        WHEN (session.recorded_on <= :covers_to) THEN session.recorded_on END IS NOT NULL
        AND session.kind = 'casework'
        AND coalesce(session.on_childs_file, false) IS false
      )
  ) AS sessions_late
FROM staff AS spell
JOIN calendar AS month ON month.day = month.month
  AND month.day BETWEEN :covers_from AND :covers_to
  AND spell.from_date <= month.month_end
  AND (spell.to_date IS NULL OR spell.to_date >= month.month_end)
WHERE (
  EXISTS (
    SELECT *
    FROM staff AS first_spell
    WHERE first_spell.staff_id = spell.staff_id
      AND first_spell.from_date <= month.day
      AND (first_spell.to_date IS NULL OR first_spell.to_date >= month.day)
  )
)
  AND NOT (
    EXISTS (
      SELECT *
      FROM staff AS later_spell
      WHERE later_spell.staff_id = spell.staff_id
        AND later_spell.from_date <= month.month_end
        AND (later_spell.to_date IS NULL OR later_spell.to_date >= month.month_end)
        AND later_spell.from_date > spell.from_date
    )
  )
