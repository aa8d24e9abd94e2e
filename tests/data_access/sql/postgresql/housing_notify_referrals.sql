SELECT notice.notification_id AS case_id,
  notice.notification_id AS key,
  notice.received_on AS event_date,
  coalesce(referral.team_id, '(no team)') AS team_id,
  CASE
  WHEN (notice.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (notice.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  WHEN (notice.unreadable LIKE '%% referral_id %%') THEN 'not computable: referral_id can''t be read'
  WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  ELSE CASE
  WHEN (notice.received_on > :notifications_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (referral.received_on > :referrals_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (referral.received_on < notice.received_on) THEN 'not computable: its referral came before it'
  ELSE 'counted' END END AS result,
  notice.referral_id,
  referral.received_on AS referral_received_on,
  referral.decision
FROM notifications AS notice
LEFT OUTER JOIN referrals AS referral ON referral.referral_id = notice.referral_id
WHERE notice.kind = 'notify'
  AND notice.referral_id IS NOT NULL
