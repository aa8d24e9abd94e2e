SELECT referral.referral_id AS case_id,
  referral.child_key AS "key",
  coalesce(contact.received_on, referral.received_on) AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (referral.unreadable LIKE '% decided_at %') THEN 'not computable: decided_at can''t be read'
  WHEN (referral.unreadable LIKE '% contact_id %') THEN 'not computable: contact_id can''t be read'
  WHEN (contact.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (contact.unreadable LIKE '% referral_id %') THEN 'not computable: referral_id can''t be read'
  ELSE CASE
  WHEN (
    referral.received_on > :referrals_taken_on
    OR referral.decided_on > :referrals_taken_on
    OR contact.received_on > :contacts_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    CASE
    WHEN (
      referral.decided_timed = 1
      AND coalesce(contact.received_timed, referral.received_timed) = 1
    ) THEN referral.decided_at < coalesce(contact.received_at, referral.received_at)
    ELSE referral.decided_on < coalesce(contact.received_on, referral.received_on) END = 1
    OR CASE
    WHEN (
      referral.decided_timed = 1
      AND referral.received_timed = 1
    ) THEN referral.decided_at < referral.received_at
    ELSE referral.decided_on < referral.received_on END = 1
  ) THEN 'not computable: decided before it was received'
  WHEN (
    referral.decided_on > (
      SELECT day_after.day
      FROM calendar AS day_after
      WHERE day_after.working_day_number = (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(contact.received_on, referral.received_on)
      ) + 0 + 1
        AND day_after.working IS 1
    )
  ) THEN 'not met'
  WHEN (
    referral.decided_at IS NOT NULL
    AND CASE
    WHEN (
      referral.received_timed = 1
      AND contact.received_timed = 1
    ) THEN referral.received_at < contact.received_at
    ELSE referral.received_on < contact.received_on END = 1
  ) THEN 'not computable: received before its contact'
  WHEN (referral.decided_at IS NOT NULL) THEN 'met'
  WHEN (
    (
      SELECT day_after.day
      FROM calendar AS day_after
      WHERE day_after.working_day_number = (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(contact.received_on, referral.received_on)
      ) + 0 + 1
        AND day_after.working IS 1
    ) < :as_at_on
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  coalesce(contact.received_at, referral.received_at) AS first_received_at,
  coalesce(contact.received_timed, referral.received_timed) AS first_received_timed,
  (
    SELECT day_after.day
    FROM calendar AS day_after
    WHERE day_after.working_day_number = (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(contact.received_on, referral.received_on)
    ) + 0 + 1
      AND day_after.working IS 1
  ) AS due_on,
  referral.decided_at,
  referral.decided_timed,
  referral.decision,
  referral.decided_by_role,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(referral.decided_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(contact.received_on, referral.received_on)
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(referral.decided_on, :as_at_on)
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(contact.received_on, referral.received_on)
  ) END AS working_days_taken,
  referral.source
FROM referrals AS referral
LEFT OUTER JOIN contacts AS contact ON contact.contact_id = coalesce(
  (
    SELECT linked.contact_id
    FROM contacts AS linked
    WHERE linked.contact_id = referral.contact_id
  ),
  (
    SELECT linked.contact_id
    FROM contacts AS linked
    WHERE linked.referral_id = referral.referral_id
    ORDER BY linked.received_at,
      linked.contact_id
    LIMIT 1 OFFSET 0
  )
)
