SELECT assessment.assessment_id AS case_id,
  assessment.child_key AS "key",
  coalesce(
    CASE
    WHEN (
      CASE
      WHEN (
        assessment.terminated_on IS NULL
        OR assessment.terminated_on < assessment.started_on
        OR assessment.terminated_on > :assessments_taken_on
      ) THEN assessment.completed_on END < overdue_day.day
    ) THEN CASE
    WHEN (
      assessment.terminated_on IS NULL
      OR assessment.terminated_on < assessment.started_on
      OR assessment.terminated_on > :assessments_taken_on
    ) THEN assessment.completed_on END END,
    overdue_day.day,
    CASE
    WHEN (
      assessment.terminated_on IS NULL
      OR assessment.terminated_on < assessment.started_on
      OR assessment.terminated_on > :assessments_taken_on
    ) THEN assessment.completed_on END,
    assessment.started_on
  ) AS event_date,
  assessment.team_id,
  CASE
  WHEN (assessment.unreadable LIKE '% started_on %') THEN 'not computable: started_on can''t be read'
  WHEN (assessment.unreadable LIKE '% completed_on %') THEN 'not computable: completed_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '% terminated_on %'
  ) THEN 'not computable: terminated_on can''t be read'
  ELSE CASE
  WHEN (
    assessment.started_on > :assessments_taken_on
    OR assessment.completed_on > :assessments_taken_on
    OR assessment.terminated_on > :assessments_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    assessment.terminated_on < assessment.started_on
  ) THEN 'not computable: terminated before it was begun'
  WHEN (
    assessment.completed_on < assessment.started_on
  ) THEN 'not computable: completed before it was begun'
  WHEN (overdue_day.day IS NULL) THEN 'not computable: no standard in force'
  WHEN (
    coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          assessment.terminated_on IS NULL
          OR assessment.terminated_on < assessment.started_on
          OR assessment.terminated_on > :assessments_taken_on
        ) THEN assessment.completed_on END < overdue_day.day
      ) THEN CASE
      WHEN (
        assessment.terminated_on IS NULL
        OR assessment.terminated_on < assessment.started_on
        OR assessment.terminated_on > :assessments_taken_on
      ) THEN assessment.completed_on END END,
      overdue_day.day,
      CASE
      WHEN (
        assessment.terminated_on IS NULL
        OR assessment.terminated_on < assessment.started_on
        OR assessment.terminated_on > :assessments_taken_on
      ) THEN assessment.completed_on END,
      assessment.started_on
    ) < overdue_day.day
  ) THEN 'met'
  WHEN (overdue_day.day > :as_at_on) THEN 'not yet due'
  ELSE 'not met' END END AS result,
  assessment.started_on,
  assessment.completed_on,
  coalesce(
    CASE
    WHEN (
      assessment.terminated_on < assessment.completed_on
    ) THEN assessment.terminated_on
    ELSE assessment.completed_on END,
    assessment.terminated_on
  ) AS ended_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        coalesce(
          CASE
          WHEN (
            assessment.terminated_on < assessment.completed_on
          ) THEN assessment.terminated_on
          ELSE assessment.completed_on END,
          assessment.terminated_on
        ),
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
      coalesce(
        CASE
        WHEN (
          assessment.terminated_on < assessment.completed_on
        ) THEN assessment.terminated_on
        ELSE assessment.completed_on END,
        assessment.terminated_on
      ),
      :as_at_on
    )
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = assessment.started_on
  ) END AS working_days_taken,
  (
    SELECT standard.working_days
    FROM standards AS standard
    WHERE standard.measure = 'assessments_within_45_working_days'
      AND standard.from_date <= clock_start.day
      AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
    ORDER BY standard.from_date DESC,
      standard.standard_id DESC
    LIMIT 1 OFFSET 0
  ) AS working_days_allowed
FROM assessments AS assessment
LEFT OUTER JOIN calendar AS clock_start ON clock_start.day = assessment.started_on
LEFT OUTER JOIN calendar AS overdue_day ON overdue_day.working_day_number = clock_start.working_day_number + (
  SELECT standard.working_days
  FROM standards AS standard
  WHERE standard.measure = 'assessments_within_45_working_days'
    AND standard.from_date <= clock_start.day
    AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
  ORDER BY standard.from_date DESC,
    standard.standard_id DESC
  LIMIT 1 OFFSET 0
) + 1
  AND overdue_day.working IS 1
WHERE assessment.kind = 'single'
  AND (
    assessment.terminated_on IS NULL
    OR assessment.terminated_on < assessment.started_on
    OR assessment.terminated_on > :assessments_taken_on
    OR assessment.terminated_on >= overdue_day.day
  )
