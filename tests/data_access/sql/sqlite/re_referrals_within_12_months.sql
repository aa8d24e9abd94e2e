SELECT referral.referral_id AS case_id,
  referral.child_key AS "key",
  referral.received_on AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (referral.unreadable LIKE '% child_id %') THEN 'not computable: child_id can''t be read'
  WHEN (earlier.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (earlier.unreadable LIKE '% child_id %') THEN 'not computable: child_id can''t be read'
  ELSE CASE
  WHEN (referral.received_on > :referrals_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (received_day.year_before < :covers_from) THEN 'not computable: earlier referrals not loaded'
  WHEN (earlier.referral_id IS NOT NULL) THEN 'met'
  ELSE 'not met' END END AS result,
  referral.decision,
  referral.source,
  referral.age_band,
  earlier.referral_id AS earlier_referral_id,
  earlier.received_on AS earlier_received_on,
  earlier.team_id AS earlier_team_id,
  earlier.decision AS earlier_decision
FROM referrals AS referral
JOIN calendar AS received_day ON received_day.day = referral.received_on
LEFT OUTER JOIN referrals AS earlier ON earlier.referral_id = (
  SELECT "before".referral_id
  FROM referrals AS "before"
  WHERE "before".child_key = referral.child_key
    AND "before".received_on >= received_day.year_before
    AND (
      "before".received_at < referral.received_at
      OR "before".received_at = referral.received_at
      AND "before".referral_id < referral.referral_id
    )
  ORDER BY "before".received_at DESC,
    "before".referral_id DESC
  LIMIT 1 OFFSET 0
)
