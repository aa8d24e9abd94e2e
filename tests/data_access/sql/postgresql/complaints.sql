SELECT message.feedback_id AS case_id,
  message.feedback_id AS key,
  message.received_on AS event_date,
  coalesce(message.team_id, '(no team)') AS team_id,
  CASE
  WHEN (message.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (message.unreadable LIKE '%% received_on %%') THEN 'not computable: received_on can''t be read'
  ELSE CASE
  WHEN (message.received_on > :feedback_taken_on) THEN 'not computable: dated after the data were taken'
  ELSE 'counted' END END AS result,
  message.answered_on,
  CASE
  WHEN (
    message.answered_on < message.received_on
    OR message.received_on > :as_at_on
  ) THEN NULL
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(message.answered_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = message.received_on
    ) > (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'complaints'
        AND standard.from_date <= message.received_on
        AND (standard.to_date IS NULL OR standard.to_date >= message.received_on)
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1
    )
  ) THEN 'no'
  WHEN (message.answered_on IS NULL) THEN 'not answered yet'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(message.answered_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = message.received_on
    ) <= (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'complaints'
        AND standard.from_date <= message.received_on
        AND (standard.to_date IS NULL OR standard.to_date >= message.received_on)
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1
    )
  ) THEN 'yes' END AS answered_in_time,
  message.upheld
FROM feedback AS message
WHERE message.kind = 'complaint'
