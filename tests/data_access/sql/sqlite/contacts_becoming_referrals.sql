SELECT contact.contact_id AS case_id,
  contact.child_key AS "key",
  contact.received_on AS event_date,
  coalesce(contact.team_id, '(no team)') AS team_id,
  CASE
  WHEN (contact.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (contact.unreadable LIKE '% referral_id %') THEN 'not computable: referral_id can''t be read'
  WHEN (referral.unreadable LIKE '% contact_id %') THEN 'not computable: contact_id can''t be read'
  ELSE CASE
  WHEN (
    contact.received_on > :contacts_taken_on
    OR referral.received_on > :referrals_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN CASE
  WHEN (
    referral.received_timed = 1
    AND contact.received_timed = 1
  ) THEN referral.received_at < contact.received_at
  ELSE referral.received_on < contact.received_on END THEN 'not computable: its referral came before it'
  WHEN (
    coalesce(
      contact.referral_id,
      (
        SELECT naming.referral_id
        FROM referrals AS naming
        WHERE naming.contact_id = contact.contact_id
        ORDER BY naming.received_at,
          naming.referral_id
        LIMIT 1 OFFSET 0
      )
    ) IS NOT NULL
  ) THEN 'met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = contact.received_on
    ) > 5
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  contact.decision,
  coalesce(
    contact.referral_id,
    (
      SELECT naming.referral_id
      FROM referrals AS naming
      WHERE naming.contact_id = contact.contact_id
      ORDER BY naming.received_at,
        naming.referral_id
      LIMIT 1 OFFSET 0
    )
  ) AS referral_id,
  referral.received_on AS referral_received_on,
  referral.team_id AS referral_team_id,
  contact.source
FROM contacts AS contact
LEFT OUTER JOIN referrals AS referral ON referral.referral_id = coalesce(
  contact.referral_id,
  (
    SELECT naming.referral_id
    FROM referrals AS naming
    WHERE naming.contact_id = contact.contact_id
    ORDER BY naming.received_at,
      naming.referral_id
    LIMIT 1 OFFSET 0
  )
)
