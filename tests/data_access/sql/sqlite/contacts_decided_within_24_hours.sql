SELECT contact.contact_id AS case_id,
  contact.child_key AS "key",
  contact.received_on AS event_date,
  coalesce(contact.team_id, '(no team)') AS team_id,
  CASE
  WHEN (contact.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (contact.unreadable LIKE '% decided_at %') THEN 'not computable: decided_at can''t be read'
  ELSE CASE
  WHEN (
    contact.received_on > :contacts_taken_on
    OR contact.decided_on > :contacts_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN CASE
  WHEN (
    contact.decided_timed = 1
    AND contact.received_timed = 1
  ) THEN contact.decided_at < contact.received_at
  ELSE contact.decided_on < contact.received_on END THEN 'not computable: decided before it was received'
  WHEN (
    contact.decided_at IS NOT NULL
    AND contact.received_timed = 1
    AND contact.decided_timed = 1
    AND (
      CAST(
        strftime('%s', coalesce(contact.decided_at, :as_at)) AS INTEGER
      ) - CAST(
        strftime('%s', contact.received_at) AS INTEGER
      )
    ) > 86400
  ) THEN 'not met'
  WHEN (
    contact.decided_at IS NOT NULL
    AND NOT (contact.received_timed = 1 AND contact.decided_timed = 1)
    AND (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(contact.decided_on, :as_at_on)
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = contact.received_on
    ) >= 2
  ) THEN 'not met'
  WHEN (
    contact.decided_at IS NOT NULL
    AND NOT (contact.received_timed = 1 AND contact.decided_timed = 1)
    AND (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(contact.decided_on, :as_at_on)
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = contact.received_on
    ) = 1
  ) THEN 'not computable: the time of day is missing'
  WHEN (contact.decided_at IS NOT NULL) THEN 'met'
  WHEN (
    contact.received_timed = 1
    AND (
      CAST(
        strftime('%s', coalesce(contact.decided_at, :as_at)) AS INTEGER
      ) - CAST(
        strftime('%s', contact.received_at) AS INTEGER
      )
    ) >= 86400
  ) THEN 'not met'
  WHEN (
    contact.received_timed = 0
    AND (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(contact.decided_on, :as_at_on)
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = contact.received_on
    ) >= 2
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  contact.received_at,
  contact.received_timed,
  contact.decided_at,
  contact.decided_timed,
  contact.decision,
  CASE
  WHEN (
    (
      CAST(
        strftime('%s', coalesce(contact.decided_at, :as_at)) AS INTEGER
      ) - CAST(
        strftime('%s', contact.received_at) AS INTEGER
      )
    ) >= 0
  ) THEN (
    CAST(
      strftime('%s', coalesce(contact.decided_at, :as_at)) AS INTEGER
    ) - CAST(
      strftime('%s', contact.received_at) AS INTEGER
    )
  ) END AS seconds_taken,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(contact.decided_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = contact.received_on
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(contact.decided_on, :as_at_on)
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = contact.received_on
  ) END AS working_days_taken,
  contact.source
FROM contacts AS contact
