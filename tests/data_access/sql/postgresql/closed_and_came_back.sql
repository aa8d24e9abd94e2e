SELECT referral.referral_id AS case_id,
  referral.child_key AS key,
  referral.decided_on AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
  WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
  WHEN (referral.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
  WHEN (later.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  WHEN (later.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
  WHEN (later.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
  WHEN (later.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
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
  WHEN (later.referral_id IS NOT NULL) THEN 'met'
  WHEN (
    EXISTS (
      SELECT *
      FROM referrals AS ahead
      WHERE ahead.child_key = referral.child_key
        AND (
          referral.received_at < ahead.received_at
          OR referral.received_at = ahead.received_at
          AND referral.referral_id < ahead.referral_id
        )
        AND NOT CASE
        WHEN (
          ahead.received_timed
          AND referral.decided_timed
        ) THEN ahead.received_at < referral.decided_at
        ELSE ahead.received_on < referral.decided_on END
        AND ahead.received_on > :referrals_taken_on
    )
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) > 90
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  referral.decision,
  referral.decided_by_role,
  later.referral_id AS later_referral_id,
  later.received_on AS later_received_on,
  (
    SELECT day_of.day_number
    FROM calendar AS day_of
    WHERE day_of.day = later.received_on
  ) - (
    SELECT day_of.day_number
    FROM calendar AS day_of
    WHERE day_of.day = referral.decided_on
  ) AS days_until,
  later.team_id AS later_team_id,
  referral.source,
  referral.age_band
FROM referrals AS referral
LEFT OUTER JOIN referrals AS later ON later.referral_id = (
  SELECT again.referral_id
  FROM referrals AS again
  WHERE again.child_key = referral.child_key
    AND (
      referral.received_at < again.received_at
      OR referral.received_at = again.received_at
      AND referral.referral_id < again.referral_id
    )
    AND NOT CASE
    WHEN (
      again.received_timed
      AND referral.decided_timed
    ) THEN again.received_at < referral.decided_at
    ELSE again.received_on < referral.decided_on END
    AND (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = again.received_on
    ) - (
      SELECT day_of.day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) <= 90
    AND again.received_on <= :referrals_taken_on
  ORDER BY again.received_at,
    again.referral_id
  LIMIT 1
)
WHERE referral.decided_on IS NOT NULL
  AND referral.decision IN (
    SELECT codes.code
    FROM codes
    WHERE codes.list = 'referral_decision'
      AND codes.closes_case IS true
  )
