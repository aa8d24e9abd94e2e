SELECT cases.case_id,
  cases."key",
  cases.event_date,
  cases.team_id,
  cases.result,
  cases.waits_for,
  cases.clock_started_on,
  cases.working_days_taken,
  cases.working_days_allowed,
  cases.child_seen_on,
  cases.left_on
FROM (
  SELECT assessment.assessment_id AS case_id,
    assessment.child_key AS "key",
    coalesce(
      CASE
      WHEN (
        assessment.started_on > overdue_day.day
        AND (
          coalesce(
            CASE
            WHEN (
              assessment.terminated_on < assessment.completed_on
            ) THEN assessment.terminated_on
            ELSE assessment.completed_on END,
            assessment.terminated_on
          ) IS NULL
          OR coalesce(
            CASE
            WHEN (
              assessment.terminated_on < assessment.completed_on
            ) THEN assessment.terminated_on
            ELSE assessment.completed_on END,
            assessment.terminated_on
          ) >= assessment.started_on
        )
      ) THEN assessment.started_on
      ELSE overdue_day.day END,
      assessment.started_on
    ) AS event_date,
    assessment.team_id AS team_id,
    CASE
    WHEN (assessment.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
    WHEN (assessment.unreadable LIKE '% started_on %') THEN 'not computable: started_on can''t be read'
    WHEN (assessment.unreadable LIKE '% completed_on %') THEN 'not computable: completed_on can''t be read'
    WHEN (
      assessment.unreadable LIKE '% terminated_on %'
    ) THEN 'not computable: terminated_on can''t be read'
    WHEN (assessment.unreadable LIKE '% referral_id %') THEN 'not computable: referral_id can''t be read'
    ELSE CASE
    WHEN (
      assessment.started_on > :assessments_taken_on
      OR coalesce(
        assessment.completed_on > :assessments_taken_on
        OR assessment.terminated_on > :assessments_taken_on,
        0
      ) = 1
      OR assessment.new_information_on > :assessments_taken_on
      OR assessment.new_information_on IS NULL
      AND clock_start.day > :referrals_taken_on
    ) THEN 'not computable: dated after the data were taken'
    WHEN (
      assessment.terminated_on < assessment.started_on
    ) THEN 'not computable: terminated before it was begun'
    WHEN (clock_start.day IS NULL) THEN 'not computable: no referral found'
    WHEN (
      (
        SELECT standard.working_days
        FROM standards AS standard
        WHERE standard.measure = 'initial_assessments_within_7_working_days'
          AND standard.from_date <= clock_start.day
          AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
        ORDER BY standard.from_date DESC,
          standard.standard_id DESC
        LIMIT 1 OFFSET 0
      ) IS NULL
    ) THEN 'not computable: no standard in force'
    WHEN (
      CASE
      WHEN (
        assessment.started_on > overdue_day.day
        AND (
          coalesce(
            CASE
            WHEN (
              assessment.terminated_on < assessment.completed_on
            ) THEN assessment.terminated_on
            ELSE assessment.completed_on END,
            assessment.terminated_on
          ) IS NULL
          OR coalesce(
            CASE
            WHEN (
              assessment.terminated_on < assessment.completed_on
            ) THEN assessment.terminated_on
            ELSE assessment.completed_on END,
            assessment.terminated_on
          ) >= assessment.started_on
        )
      ) THEN assessment.started_on
      ELSE overdue_day.day END > :as_at_on
    ) THEN 'not yet due'
    ELSE 'counted' END END AS result,
    'completion' AS waits_for,
    clock_start.day AS clock_started_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          CASE
          WHEN coalesce(
            assessment.completed_on > :assessments_taken_on
            OR assessment.terminated_on > :assessments_taken_on,
            0
          ) THEN NULL
          WHEN (
            assessment.terminated_on < assessment.started_on
          ) THEN assessment.completed_on
          ELSE coalesce(
            CASE
            WHEN (
              assessment.terminated_on < assessment.completed_on
            ) THEN assessment.terminated_on
            ELSE assessment.completed_on END,
            assessment.terminated_on
          ) END,
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = clock_start.day
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN coalesce(
          assessment.completed_on > :assessments_taken_on
          OR assessment.terminated_on > :assessments_taken_on,
          0
        ) THEN NULL
        WHEN (
          assessment.terminated_on < assessment.started_on
        ) THEN assessment.completed_on
        ELSE coalesce(
          CASE
          WHEN (
            assessment.terminated_on < assessment.completed_on
          ) THEN assessment.terminated_on
          ELSE assessment.completed_on END,
          assessment.terminated_on
        ) END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = clock_start.day
    ) END AS working_days_taken,
    (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'initial_assessments_within_7_working_days'
        AND standard.from_date <= clock_start.day
        AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1 OFFSET 0
    ) AS working_days_allowed,
    assessment.child_seen_on AS child_seen_on,
    CASE
    WHEN coalesce(
      assessment.completed_on > :assessments_taken_on
      OR assessment.terminated_on > :assessments_taken_on,
      0
    ) THEN NULL
    WHEN (assessment.terminated_on < assessment.started_on) THEN assessment.completed_on
    ELSE coalesce(
      CASE
      WHEN (
        assessment.terminated_on < assessment.completed_on
      ) THEN assessment.terminated_on
      ELSE assessment.completed_on END,
      assessment.terminated_on
    ) END AS left_on
  FROM assessments AS assessment
  LEFT OUTER JOIN calendar AS clock_start ON clock_start.day = coalesce(
    assessment.new_information_on,
    (
      SELECT named.received_on
      FROM referrals AS named
      WHERE named.referral_id = assessment.referral_id
    ),
    (
      SELECT max(latest.received_on) AS max_1
      FROM referrals AS latest
      WHERE assessment.referral_id IS NULL
        AND latest.child_key = assessment.child_key
        AND latest.received_on <= assessment.started_on
    )
  )
  LEFT OUTER JOIN calendar AS overdue_day ON overdue_day.working_day_number = clock_start.working_day_number + (
    SELECT standard.working_days
    FROM standards AS standard
    WHERE standard.measure = 'initial_assessments_within_7_working_days'
      AND standard.from_date <= clock_start.day
      AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
    ORDER BY standard.from_date DESC,
      standard.standard_id DESC
    LIMIT 1 OFFSET 0
  ) + 1
    AND overdue_day.working IS 1
  WHERE assessment.kind = 'initial'
    AND (
      CASE
      WHEN coalesce(
        assessment.completed_on > :assessments_taken_on
        OR assessment.terminated_on > :assessments_taken_on,
        0
      ) THEN NULL
      WHEN (assessment.terminated_on < assessment.started_on) THEN assessment.completed_on
      ELSE coalesce(
        CASE
        WHEN (
          assessment.terminated_on < assessment.completed_on
        ) THEN assessment.terminated_on
        ELSE assessment.completed_on END,
        assessment.terminated_on
      ) END IS NULL
      OR CASE
      WHEN coalesce(
        assessment.completed_on > :assessments_taken_on
        OR assessment.terminated_on > :assessments_taken_on,
        0
      ) THEN NULL
      WHEN (assessment.terminated_on < assessment.started_on) THEN assessment.completed_on
      ELSE coalesce(
        CASE
        WHEN (
          assessment.terminated_on < assessment.completed_on
        ) THEN assessment.terminated_on
        ELSE assessment.completed_on END,
        assessment.terminated_on
      ) END > coalesce(
        CASE
        WHEN (
          assessment.started_on > overdue_day.day
          AND (
            coalesce(
              CASE
              WHEN (
                assessment.terminated_on < assessment.completed_on
              ) THEN assessment.terminated_on
              ELSE assessment.completed_on END,
              assessment.terminated_on
            ) IS NULL
            OR coalesce(
              CASE
              WHEN (
                assessment.terminated_on < assessment.completed_on
              ) THEN assessment.terminated_on
              ELSE assessment.completed_on END,
              assessment.terminated_on
            ) >= assessment.started_on
          )
        ) THEN assessment.started_on
        ELSE overdue_day.day END,
        assessment.started_on
      )
    ) UNION ALL
  SELECT referral.referral_id AS case_id,
    referral.child_key AS "key",
    coalesce(
      CASE
      WHEN (overdue_day.day >= referral.decided_on) THEN overdue_day.day
      ELSE referral.decided_on END,
      referral.decided_on
    ) AS event_date,
    referral.team_id AS team_id,
    CASE
    WHEN (referral.unreadable LIKE '% received_at %') THEN 'not computable: received_at can''t be read'
    WHEN (referral.unreadable LIKE '% decided_at %') THEN 'not computable: decided_at can''t be read'
    WHEN (referral.unreadable LIKE '% decision %') THEN 'not computable: decision can''t be read'
    WHEN (referral.unreadable LIKE '% closed_on %') THEN 'not computable: closed_on can''t be read'
    ELSE coalesce(
      CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN (
        (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
              AND answer.started_on > :assessments_taken_on
          )
        )
        OR (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
              AND answer.started_on > :assessments_taken_on
          )
        )
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed = 1
        AND referral.received_timed = 1
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (referral.closed_on < referral.received_on) THEN 'not computable: closed before it was received'
      WHEN (
        (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
              AND answer.started_on < referral.received_on
          )
        )
        OR (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
              AND answer.started_on < referral.received_on
          )
        )
      ) THEN 'not computable: its assessment is out of order'
      WHEN (
        (
          SELECT standard.working_days
          FROM standards AS standard
          WHERE standard.measure = 'initial_assessments_within_7_working_days'
            AND standard.from_date <= clock_start.day
            AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
          ORDER BY standard.from_date DESC,
            standard.standard_id DESC
          LIMIT 1 OFFSET 0
        ) IS NULL
      ) THEN 'not computable: no standard in force' END,
      CASE
      WHEN (
        coalesce(
          CASE
          WHEN (overdue_day.day >= referral.decided_on) THEN overdue_day.day
          ELSE referral.decided_on END,
          referral.decided_on
        ) > :as_at_on
      ) THEN 'not yet due'
      ELSE 'counted' END
    ) END AS result,
    'being begun' AS waits_for,
    referral.received_on AS clock_started_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          CASE
          WHEN (
            referral.closed_on > :referrals_taken_on
            OR referral.closed_on < referral.received_on
          ) THEN CASE
          WHEN (
            coalesce(
              CASE
              WHEN (
                (
                  SELECT min(answer.started_on) AS min_1
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                ) < (
                  SELECT min(answer.started_on) AS min_2
                  FROM assessments AS answer
                  WHERE answer.referral_id = referral.referral_id
                )
              ) THEN (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              )
              ELSE (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              ) END,
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              )
            ) >= referral.received_on
          ) THEN coalesce(
            CASE
            WHEN (
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              ) < (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              )
            ) THEN (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
            ELSE (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            ) END,
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
          ) END
          WHEN (
            CASE
            WHEN (
              referral.received_on > :referrals_taken_on
              OR referral.decided_on > :referrals_taken_on
              OR referral.closed_on > :referrals_taken_on
            ) THEN 'not computable: dated after the data were taken'
            WHEN (
              (
                EXISTS (
                  SELECT *
                  FROM assessments AS answer
                  WHERE answer.referral_id = referral.referral_id
                    AND answer.started_on > :assessments_taken_on
                )
              )
              OR (
                EXISTS (
                  SELECT *
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                    AND answer.started_on > :assessments_taken_on
                )
              )
            ) THEN 'not computable: dated after the data were taken'
            WHEN CASE
            WHEN (
              referral.decided_timed = 1
              AND referral.received_timed = 1
            ) THEN referral.decided_at < referral.received_at
            ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
            WHEN (referral.closed_on < referral.received_on) THEN 'not computable: closed before it was received'
            WHEN (
              (
                EXISTS (
                  SELECT *
                  FROM assessments AS answer
                  WHERE answer.referral_id = referral.referral_id
                    AND answer.started_on < referral.received_on
                )
              )
              OR (
                EXISTS (
                  SELECT *
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                    AND answer.started_on < referral.received_on
                )
              )
            ) THEN 'not computable: its assessment is out of order'
            WHEN (
              (
                SELECT standard.working_days
                FROM standards AS standard
                WHERE standard.measure = 'initial_assessments_within_7_working_days'
                  AND standard.from_date <= clock_start.day
                  AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
                ORDER BY standard.from_date DESC,
                  standard.standard_id DESC
                LIMIT 1 OFFSET 0
              ) IS NULL
            ) THEN 'not computable: no standard in force' END IS NOT NULL
          ) THEN referral.closed_on
          ELSE coalesce(
            CASE
            WHEN (
              referral.closed_on < coalesce(
                CASE
                WHEN (
                  (
                    SELECT min(answer.started_on) AS min_1
                    FROM assessments AS answer
                    WHERE answer.referral_id IS NULL
                      AND answer.child_key = referral.child_key
                      AND answer.started_on >= referral.received_on
                      AND NOT (
                        EXISTS (
                          SELECT *
                          FROM referrals AS later
                          WHERE later.child_key = referral.child_key
                            AND (
                              referral.received_at < later.received_at
                              OR referral.received_at = later.received_at
                              AND referral.referral_id < later.referral_id
                            )
                            AND later.received_on <= answer.started_on
                        )
                      )
                  ) < (
                    SELECT min(answer.started_on) AS min_2
                    FROM assessments AS answer
                    WHERE answer.referral_id = referral.referral_id
                  )
                ) THEN (
                  SELECT min(answer.started_on) AS min_1
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                )
                ELSE (
                  SELECT min(answer.started_on) AS min_2
                  FROM assessments AS answer
                  WHERE answer.referral_id = referral.referral_id
                ) END,
                (
                  SELECT min(answer.started_on) AS min_1
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                )
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (
                (
                  SELECT min(answer.started_on) AS min_1
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                ) < (
                  SELECT min(answer.started_on) AS min_2
                  FROM assessments AS answer
                  WHERE answer.referral_id = referral.referral_id
                )
              ) THEN (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              )
              ELSE (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              ) END,
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              )
            ) END,
            referral.closed_on
          ) END,
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = referral.received_on
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN (
          referral.closed_on > :referrals_taken_on
          OR referral.closed_on < referral.received_on
        ) THEN CASE
        WHEN (
          coalesce(
            CASE
            WHEN (
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              ) < (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              )
            ) THEN (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
            ELSE (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            ) END,
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
          ) >= referral.received_on
        ) THEN coalesce(
          CASE
          WHEN (
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            ) < (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            )
          ) THEN (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
          ELSE (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          ) END,
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
        ) END
        WHEN (
          CASE
          WHEN (
            referral.received_on > :referrals_taken_on
            OR referral.decided_on > :referrals_taken_on
            OR referral.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN (
            (
              EXISTS (
                SELECT *
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
                  AND answer.started_on > :assessments_taken_on
              )
            )
            OR (
              EXISTS (
                SELECT *
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
                  AND answer.started_on > :assessments_taken_on
              )
            )
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            referral.decided_timed = 1
            AND referral.received_timed = 1
          ) THEN referral.decided_at < referral.received_at
          ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
          WHEN (referral.closed_on < referral.received_on) THEN 'not computable: closed before it was received'
          WHEN (
            (
              EXISTS (
                SELECT *
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
                  AND answer.started_on < referral.received_on
              )
            )
            OR (
              EXISTS (
                SELECT *
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
                  AND answer.started_on < referral.received_on
              )
            )
          ) THEN 'not computable: its assessment is out of order'
          WHEN (
            (
              SELECT standard.working_days
              FROM standards AS standard
              WHERE standard.measure = 'initial_assessments_within_7_working_days'
                AND standard.from_date <= clock_start.day
                AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
              ORDER BY standard.from_date DESC,
                standard.standard_id DESC
              LIMIT 1 OFFSET 0
            ) IS NULL
          ) THEN 'not computable: no standard in force' END IS NOT NULL
        ) THEN referral.closed_on
        ELSE coalesce(
          CASE
          WHEN (
            referral.closed_on < coalesce(
              CASE
              WHEN (
                (
                  SELECT min(answer.started_on) AS min_1
                  FROM assessments AS answer
                  WHERE answer.referral_id IS NULL
                    AND answer.child_key = referral.child_key
                    AND answer.started_on >= referral.received_on
                    AND NOT (
                      EXISTS (
                        SELECT *
                        FROM referrals AS later
                        WHERE later.child_key = referral.child_key
                          AND (
                            referral.received_at < later.received_at
                            OR referral.received_at = later.received_at
                            AND referral.referral_id < later.referral_id
                          )
                          AND later.received_on <= answer.started_on
                      )
                    )
                ) < (
                  SELECT min(answer.started_on) AS min_2
                  FROM assessments AS answer
                  WHERE answer.referral_id = referral.referral_id
                )
              ) THEN (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              )
              ELSE (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              ) END,
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              )
            )
          ) THEN referral.closed_on
          ELSE coalesce(
            CASE
            WHEN (
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              ) < (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              )
            ) THEN (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
            ELSE (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            ) END,
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
          ) END,
          referral.closed_on
        ) END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.received_on
    ) END AS working_days_taken,
    (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'initial_assessments_within_7_working_days'
        AND standard.from_date <= clock_start.day
        AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1 OFFSET 0
    ) AS working_days_allowed,
    CAST(NULL AS DATE) AS child_seen_on,
    CASE
    WHEN (
      referral.closed_on > :referrals_taken_on
      OR referral.closed_on < referral.received_on
    ) THEN CASE
    WHEN (
      coalesce(
        CASE
        WHEN (
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          ) < (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          )
        ) THEN (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
        ELSE (
          SELECT min(answer.started_on) AS min_2
          FROM assessments AS answer
          WHERE answer.referral_id = referral.referral_id
        ) END,
        (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
      ) >= referral.received_on
    ) THEN coalesce(
      CASE
      WHEN (
        (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        ) < (
          SELECT min(answer.started_on) AS min_2
          FROM assessments AS answer
          WHERE answer.referral_id = referral.referral_id
        )
      ) THEN (
        SELECT min(answer.started_on) AS min_1
        FROM assessments AS answer
        WHERE answer.referral_id IS NULL
          AND answer.child_key = referral.child_key
          AND answer.started_on >= referral.received_on
          AND NOT (
            EXISTS (
              SELECT *
              FROM referrals AS later
              WHERE later.child_key = referral.child_key
                AND (
                  referral.received_at < later.received_at
                  OR referral.received_at = later.received_at
                  AND referral.referral_id < later.referral_id
                )
                AND later.received_on <= answer.started_on
            )
          )
      )
      ELSE (
        SELECT min(answer.started_on) AS min_2
        FROM assessments AS answer
        WHERE answer.referral_id = referral.referral_id
      ) END,
      (
        SELECT min(answer.started_on) AS min_1
        FROM assessments AS answer
        WHERE answer.referral_id IS NULL
          AND answer.child_key = referral.child_key
          AND answer.started_on >= referral.received_on
          AND NOT (
            EXISTS (
              SELECT *
              FROM referrals AS later
              WHERE later.child_key = referral.child_key
                AND (
                  referral.received_at < later.received_at
                  OR referral.received_at = later.received_at
                  AND referral.referral_id < later.referral_id
                )
                AND later.received_on <= answer.started_on
            )
          )
      )
    ) END
    WHEN (
      CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN (
        (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
              AND answer.started_on > :assessments_taken_on
          )
        )
        OR (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
              AND answer.started_on > :assessments_taken_on
          )
        )
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed = 1
        AND referral.received_timed = 1
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (referral.closed_on < referral.received_on) THEN 'not computable: closed before it was received'
      WHEN (
        (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
              AND answer.started_on < referral.received_on
          )
        )
        OR (
          EXISTS (
            SELECT *
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
              AND answer.started_on < referral.received_on
          )
        )
      ) THEN 'not computable: its assessment is out of order'
      WHEN (
        (
          SELECT standard.working_days
          FROM standards AS standard
          WHERE standard.measure = 'initial_assessments_within_7_working_days'
            AND standard.from_date <= clock_start.day
            AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
          ORDER BY standard.from_date DESC,
            standard.standard_id DESC
          LIMIT 1 OFFSET 0
        ) IS NULL
      ) THEN 'not computable: no standard in force' END IS NOT NULL
    ) THEN referral.closed_on
    ELSE coalesce(
      CASE
      WHEN (
        referral.closed_on < coalesce(
          CASE
          WHEN (
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            ) < (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            )
          ) THEN (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
          ELSE (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          ) END,
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          ) < (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          )
        ) THEN (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
        ELSE (
          SELECT min(answer.started_on) AS min_2
          FROM assessments AS answer
          WHERE answer.referral_id = referral.referral_id
        ) END,
        (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
      ) END,
      referral.closed_on
    ) END AS left_on
  FROM referrals AS referral
  LEFT OUTER JOIN calendar AS clock_start ON clock_start.day = referral.received_on
  LEFT OUTER JOIN calendar AS overdue_day ON overdue_day.working_day_number = clock_start.working_day_number + (
    SELECT standard.working_days
    FROM standards AS standard
    WHERE standard.measure = 'initial_assessments_within_7_working_days'
      AND standard.from_date <= clock_start.day
      AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
    ORDER BY standard.from_date DESC,
      standard.standard_id DESC
    LIMIT 1 OFFSET 0
  ) + 1
    AND overdue_day.working IS 1
  WHERE referral.decision = 'initial_assessment'
    AND referral.decided_on IS NOT NULL
    AND (
      CASE
      WHEN (
        referral.closed_on > :referrals_taken_on
        OR referral.closed_on < referral.received_on
      ) THEN CASE
      WHEN (
        coalesce(
          CASE
          WHEN (
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            ) < (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            )
          ) THEN (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
          ELSE (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          ) END,
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
        ) >= referral.received_on
      ) THEN coalesce(
        CASE
        WHEN (
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          ) < (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          )
        ) THEN (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
        ELSE (
          SELECT min(answer.started_on) AS min_2
          FROM assessments AS answer
          WHERE answer.referral_id = referral.referral_id
        ) END,
        (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
      ) END
      WHEN (
        CASE
        WHEN (
          referral.received_on > :referrals_taken_on
          OR referral.decided_on > :referrals_taken_on
          OR referral.closed_on > :referrals_taken_on
        ) THEN 'not computable: dated after the data were taken'
        WHEN (
          (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
                AND answer.started_on > :assessments_taken_on
            )
          )
          OR (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
                AND answer.started_on > :assessments_taken_on
            )
          )
        ) THEN 'not computable: dated after the data were taken'
        WHEN CASE
        WHEN (
          referral.decided_timed = 1
          AND referral.received_timed = 1
        ) THEN referral.decided_at < referral.received_at
        ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
        WHEN (referral.closed_on < referral.received_on) THEN 'not computable: closed before it was received'
        WHEN (
          (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
                AND answer.started_on < referral.received_on
            )
          )
          OR (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
                AND answer.started_on < referral.received_on
            )
          )
        ) THEN 'not computable: its assessment is out of order'
        WHEN (
          (
            SELECT standard.working_days
            FROM standards AS standard
            WHERE standard.measure = 'initial_assessments_within_7_working_days'
              AND standard.from_date <= clock_start.day
              AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
            ORDER BY standard.from_date DESC,
              standard.standard_id DESC
            LIMIT 1 OFFSET 0
          ) IS NULL
        ) THEN 'not computable: no standard in force' END IS NOT NULL
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (
          referral.closed_on < coalesce(
            CASE
            WHEN (
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              ) < (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              )
            ) THEN (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
            ELSE (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            ) END,
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
          )
        ) THEN referral.closed_on
        ELSE coalesce(
          CASE
          WHEN (
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            ) < (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            )
          ) THEN (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
          ELSE (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          ) END,
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
        ) END,
        referral.closed_on
      ) END IS NULL
      OR CASE
      WHEN (
        referral.closed_on > :referrals_taken_on
        OR referral.closed_on < referral.received_on
      ) THEN CASE
      WHEN (
        coalesce(
          CASE
          WHEN (
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            ) < (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            )
          ) THEN (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
          ELSE (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          ) END,
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
        ) >= referral.received_on
      ) THEN coalesce(
        CASE
        WHEN (
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          ) < (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          )
        ) THEN (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
        ELSE (
          SELECT min(answer.started_on) AS min_2
          FROM assessments AS answer
          WHERE answer.referral_id = referral.referral_id
        ) END,
        (
          SELECT min(answer.started_on) AS min_1
          FROM assessments AS answer
          WHERE answer.referral_id IS NULL
            AND answer.child_key = referral.child_key
            AND answer.started_on >= referral.received_on
            AND NOT (
              EXISTS (
                SELECT *
                FROM referrals AS later
                WHERE later.child_key = referral.child_key
                  AND (
                    referral.received_at < later.received_at
                    OR referral.received_at = later.received_at
                    AND referral.referral_id < later.referral_id
                  )
                  AND later.received_on <= answer.started_on
              )
            )
        )
      ) END
      WHEN (
        CASE
        WHEN (
          referral.received_on > :referrals_taken_on
          OR referral.decided_on > :referrals_taken_on
          OR referral.closed_on > :referrals_taken_on
        ) THEN 'not computable: dated after the data were taken'
        WHEN (
          (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
                AND answer.started_on > :assessments_taken_on
            )
          )
          OR (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
                AND answer.started_on > :assessments_taken_on
            )
          )
        ) THEN 'not computable: dated after the data were taken'
        WHEN CASE
        WHEN (
          referral.decided_timed = 1
          AND referral.received_timed = 1
        ) THEN referral.decided_at < referral.received_at
        ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
        WHEN (referral.closed_on < referral.received_on) THEN 'not computable: closed before it was received'
        WHEN (
          (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
                AND answer.started_on < referral.received_on
            )
          )
          OR (
            EXISTS (
              SELECT *
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
                AND answer.started_on < referral.received_on
            )
          )
        ) THEN 'not computable: its assessment is out of order'
        WHEN (
          (
            SELECT standard.working_days
            FROM standards AS standard
            WHERE standard.measure = 'initial_assessments_within_7_working_days'
              AND standard.from_date <= clock_start.day
              AND (standard.to_date IS NULL OR standard.to_date >= clock_start.day)
            ORDER BY standard.from_date DESC,
              standard.standard_id DESC
            LIMIT 1 OFFSET 0
          ) IS NULL
        ) THEN 'not computable: no standard in force' END IS NOT NULL
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (
          referral.closed_on < coalesce(
            CASE
            WHEN (
              (
                SELECT min(answer.started_on) AS min_1
                FROM assessments AS answer
                WHERE answer.referral_id IS NULL
                  AND answer.child_key = referral.child_key
                  AND answer.started_on >= referral.received_on
                  AND NOT (
                    EXISTS (
                      SELECT *
                      FROM referrals AS later
                      WHERE later.child_key = referral.child_key
                        AND (
                          referral.received_at < later.received_at
                          OR referral.received_at = later.received_at
                          AND referral.referral_id < later.referral_id
                        )
                        AND later.received_on <= answer.started_on
                    )
                  )
              ) < (
                SELECT min(answer.started_on) AS min_2
                FROM assessments AS answer
                WHERE answer.referral_id = referral.referral_id
              )
            ) THEN (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
            ELSE (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            ) END,
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            )
          )
        ) THEN referral.closed_on
        ELSE coalesce(
          CASE
          WHEN (
            (
              SELECT min(answer.started_on) AS min_1
              FROM assessments AS answer
              WHERE answer.referral_id IS NULL
                AND answer.child_key = referral.child_key
                AND answer.started_on >= referral.received_on
                AND NOT (
                  EXISTS (
                    SELECT *
                    FROM referrals AS later
                    WHERE later.child_key = referral.child_key
                      AND (
                        referral.received_at < later.received_at
                        OR referral.received_at = later.received_at
                        AND referral.referral_id < later.referral_id
                      )
                      AND later.received_on <= answer.started_on
                  )
                )
            ) < (
              SELECT min(answer.started_on) AS min_2
              FROM assessments AS answer
              WHERE answer.referral_id = referral.referral_id
            )
          ) THEN (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
          ELSE (
            SELECT min(answer.started_on) AS min_2
            FROM assessments AS answer
            WHERE answer.referral_id = referral.referral_id
          ) END,
          (
            SELECT min(answer.started_on) AS min_1
            FROM assessments AS answer
            WHERE answer.referral_id IS NULL
              AND answer.child_key = referral.child_key
              AND answer.started_on >= referral.received_on
              AND NOT (
                EXISTS (
                  SELECT *
                  FROM referrals AS later
                  WHERE later.child_key = referral.child_key
                    AND (
                      referral.received_at < later.received_at
                      OR referral.received_at = later.received_at
                      AND referral.referral_id < later.referral_id
                    )
                    AND later.received_on <= answer.started_on
                )
              )
          )
        ) END,
        referral.closed_on
      ) END > coalesce(
        CASE
        WHEN (overdue_day.day >= referral.decided_on) THEN overdue_day.day
        ELSE referral.decided_on END,
        referral.decided_on
      )
    )
) AS cases
