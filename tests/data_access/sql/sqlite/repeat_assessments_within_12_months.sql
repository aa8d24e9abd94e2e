SELECT assessment.assessment_id AS case_id,
  assessment.child_key AS "key",
  assessment.completed_on AS event_date,
  assessment.team_id,
  CASE
  WHEN (assessment.unreadable LIKE '% child_id %') THEN 'not computable: child_id can''t be read'
  WHEN (assessment.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
  WHEN (assessment.unreadable LIKE '% started_on %') THEN 'not computable: started_on can''t be read'
  WHEN (assessment.unreadable LIKE '% completed_on %') THEN 'not computable: completed_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '% terminated_on %'
  ) THEN 'not computable: terminated_on can''t be read'
  WHEN (earlier.unreadable LIKE '% child_id %') THEN 'not computable: child_id can''t be read'
  WHEN (earlier.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
  WHEN (earlier.unreadable LIKE '% started_on %') THEN 'not computable: started_on can''t be read'
  WHEN (earlier.unreadable LIKE '% completed_on %') THEN 'not computable: completed_on can''t be read'
  WHEN (earlier.unreadable LIKE '% terminated_on %') THEN 'not computable: terminated_on can''t be read'
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
  WHEN (completed_day.year_before < :covers_from) THEN 'not computable: earlier assessments not loaded'
  WHEN (earlier.assessment_id IS NOT NULL) THEN 'met'
  ELSE 'not met' END END AS result,
  assessment.kind,
  earlier.assessment_id AS earlier_assessment_id,
  earlier.completed_on AS earlier_completed_on,
  earlier.team_id AS earlier_team_id
FROM assessments AS assessment
JOIN calendar AS completed_day ON completed_day.day = assessment.completed_on
LEFT OUTER JOIN assessments AS earlier ON earlier.assessment_id = (
  SELECT "before".assessment_id
  FROM assessments AS "before"
  WHERE "before".child_key = assessment.child_key
    AND "before".kind = assessment.kind
    AND "before".completed_on >= completed_day.year_before
    AND "before".completed_on >= "before".started_on
    AND "before".terminated_on IS NULL
    AND (
      "before".completed_on < assessment.completed_on
      OR "before".completed_on = assessment.completed_on
      AND "before".assessment_id < assessment.assessment_id
    )
  ORDER BY "before".completed_on DESC,
    "before".assessment_id DESC
  LIMIT 1 OFFSET 0
)
WHERE assessment.terminated_on IS NULL
  OR assessment.terminated_on < assessment.started_on
  OR assessment.terminated_on > :assessments_taken_on
