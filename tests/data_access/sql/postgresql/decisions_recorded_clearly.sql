SELECT referral.referral_id AS case_id,
  referral.child_key AS key,
  referral.decided_on AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
  WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
  WHEN (
    referral.unreadable LIKE '%% decided_by_role %%'
  ) THEN 'not computable: decided_by_role can''t be read'
  WHEN (referral.unreadable LIKE '%% reason %%') THEN 'not computable: reason can''t be read'
  ELSE CASE
  WHEN (
    referral.received_on > :referrals_taken_on
    OR referral.decided_on > :referrals_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN CASE
  WHEN (
    referral.decided_timed
    AND referral.received_timed
  ) THEN referral.decided_at < referral.received_at
  ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
  WHEN (
    CASE
    WHEN (referral.decided_by_role IS NULL) THEN 'who decided'
    WHEN (
      (
        referral.decided_by_role NOT IN (
          SELECT codes.code
          FROM codes
          WHERE codes.list = 'role'
            AND codes.manager_grade IS true
        )
      )
    ) THEN 'a manager''s grade'
    WHEN (referral.decision IS NULL) THEN 'the outcome'
    WHEN (referral.reason IS NULL) THEN 'the reason' END IS NULL
  ) THEN 'met'
  ELSE 'not met' END END AS result,
  CASE
  WHEN (referral.decided_by_role IS NULL) THEN 'who decided'
  WHEN (
    (
      referral.decided_by_role NOT IN (
        SELECT codes.code
        FROM codes
        WHERE codes.list = 'role'
          AND codes.manager_grade IS true
      )
    )
  ) THEN 'a manager''s grade'
  WHEN (referral.decision IS NULL) THEN 'the outcome'
  WHEN (referral.reason IS NULL) THEN 'the reason' END AS missing,
  referral.decision,
  referral.decided_by_role,
  referral.reason,
  referral.source
FROM referrals AS referral
WHERE referral.decided_on IS NOT NULL
