SELECT system.code || '|' || CAST(day.day AS TEXT) AS case_id,
  system.code AS "key",
  day.day AS event_date,
  '(no team)' AS team_id,
  CASE
  WHEN (
    EXISTS (
      SELECT *
      FROM system_incidents AS incident
      WHERE incident.system = system.code
        AND coalesce((incident.kind NOT IN ('slow', 'records_lost')), 1) = 1
        AND incident.started_on BETWEEN day.day AND CASE
        WHEN (day.day_number - monday.day_number = 4) THEN day.week_end
        ELSE day.day END
        AND CASE
        WHEN (
          incident.ended_timed = 1
          AND incident.started_timed = 1
        ) THEN incident.ended_at < incident.started_at
        ELSE incident.ended_on < incident.started_on END = 1
    )
  ) THEN 'not computable: an outage ends before it begins'
  ELSE 'counted' END AS result,
  600 - (
    SELECT count(DISTINCT minute.day) AS count_1
    FROM system_incidents AS incident
    JOIN calendar AS minute ON minute.day BETWEEN '1991-04-26' AND '1992-12-15'
      AND (
        CAST(
          strftime('%s', incident.started_at) AS INTEGER
        ) - CAST(strftime('%s', day.begins_at) AS INTEGER)
      ) < 60 * (minute.day_number + 1)
      AND (
        incident.ended_on IS NULL
        OR incident.ended_timed IS 0
        OR (
          CAST(strftime('%s', incident.ended_at) AS INTEGER) - CAST(strftime('%s', day.begins_at) AS INTEGER)
        ) > 60 * minute.day_number
      )
    WHERE incident.system = system.code
      AND coalesce((incident.kind NOT IN ('slow', 'records_lost')), 1) = 1
      AND incident.started_on <= day.day
      AND (incident.ended_on IS NULL OR incident.ended_on >= day.day)
  ) AS numerator,
  600 AS denominator,
  system.label AS system,
  (
    SELECT count(DISTINCT minute.day) AS count_1
    FROM system_incidents AS incident
    JOIN calendar AS minute ON minute.day BETWEEN '1991-04-26' AND '1992-12-15'
      AND (
        CAST(
          strftime('%s', incident.started_at) AS INTEGER
        ) - CAST(strftime('%s', day.begins_at) AS INTEGER)
      ) < 60 * (minute.day_number + 1)
      AND (
        incident.ended_on IS NULL
        OR incident.ended_timed IS 0
        OR (
          CAST(strftime('%s', incident.ended_at) AS INTEGER) - CAST(strftime('%s', day.begins_at) AS INTEGER)
        ) > 60 * minute.day_number
      )
    WHERE incident.system = system.code
      AND coalesce((incident.kind NOT IN ('slow', 'records_lost')), 1) = 1
      AND incident.started_on <= day.day
      AND (incident.ended_on IS NULL OR incident.ended_on >= day.day)
  ) AS minutes_lost,
  (
    SELECT coalesce(sum(incident.records_lost), 0) AS coalesce_1
    FROM system_incidents AS incident
    WHERE incident.system = system.code
      AND incident.started_on BETWEEN day.day AND CASE
      WHEN (day.day_number - monday.day_number = 4) THEN day.week_end
      ELSE day.day END
  ) AS records_lost
FROM codes AS system
JOIN calendar AS day ON day.day BETWEEN :covers_from AND :covers_to
JOIN calendar AS monday ON monday.day = day.week
  AND day.day_number - monday.day_number <= 4
WHERE system.list = 'system'
  AND system.current_system IS 1
