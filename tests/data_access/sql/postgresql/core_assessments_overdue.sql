SELECT assessment.assessment_id AS case_id,
  assessment.child_key AS key,
  coalesce(overdue_day.day, assessment.started_on) AS event_date,
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
    assessment.started_on > :assessments_taken_on
    OR coalesce(
      assessment.completed_on > :assessments_taken_on
      OR assessment.terminated_on > :assessments_taken_on,
      false
    )
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    assessment.terminated_on < assessment.started_on
  ) THEN 'not computable: terminated before it was begun'
  WHEN (
    assessment.completed_on < assessment.started_on
  ) THEN 'not computable: completed before it was begun'
  WHEN (overdue_day.day IS NULL) THEN 'not computable: no standard in force'
  WHEN (coalesce(overdue_day.day, assessment.started_on) > :as_at_on) THEN 'not yet due'
  ELSE 'counted' END END AS result,
  assessment.started_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        coalesce(
          CASE
          WHEN (
            CASE
            WHEN (
              assessment.terminated_on >= assessment.started_on
              AND assessment.terminated_on <= :assessments_taken_on
            ) THEN assessment.terminated_on END < CASE
            WHEN (
              assessment.completed_on >= assessment.started_on
              AND assessment.completed_on <= :assessments_taken_on
            ) THEN assessment.completed_on END
          ) THEN CASE
          WHEN (
            assessment.terminated_on >= assessment.started_on
            AND assessment.terminated_on <= :assessments_taken_on
          ) THEN assessment.terminated_on END
          ELSE CASE
          WHEN (
            assessment.completed_on >= assessment.started_on
            AND assessment.completed_on <= :assessments_taken_on
          ) THEN assessment.completed_on END END,
          CASE
          WHEN (
            assessment.terminated_on >= assessment.started_on
            AND assessment.terminated_on <= :assessments_taken_on
          ) THEN assessment.terminated_on END
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
          CASE
          WHEN (
            assessment.terminated_on >= assessment.started_on
            AND assessment.terminated_on <= :assessments_taken_on
          ) THEN assessment.terminated_on END < CASE
          WHEN (
            assessment.completed_on >= assessment.started_on
            AND assessment.completed_on <= :assessments_taken_on
          ) THEN assessment.completed_on END
        ) THEN CASE
        WHEN (
          assessment.terminated_on >= assessment.started_on
          AND assessment.terminated_on <= :assessments_taken_on
        ) THEN assessment.terminated_on END
        ELSE CASE
        WHEN (
          assessment.completed_on >= assessment.started_on
          AND assessment.completed_on <= :assessments_taken_on
        ) THEN assessment.completed_on END END,
        CASE
        WHEN (
          assessment.terminated_on >= assessment.started_on
          AND assessment.terminated_on <= :assessments_taken_on
        ) THEN assessment.terminated_on END
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
    WHERE standard.measure = 'core_assessments_within_35_working_days'
      AND standard.from_date <= clock_start.day
      AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
    ORDER BY standard.from_date DESC,
      standard.standard_id DESC
    LIMIT 1
  ) AS working_days_allowed,
  assessment.child_seen_on,
  assessment.child_seen_on IS NOT NULL AS child_was_seen,
  coalesce(
    CASE
    WHEN (
      CASE
      WHEN (
        assessment.terminated_on >= assessment.started_on
        AND assessment.terminated_on <= :assessments_taken_on
      ) THEN assessment.terminated_on END < CASE
      WHEN (
        assessment.completed_on >= assessment.started_on
        AND assessment.completed_on <= :assessments_taken_on
      ) THEN assessment.completed_on END
    ) THEN CASE
    WHEN (
      assessment.terminated_on >= assessment.started_on
      AND assessment.terminated_on <= :assessments_taken_on
    ) THEN assessment.terminated_on END
    ELSE CASE
    WHEN (
      assessment.completed_on >= assessment.started_on
      AND assessment.completed_on <= :assessments_taken_on
    ) THEN assessment.completed_on END END,
    CASE
    WHEN (
      assessment.terminated_on >= assessment.started_on
      AND assessment.terminated_on <= :assessments_taken_on
    ) THEN assessment.terminated_on END
  ) AS left_on
FROM assessments AS assessment
LEFT OUTER JOIN calendar AS clock_start ON clock_start.day = assessment.started_on
LEFT OUTER JOIN calendar AS overdue_day ON overdue_day.working_day_number = clock_start.working_day_number + (
  SELECT standard.working_days
  FROM standards AS standard
  WHERE standard.measure = 'core_assessments_within_35_working_days'
    AND standard.from_date <= clock_start.day
    AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
  ORDER BY standard.from_date DESC,
    standard.standard_id DESC
  LIMIT 1
) + 1
  AND overdue_day.working IS true
WHERE assessment.kind = 'core'
  AND (
    coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          assessment.terminated_on >= assessment.started_on
          AND assessment.terminated_on <= :assessments_taken_on
        ) THEN assessment.terminated_on END < CASE
        WHEN (
          assessment.completed_on >= assessment.started_on
          AND assessment.completed_on <= :assessments_taken_on
        ) THEN assessment.completed_on END
      ) THEN CASE
      WHEN (
        assessment.terminated_on >= assessment.started_on
        AND assessment.terminated_on <= :assessments_taken_on
      ) THEN assessment.terminated_on END
      ELSE CASE
      WHEN (
        assessment.completed_on >= assessment.started_on
        AND assessment.completed_on <= :assessments_taken_on
      ) THEN assessment.completed_on END END,
      CASE
      WHEN (
        assessment.terminated_on >= assessment.started_on
        AND assessment.terminated_on <= :assessments_taken_on
      ) THEN assessment.terminated_on END
    ) IS NULL
    OR coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          assessment.terminated_on >= assessment.started_on
          AND assessment.terminated_on <= :assessments_taken_on
        ) THEN assessment.terminated_on END < CASE
        WHEN (
          assessment.completed_on >= assessment.started_on
          AND assessment.completed_on <= :assessments_taken_on
        ) THEN assessment.completed_on END
      ) THEN CASE
      WHEN (
        assessment.terminated_on >= assessment.started_on
        AND assessment.terminated_on <= :assessments_taken_on
      ) THEN assessment.terminated_on END
      ELSE CASE
      WHEN (
        assessment.completed_on >= assessment.started_on
        AND assessment.completed_on <= :assessments_taken_on
      ) THEN assessment.completed_on END END,
      CASE
      WHEN (
        assessment.terminated_on >= assessment.started_on
        AND assessment.terminated_on <= :assessments_taken_on
      ) THEN assessment.terminated_on END
    ) > coalesce(overdue_day.day, assessment.started_on)
  )
