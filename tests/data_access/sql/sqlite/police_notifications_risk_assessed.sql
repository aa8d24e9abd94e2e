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
    notification.unreadable LIKE '% domestic_violence %'
  ) THEN 'not computable: domestic_violence can''t be read'
  WHEN (
    notification.unreadable LIKE '% risk_assessed %'
  ) THEN 'not computable: risk_assessed can''t be read'
  ELSE CASE
  WHEN (
    notification.received_on > :notifications_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (notification.risk_assessed IS 1) THEN 'met'
  WHEN (notification.risk_assessed IS 0) THEN 'not met'
  ELSE 'not computable: nobody recorded whether the risk was assessed' END END AS result,
  notification.screened_on,
  notification.outcome,
  notification.child_key IS NOT NULL AS child_known
FROM notifications AS notification
WHERE notification.kind = 'merlin'
  AND notification.domestic_violence IS 1
