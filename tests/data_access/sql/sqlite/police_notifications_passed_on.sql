SELECT notification.notification_id AS case_id,
  notification.notification_id AS "key",
  notification.received_on AS event_date,
  '(no team)' AS team_id,
  CASE
  WHEN (notification.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
  WHEN (
    notification.unreadable LIKE '% received_at %'
  ) THEN 'not computable: received_at can''t be read'
  WHEN (
    notification.unreadable LIKE '% screened_at %'
  ) THEN 'not computable: screened_at can''t be read'
  WHEN (notification.unreadable LIKE '% outcome %') THEN 'not computable: outcome can''t be read'
  ELSE CASE
  WHEN (
    notification.received_on > :notifications_taken_on
    OR notification.screened_on > :notifications_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (notification.screened_on IS NULL) THEN 'not computable: still waits'
  WHEN CASE
  WHEN (
    notification.screened_timed = 1
    AND notification.received_timed = 1
  ) THEN notification.screened_at < notification.received_at
  ELSE notification.screened_on < notification.received_on END THEN 'not computable: screened before it was received'
  WHEN (notification.outcome IS NULL) THEN 'not computable: screened, but no outcome is recorded'
  WHEN (notification.outcome = 'passed_on') THEN 'met'
  ELSE 'not met' END END AS result,
  notification.screened_at,
  notification.screened_timed,
  notification.outcome,
  notification.domestic_violence,
  notification.risk_assessed,
  notification.child_key IS NOT NULL AS child_known
FROM notifications AS notification
WHERE notification.kind = 'merlin'
