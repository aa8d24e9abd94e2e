SELECT message.feedback_id AS case_id,
  message.feedback_id AS key,
  message.received_on AS event_date,
  coalesce(message.team_id, '(no team)') AS team_id,
  CASE
  WHEN (message.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (message.unreadable LIKE '%% received_on %%') THEN 'not computable: received_on can''t be read'
  ELSE CASE
  WHEN (message.received_on > :feedback_taken_on) THEN 'not computable: dated after the data were taken'
  ELSE 'counted' END END AS result
FROM feedback AS message
WHERE message.kind = 'compliment'
