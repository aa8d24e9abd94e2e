SELECT referral.referral_id AS case_id,
  referral.child_key AS key,
  referral.decided_on AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
  WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
  WHEN (referral.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
  ELSE CASE
  WHEN (referral.decided_on > :referrals_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN CASE
  WHEN (
    referral.decided_timed
    AND referral.received_timed
  ) THEN referral.decided_at < referral.received_at
  ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = (
        SELECT min(caf.started_on) AS min_1
        FROM cafs AS caf
        WHERE caf.child_key = referral.child_key
          AND (caf.closed_on IS NULL OR caf.closed_on >= referral.decided_on)
          AND NOT coalesce(caf.closed_on < caf.started_on, false)
          AND caf.started_on <= :cafs_taken_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) <= 20
  ) THEN 'met'
  WHEN (
    EXISTS (
      SELECT *
      FROM cafs AS caf
      WHERE caf.child_key = referral.child_key
        AND caf.started_on > :cafs_taken_on
    )
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    EXISTS (
      SELECT *
      FROM cafs AS caf
      WHERE caf.child_key = referral.child_key
        AND coalesce(caf.closed_on < caf.started_on, false)
    )
  ) THEN 'not computable: its CAF closed before it started'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) > 20
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  referral.decision,
  (
    SELECT min(caf.started_on) AS min_1
    FROM cafs AS caf
    WHERE caf.child_key = referral.child_key
      AND (caf.closed_on IS NULL OR caf.closed_on >= referral.decided_on)
      AND NOT coalesce(caf.closed_on < caf.started_on, false)
      AND caf.started_on <= :cafs_taken_on
  ) AS caf_started_on,
  (
    SELECT min(caf.offered_on) AS min_2
    FROM cafs AS caf
    WHERE caf.child_key = referral.child_key
      AND caf.offered_on >= referral.decided_on
  ) AS offered_on,
  (
    SELECT min(caf.declined_on) AS min_3
    FROM cafs AS caf
    WHERE caf.child_key = referral.child_key
      AND caf.offered_on >= referral.decided_on
  ) AS declined_on,
  referral.source
FROM referrals AS referral
WHERE referral.decided_on IS NOT NULL
  AND referral.decision IN (
    SELECT codes.code
    FROM codes
    WHERE codes.list = 'referral_decision'
      AND codes.below_threshold IS true
  )
