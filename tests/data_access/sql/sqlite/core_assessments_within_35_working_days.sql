SELECT assessment.assessment_id AS case_id,
  assessment.child_key AS "key",
  assessment.completed_on AS event_date,
  assessment.team_id,
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
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.completed_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.started_on
    ) > (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'core_assessments_within_35_working_days'
        AND standard.from_date <= assessment.started_on
        AND (standard.to_date IS NULL OR standard.to_date >= assessment.started_on)
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1 OFFSET 0
    )
  ) THEN 'not met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.completed_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.started_on
    ) <= (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'core_assessments_within_35_working_days'
        AND standard.from_date <= assessment.started_on
        AND (standard.to_date IS NULL OR standard.to_date >= assessment.started_on)
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1 OFFSET 0
    )
  ) THEN 'met'
  ELSE 'not computable: no standard in force' END END AS result,
  assessment.started_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.completed_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.started_on
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = assessment.completed_on
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = assessment.started_on
  ) END AS working_days_taken,
  (
    SELECT standard.working_days
    FROM standards AS standard
    WHERE standard.measure = 'core_assessments_within_35_working_days'
      AND standard.from_date <= assessment.started_on
      AND (standard.to_date IS NULL OR standard.to_date >= assessment.started_on)
    ORDER BY standard.from_date DESC,
      standard.standard_id DESC
    LIMIT 1 OFFSET 0
  ) AS working_days_allowed,
  assessment.child_seen_on,
  assessment.child_seen_on IS NOT NULL AS child_was_seen
FROM assessments AS assessment
WHERE assessment.kind = 'core'
  AND assessment.completed_on IS NOT NULL
  AND (
    assessment.terminated_on IS NULL
    OR assessment.terminated_on < assessment.started_on
    OR assessment.terminated_on > :assessments_taken_on
  )
