SELECT caf.caf_id AS case_id,
  caf.child_key AS "key",
  caf.started_on AS event_date,
  coalesce(referral.team_id, '(no team)') AS team_id,
  CASE
  WHEN (caf.unreadable LIKE '% started_on %') THEN 'not computable: started_on can''t be read'
  ELSE CASE
  WHEN (caf.started_on > :cafs_taken_on) THEN 'not computable: dated after the data were taken'
  ELSE 'counted' END END AS result,
  caf.agency,
  caf.school_id,
  caf.referral_id,
  caf.closed_on,
  caf.outcome
FROM cafs AS caf
LEFT OUTER JOIN referrals AS referral ON referral.referral_id = caf.referral_id
WHERE caf.started_on IS NOT NULL
