SELECT referral.referral_id AS case_id,
  referral.child_key AS "key",
  referral.decided_on AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
  WHEN (referral.unreadable LIKE '% decided_at %') THEN 'not computable: decided_at can''t be read'
  WHEN (
    referral.unreadable LIKE '% referrer_told_at %'
  ) THEN 'not computable: referrer_told_at can''t be read'
  WHEN (referral.unreadable LIKE '% reply_owed %') THEN 'not computable: reply_owed can''t be read'
  WHEN (referral.unreadable LIKE '% source %') THEN 'not computable: source can''t be read'
  ELSE CASE
  WHEN (
    referral.received_on > :referrals_taken_on
    OR referral.decided_on > :referrals_taken_on
    OR referral.referrer_told_on > :referrals_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN CASE
  WHEN (
    referral.decided_timed = 1
    AND referral.received_timed = 1
  ) THEN referral.decided_at < referral.received_at
  ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
  WHEN CASE
  WHEN (
    referral.referrer_told_timed = 1
    AND referral.decided_timed = 1
  ) THEN referral.referrer_told_at < referral.decided_at
  ELSE referral.referrer_told_on < referral.decided_on END THEN 'not computable: told before it was decided'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.referrer_told_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) <= 5
  ) THEN 'met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) > 5
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  referral.decision,
  referral.referrer_told_on AS told_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(referral.referrer_told_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.decided_on
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(referral.referrer_told_on, :as_at_on)
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = referral.decided_on
  ) END AS working_days_taken,
  referral.acknowledged_on AS acknowledged_on,
  CASE
  WHEN CASE
  WHEN (
    referral.acknowledged_timed = 1
    AND referral.received_timed = 1
  ) THEN referral.acknowledged_at < referral.received_at
  ELSE referral.acknowledged_on < referral.received_on END THEN NULL
  WHEN (referral.acknowledged_on IS NOT NULL) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = referral.acknowledged_on
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = referral.received_on
  ) <= 1
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.received_on
    ) > 1
  ) THEN 0 END AS acknowledged_in_time,
  referral.source
FROM referrals AS referral
WHERE referral.decided_on IS NOT NULL
  AND CASE
  WHEN (referral.reply_owed IS NOT NULL) THEN referral.reply_owed
  ELSE (coalesce(referral.source, 'unknown') NOT IN ('self', 'anonymous')) END = 1
