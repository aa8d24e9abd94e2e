SELECT cases.case_id,
  cases."key",
  cases.event_date,
  cases.team_id,
  cases.result,
  cases.numerator,
  cases.denominator,
  cases.counts_as
FROM (
  SELECT assessment.assessment_id AS case_id,
    assessment.child_key AS "key",
    assessment.completed_on AS event_date,
    assessment.team_id AS team_id,
    CASE
    WHEN (assessment.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
    WHEN (assessment.unreadable LIKE '% started_on %') THEN 'not computable: started_on can''t be read'
    WHEN (assessment.unreadable LIKE '% completed_on %') THEN 'not computable: completed_on can''t be read'
    WHEN (
      assessment.unreadable LIKE '% terminated_on %'
    ) THEN 'not computable: terminated_on can''t be read'
    ELSE CASE
    WHEN (
      assessment.completed_on > :assessments_taken_on
      OR assessment.terminated_on > :assessments_taken_on
    ) THEN 'not computable: dated after the data were taken'
    WHEN (
      assessment.terminated_on < assessment.started_on
    ) THEN 'not computable: terminated before it was begun'
    WHEN (
      assessment.completed_on < assessment.started_on
    ) THEN 'not computable: completed before it was begun'
    ELSE 'counted' END END AS result,
    CASE
    WHEN (
      assessment.unreadable LIKE '% kind %'
      OR assessment.unreadable LIKE '% started_on %'
      OR assessment.unreadable LIKE '% completed_on %'
      OR assessment.unreadable LIKE '% terminated_on %'
    ) THEN 0
    ELSE 1 END AS numerator,
    CASE
    WHEN (
      assessment.unreadable LIKE '% kind %'
      OR assessment.unreadable LIKE '% started_on %'
      OR assessment.unreadable LIKE '% completed_on %'
      OR assessment.unreadable LIKE '% terminated_on %'
    ) THEN 0
    ELSE 0 END AS denominator,
    'initial assessment completed' AS counts_as
  FROM assessments AS assessment
  WHERE assessment.kind = 'initial'
    AND assessment.completed_on IS NOT NULL
    AND (
      assessment.terminated_on IS NULL
      OR assessment.terminated_on < assessment.started_on
      OR assessment.terminated_on > :assessments_taken_on
    ) UNION ALL
  SELECT referral.referral_id AS case_id,
    referral.child_key AS "key",
    referral.received_on AS event_date,
    referral.team_id AS team_id,
    CASE
    WHEN (referral.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
    ELSE CASE
    WHEN (referral.received_on > :referrals_taken_on) THEN 'not computable: dated after the data were taken'
    ELSE 'counted' END END AS result,
    CASE
    WHEN (referral.unreadable LIKE '% received_at %') THEN 0
    ELSE 0 END AS numerator,
    CASE
    WHEN (referral.unreadable LIKE '% received_at %') THEN 0
    ELSE 1 END AS denominator,
    'referral received' AS counts_as
  FROM referrals AS referral
) AS cases
