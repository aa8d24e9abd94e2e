SELECT assessment.assessment_id AS case_id,
  assessment.child_key AS key,
  coalesce(assessment.terminated_on, assessment.completed_on) AS event_date,
  assessment.team_id,
  CASE
  WHEN (assessment.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (assessment.unreadable LIKE '%% started_on %%') THEN 'not computable: started_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '%% completed_on %%'
  ) THEN 'not computable: completed_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '%% terminated_on %%'
  ) THEN 'not computable: terminated_on can''t be read'
  ELSE CASE
  WHEN (
    assessment.completed_on > :assessments_taken_on
    OR assessment.terminated_on > :assessments_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    assessment.terminated_on < assessment.started_on
  ) THEN 'not computable: terminated before it was begun'
  WHEN (assessment.terminated_on IS NOT NULL) THEN 'met'
  WHEN (
    assessment.completed_on < assessment.started_on
  ) THEN 'not computable: completed before it was begun'
  ELSE 'not met' END END AS result,
  CASE
  WHEN (assessment.terminated_on IS NOT NULL) THEN 'terminated'
  ELSE 'completed' END AS ended_as,
  assessment.started_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        coalesce(assessment.terminated_on, assessment.completed_on),
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.started_on
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(
      coalesce(assessment.terminated_on, assessment.completed_on),
      :as_at_on
    )
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = assessment.started_on
  ) END AS working_days_taken,
  assessment.child_seen_on,
  assessment.child_seen_on IS NOT NULL AS child_was_seen
FROM assessments AS assessment
WHERE assessment.kind = 'initial'
  AND coalesce(assessment.terminated_on, assessment.completed_on) IS NOT NULL
