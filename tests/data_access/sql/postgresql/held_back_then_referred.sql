SELECT notification.notification_id AS case_id,
  notification.child_key AS key,
  notification.screened_on AS event_date,
  '(no team)' AS team_id,
  CASE
  WHEN (notification.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (notification.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
  WHEN (
    notification.unreadable LIKE '%% received_at %%'
  ) THEN 'not computable: received_at can''t be read'
  WHEN (
    notification.unreadable LIKE '%% screened_at %%'
  ) THEN 'not computable: screened_at can''t be read'
  WHEN (notification.unreadable LIKE '%% outcome %%') THEN 'not computable: outcome can''t be read'
  WHEN (next.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  WHEN (next.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
  ELSE CASE
  WHEN (
    notification.received_on > :notifications_taken_on
    OR notification.screened_on > :notifications_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN CASE
  WHEN (
    notification.screened_timed
    AND notification.received_timed
  ) THEN notification.screened_at < notification.received_at
  ELSE notification.screened_on < notification.received_on END THEN 'not computable: screened before it was received'
  WHEN (notification.child_key IS NULL) THEN 'not computable: it names no child'
  WHEN (next.received_on > :referrals_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (
    (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = notification.screened_on
    ) <= 90
  ) THEN 'not yet due'
  WHEN (
    (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = next.received_on
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = notification.screened_on
    ) <= 90
  ) THEN 'met'
  ELSE 'not met' END END AS result,
  notification.received_on,
  notification.domestic_violence,
  notification.risk_assessed,
  next.referral_id,
  next.received_on AS referred_on,
  next.team_id AS referral_team_id
FROM notifications AS notification
LEFT OUTER JOIN referrals AS next ON next.referral_id = (
  SELECT referral.referral_id
  FROM referrals AS referral
  WHERE referral.child_key = notification.child_key
    AND referral.received_on >= notification.screened_on
    AND NOT CASE
    WHEN (
      referral.received_timed
      AND notification.screened_timed
    ) THEN referral.received_at < notification.screened_at
    ELSE referral.received_on < notification.screened_on END
  ORDER BY referral.received_at,
    referral.referral_id
  LIMIT 1
)
WHERE notification.kind = 'merlin'
  AND notification.outcome = 'held_back'
  AND notification.screened_on IS NOT NULL
