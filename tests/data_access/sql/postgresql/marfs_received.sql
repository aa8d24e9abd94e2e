SELECT form.notification_id AS case_id,
  form.notification_id AS key,
  form.received_on AS event_date,
  '(no team)' AS team_id,
  CASE
  WHEN (form.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (form.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  ELSE CASE
  WHEN (form.received_on > :notifications_taken_on) THEN 'not computable: dated after the data were taken'
  ELSE 'counted' END END AS result,
  form.screened_on,
  form.outcome,
  form.referral_id IS NOT NULL AS became_referral,
  form.child_key IS NOT NULL AS child_known
FROM notifications AS form
WHERE form.kind = 'marf'
