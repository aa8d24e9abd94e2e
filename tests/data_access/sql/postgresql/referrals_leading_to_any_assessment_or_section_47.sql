SELECT referral.referral_id AS case_id,
  referral.child_key AS key,
  referral.received_on AS event_date,
  referral.team_id,
  CASE
  WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
  WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
  WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
  WHEN (referral.unreadable LIKE '%% closed_on %%') THEN 'not computable: closed_on can''t be read'
  WHEN (referral.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
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
  WHEN (
    EXISTS (
      SELECT *
      FROM referrals AS earlier
      WHERE earlier.child_key = referral.child_key
        AND (
          earlier.received_at < referral.received_at
          OR earlier.received_at = referral.received_at
          AND earlier.referral_id < referral.referral_id
        )
        AND (
          earlier.closed_on IS NULL
          OR earlier.closed_on > referral.received_on
          OR earlier.closed_on < earlier.received_on
        )
        AND (
          earlier.decision IS NULL
          OR earlier.decided_on IS NULL
          OR earlier.decided_on > referral.received_on
          OR earlier.decided_on < earlier.received_on
          OR (
            earlier.decision NOT IN (
              SELECT codes.code
              FROM codes
              WHERE codes.list = 'referral_decision'
                AND codes.closes_case IS true
            )
          )
        )
    )
  ) THEN 'not computable: an earlier referral was closed before it came'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = CASE
        WHEN (
          (
            SELECT min(assessment.started_on) AS min_1
            FROM assessments AS assessment
            WHERE assessment.referral_id IS NULL
              AND assessment.child_key = referral.child_key
              AND assessment.started_on >= referral.received_on
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
                    AND later.received_on <= assessment.started_on
                )
              )
              AND assessment.terminated_on IS NULL
              AND NOT (
                assessment.started_on < referral.received_on
                OR coalesce(assessment.completed_on < assessment.started_on, false)
              )
              AND assessment.started_on <= :assessments_taken_on
          ) IS NULL
        ) THEN (
          SELECT min(assessment.started_on) AS min_2
          FROM assessments AS assessment
          WHERE assessment.referral_id = referral.referral_id
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        )
        WHEN (
          (
            SELECT min(assessment.started_on) AS min_2
            FROM assessments AS assessment
            WHERE assessment.referral_id = referral.referral_id
              AND assessment.terminated_on IS NULL
              AND NOT (
                assessment.started_on < referral.received_on
                OR coalesce(assessment.completed_on < assessment.started_on, false)
              )
              AND assessment.started_on <= :assessments_taken_on
          ) <= (
            SELECT min(assessment.started_on) AS min_1
            FROM assessments AS assessment
            WHERE assessment.referral_id IS NULL
              AND assessment.child_key = referral.child_key
              AND assessment.started_on >= referral.received_on
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
                    AND later.received_on <= assessment.started_on
                )
              )
              AND assessment.terminated_on IS NULL
              AND NOT (
                assessment.started_on < referral.received_on
                OR coalesce(assessment.completed_on < assessment.started_on, false)
              )
              AND assessment.started_on <= :assessments_taken_on
          )
        ) THEN (
          SELECT min(assessment.started_on) AS min_2
          FROM assessments AS assessment
          WHERE assessment.referral_id = referral.referral_id
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        )
        ELSE (
          SELECT min(assessment.started_on) AS min_1
          FROM assessments AS assessment
          WHERE assessment.referral_id IS NULL
            AND assessment.child_key = referral.child_key
            AND assessment.started_on >= referral.received_on
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
                  AND later.received_on <= assessment.started_on
              )
            )
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        ) END
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.received_on
    ) <= 10
  ) THEN 'met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = CASE
        WHEN (
          (
            SELECT min(enquiry.strategy_discussion_on) AS min_3
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id IS NULL
              AND enquiry.child_key = referral.child_key
              AND enquiry.strategy_discussion_on >= referral.received_on
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
                    AND later.received_on <= enquiry.strategy_discussion_on
                )
              )
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          ) IS NULL
        ) THEN (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
        WHEN (
          (
            SELECT min(enquiry.strategy_discussion_on) AS min_4
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id = referral.referral_id
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          ) <= (
            SELECT min(enquiry.strategy_discussion_on) AS min_3
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id IS NULL
              AND enquiry.child_key = referral.child_key
              AND enquiry.strategy_discussion_on >= referral.received_on
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
                    AND later.received_on <= enquiry.strategy_discussion_on
                )
              )
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          )
        ) THEN (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
        ELSE (
          SELECT min(enquiry.strategy_discussion_on) AS min_3
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id IS NULL
            AND enquiry.child_key = referral.child_key
            AND enquiry.strategy_discussion_on >= referral.received_on
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
                  AND later.received_on <= enquiry.strategy_discussion_on
              )
            )
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        ) END
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.received_on
    ) <= 10
  ) THEN 'met'
  WHEN (
    (
      EXISTS (
        SELECT *
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND assessment.started_on > :assessments_taken_on
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
          AND assessment.terminated_on IS NULL
          AND assessment.started_on > :assessments_taken_on
      )
    )
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    (
      EXISTS (
        SELECT *
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id = referral.referral_id
          AND enquiry.strategy_discussion_on > :section_47_enquiries_taken_on
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id IS NULL
          AND enquiry.child_key = referral.child_key
          AND enquiry.strategy_discussion_on >= referral.received_on
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
                AND later.received_on <= enquiry.strategy_discussion_on
            )
          )
          AND enquiry.strategy_discussion_on > :section_47_enquiries_taken_on
      )
    )
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    (
      EXISTS (
        SELECT *
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
          AND assessment.terminated_on IS NULL
          AND (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
      )
    )
  ) THEN 'not computable: its assessment is out of order'
  WHEN (
    (
      EXISTS (
        SELECT *
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id = referral.referral_id
          AND (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id IS NULL
          AND enquiry.child_key = referral.child_key
          AND enquiry.strategy_discussion_on >= referral.received_on
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
                AND later.received_on <= enquiry.strategy_discussion_on
            )
          )
          AND (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
      )
    )
  ) THEN 'not computable: its enquiry is out of order'
  WHEN (
    referral.decided_on IS NOT NULL
    AND referral.decision IS NOT NULL
    AND (
      referral.decision NOT IN (
        SELECT codes.code
        FROM codes
        WHERE codes.list = 'referral_decision'
          AND codes.leads_to_assessment IS true
      )
    )
  ) THEN 'not met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = referral.received_on
    ) > 10
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  referral.decided_on,
  referral.decision,
  CASE
  WHEN (
    (
      SELECT min(assessment.started_on) AS min_1
      FROM assessments AS assessment
      WHERE assessment.referral_id IS NULL
        AND assessment.child_key = referral.child_key
        AND assessment.started_on >= referral.received_on
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
              AND later.received_on <= assessment.started_on
          )
        )
        AND assessment.terminated_on IS NULL
        AND NOT (
          assessment.started_on < referral.received_on
          OR coalesce(assessment.completed_on < assessment.started_on, false)
        )
        AND assessment.started_on <= :assessments_taken_on
    ) IS NULL
  ) THEN (
    SELECT min(assessment.started_on) AS min_2
    FROM assessments AS assessment
    WHERE assessment.referral_id = referral.referral_id
      AND assessment.terminated_on IS NULL
      AND NOT (
        assessment.started_on < referral.received_on
        OR coalesce(assessment.completed_on < assessment.started_on, false)
      )
      AND assessment.started_on <= :assessments_taken_on
  )
  WHEN (
    (
      SELECT min(assessment.started_on) AS min_2
      FROM assessments AS assessment
      WHERE assessment.referral_id = referral.referral_id
        AND assessment.terminated_on IS NULL
        AND NOT (
          assessment.started_on < referral.received_on
          OR coalesce(assessment.completed_on < assessment.started_on, false)
        )
        AND assessment.started_on <= :assessments_taken_on
    ) <= (
      SELECT min(assessment.started_on) AS min_1
      FROM assessments AS assessment
      WHERE assessment.referral_id IS NULL
        AND assessment.child_key = referral.child_key
        AND assessment.started_on >= referral.received_on
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
              AND later.received_on <= assessment.started_on
          )
        )
        AND assessment.terminated_on IS NULL
        AND NOT (
          assessment.started_on < referral.received_on
          OR coalesce(assessment.completed_on < assessment.started_on, false)
        )
        AND assessment.started_on <= :assessments_taken_on
    )
  ) THEN (
    SELECT min(assessment.started_on) AS min_2
    FROM assessments AS assessment
    WHERE assessment.referral_id = referral.referral_id
      AND assessment.terminated_on IS NULL
      AND NOT (
        assessment.started_on < referral.received_on
        OR coalesce(assessment.completed_on < assessment.started_on, false)
      )
      AND assessment.started_on <= :assessments_taken_on
  )
  ELSE (
    SELECT min(assessment.started_on) AS min_1
    FROM assessments AS assessment
    WHERE assessment.referral_id IS NULL
      AND assessment.child_key = referral.child_key
      AND assessment.started_on >= referral.received_on
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
            AND later.received_on <= assessment.started_on
        )
      )
      AND assessment.terminated_on IS NULL
      AND NOT (
        assessment.started_on < referral.received_on
        OR coalesce(assessment.completed_on < assessment.started_on, false)
      )
      AND assessment.started_on <= :assessments_taken_on
  ) END AS first_assessment_on,
  CASE
  WHEN (
    (
      SELECT min(enquiry.strategy_discussion_on) AS min_3
      FROM section_47_enquiries AS enquiry
      WHERE enquiry.referral_id IS NULL
        AND enquiry.child_key = referral.child_key
        AND enquiry.strategy_discussion_on >= referral.received_on
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
              AND later.received_on <= enquiry.strategy_discussion_on
          )
        )
        AND NOT (
          enquiry.strategy_discussion_on < referral.received_on
          OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
        )
        AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
    ) IS NULL
  ) THEN (
    SELECT min(enquiry.strategy_discussion_on) AS min_4
    FROM section_47_enquiries AS enquiry
    WHERE enquiry.referral_id = referral.referral_id
      AND NOT (
        enquiry.strategy_discussion_on < referral.received_on
        OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
      )
      AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
  )
  WHEN (
    (
      SELECT min(enquiry.strategy_discussion_on) AS min_4
      FROM section_47_enquiries AS enquiry
      WHERE enquiry.referral_id = referral.referral_id
        AND NOT (
          enquiry.strategy_discussion_on < referral.received_on
          OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
        )
        AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
    ) <= (
      SELECT min(enquiry.strategy_discussion_on) AS min_3
      FROM section_47_enquiries AS enquiry
      WHERE enquiry.referral_id IS NULL
        AND enquiry.child_key = referral.child_key
        AND enquiry.strategy_discussion_on >= referral.received_on
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
              AND later.received_on <= enquiry.strategy_discussion_on
          )
        )
        AND NOT (
          enquiry.strategy_discussion_on < referral.received_on
          OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
        )
        AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
    )
  ) THEN (
    SELECT min(enquiry.strategy_discussion_on) AS min_4
    FROM section_47_enquiries AS enquiry
    WHERE enquiry.referral_id = referral.referral_id
      AND NOT (
        enquiry.strategy_discussion_on < referral.received_on
        OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
      )
      AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
  )
  ELSE (
    SELECT min(enquiry.strategy_discussion_on) AS min_3
    FROM section_47_enquiries AS enquiry
    WHERE enquiry.referral_id IS NULL
      AND enquiry.child_key = referral.child_key
      AND enquiry.strategy_discussion_on >= referral.received_on
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
            AND later.received_on <= enquiry.strategy_discussion_on
        )
      )
      AND NOT (
        enquiry.strategy_discussion_on < referral.received_on
        OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
      )
      AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
  ) END AS first_discussion_on,
  (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          (
            SELECT min(enquiry.strategy_discussion_on) AS min_3
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id IS NULL
              AND enquiry.child_key = referral.child_key
              AND enquiry.strategy_discussion_on >= referral.received_on
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
                    AND later.received_on <= enquiry.strategy_discussion_on
                )
              )
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          ) IS NULL
        ) THEN (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
        WHEN (
          (
            SELECT min(enquiry.strategy_discussion_on) AS min_4
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id = referral.referral_id
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          ) <= (
            SELECT min(enquiry.strategy_discussion_on) AS min_3
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id IS NULL
              AND enquiry.child_key = referral.child_key
              AND enquiry.strategy_discussion_on >= referral.received_on
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
                    AND later.received_on <= enquiry.strategy_discussion_on
                )
              )
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          )
        ) THEN (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
        ELSE (
          SELECT min(enquiry.strategy_discussion_on) AS min_3
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id IS NULL
            AND enquiry.child_key = referral.child_key
            AND enquiry.strategy_discussion_on >= referral.received_on
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
                  AND later.received_on <= enquiry.strategy_discussion_on
              )
            )
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        ) END IS NULL
      ) THEN CASE
      WHEN (
        (
          SELECT min(assessment.started_on) AS min_1
          FROM assessments AS assessment
          WHERE assessment.referral_id IS NULL
            AND assessment.child_key = referral.child_key
            AND assessment.started_on >= referral.received_on
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
                  AND later.received_on <= assessment.started_on
              )
            )
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        ) IS NULL
      ) THEN (
        SELECT min(assessment.started_on) AS min_2
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      )
      WHEN (
        (
          SELECT min(assessment.started_on) AS min_2
          FROM assessments AS assessment
          WHERE assessment.referral_id = referral.referral_id
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        ) <= (
          SELECT min(assessment.started_on) AS min_1
          FROM assessments AS assessment
          WHERE assessment.referral_id IS NULL
            AND assessment.child_key = referral.child_key
            AND assessment.started_on >= referral.received_on
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
                  AND later.received_on <= assessment.started_on
              )
            )
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        )
      ) THEN (
        SELECT min(assessment.started_on) AS min_2
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      )
      ELSE (
        SELECT min(assessment.started_on) AS min_1
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      ) END
      WHEN (
        CASE
        WHEN (
          (
            SELECT min(assessment.started_on) AS min_1
            FROM assessments AS assessment
            WHERE assessment.referral_id IS NULL
              AND assessment.child_key = referral.child_key
              AND assessment.started_on >= referral.received_on
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
                    AND later.received_on <= assessment.started_on
                )
              )
              AND assessment.terminated_on IS NULL
              AND NOT (
                assessment.started_on < referral.received_on
                OR coalesce(assessment.completed_on < assessment.started_on, false)
              )
              AND assessment.started_on <= :assessments_taken_on
          ) IS NULL
        ) THEN (
          SELECT min(assessment.started_on) AS min_2
          FROM assessments AS assessment
          WHERE assessment.referral_id = referral.referral_id
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        )
        WHEN (
          (
            SELECT min(assessment.started_on) AS min_2
            FROM assessments AS assessment
            WHERE assessment.referral_id = referral.referral_id
              AND assessment.terminated_on IS NULL
              AND NOT (
                assessment.started_on < referral.received_on
                OR coalesce(assessment.completed_on < assessment.started_on, false)
              )
              AND assessment.started_on <= :assessments_taken_on
          ) <= (
            SELECT min(assessment.started_on) AS min_1
            FROM assessments AS assessment
            WHERE assessment.referral_id IS NULL
              AND assessment.child_key = referral.child_key
              AND assessment.started_on >= referral.received_on
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
                    AND later.received_on <= assessment.started_on
                )
              )
              AND assessment.terminated_on IS NULL
              AND NOT (
                assessment.started_on < referral.received_on
                OR coalesce(assessment.completed_on < assessment.started_on, false)
              )
              AND assessment.started_on <= :assessments_taken_on
          )
        ) THEN (
          SELECT min(assessment.started_on) AS min_2
          FROM assessments AS assessment
          WHERE assessment.referral_id = referral.referral_id
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        )
        ELSE (
          SELECT min(assessment.started_on) AS min_1
          FROM assessments AS assessment
          WHERE assessment.referral_id IS NULL
            AND assessment.child_key = referral.child_key
            AND assessment.started_on >= referral.received_on
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
                  AND later.received_on <= assessment.started_on
              )
            )
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        ) END <= CASE
        WHEN (
          (
            SELECT min(enquiry.strategy_discussion_on) AS min_3
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id IS NULL
              AND enquiry.child_key = referral.child_key
              AND enquiry.strategy_discussion_on >= referral.received_on
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
                    AND later.received_on <= enquiry.strategy_discussion_on
                )
              )
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          ) IS NULL
        ) THEN (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
        WHEN (
          (
            SELECT min(enquiry.strategy_discussion_on) AS min_4
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id = referral.referral_id
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          ) <= (
            SELECT min(enquiry.strategy_discussion_on) AS min_3
            FROM section_47_enquiries AS enquiry
            WHERE enquiry.referral_id IS NULL
              AND enquiry.child_key = referral.child_key
              AND enquiry.strategy_discussion_on >= referral.received_on
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
                    AND later.received_on <= enquiry.strategy_discussion_on
                )
              )
              AND NOT (
                enquiry.strategy_discussion_on < referral.received_on
                OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
              )
              AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
          )
        ) THEN (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
        ELSE (
          SELECT min(enquiry.strategy_discussion_on) AS min_3
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id IS NULL
            AND enquiry.child_key = referral.child_key
            AND enquiry.strategy_discussion_on >= referral.received_on
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
                  AND later.received_on <= enquiry.strategy_discussion_on
              )
            )
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        ) END
      ) THEN CASE
      WHEN (
        (
          SELECT min(assessment.started_on) AS min_1
          FROM assessments AS assessment
          WHERE assessment.referral_id IS NULL
            AND assessment.child_key = referral.child_key
            AND assessment.started_on >= referral.received_on
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
                  AND later.received_on <= assessment.started_on
              )
            )
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        ) IS NULL
      ) THEN (
        SELECT min(assessment.started_on) AS min_2
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      )
      WHEN (
        (
          SELECT min(assessment.started_on) AS min_2
          FROM assessments AS assessment
          WHERE assessment.referral_id = referral.referral_id
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        ) <= (
          SELECT min(assessment.started_on) AS min_1
          FROM assessments AS assessment
          WHERE assessment.referral_id IS NULL
            AND assessment.child_key = referral.child_key
            AND assessment.started_on >= referral.received_on
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
                  AND later.received_on <= assessment.started_on
              )
            )
            AND assessment.terminated_on IS NULL
            AND NOT (
              assessment.started_on < referral.received_on
              OR coalesce(assessment.completed_on < assessment.started_on, false)
            )
            AND assessment.started_on <= :assessments_taken_on
        )
      ) THEN (
        SELECT min(assessment.started_on) AS min_2
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      )
      ELSE (
        SELECT min(assessment.started_on) AS min_1
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      ) END
      ELSE CASE
      WHEN (
        (
          SELECT min(enquiry.strategy_discussion_on) AS min_3
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id IS NULL
            AND enquiry.child_key = referral.child_key
            AND enquiry.strategy_discussion_on >= referral.received_on
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
                  AND later.received_on <= enquiry.strategy_discussion_on
              )
            )
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        ) IS NULL
      ) THEN (
        SELECT min(enquiry.strategy_discussion_on) AS min_4
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id = referral.referral_id
          AND NOT (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
          AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
      )
      WHEN (
        (
          SELECT min(enquiry.strategy_discussion_on) AS min_4
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id = referral.referral_id
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        ) <= (
          SELECT min(enquiry.strategy_discussion_on) AS min_3
          FROM section_47_enquiries AS enquiry
          WHERE enquiry.referral_id IS NULL
            AND enquiry.child_key = referral.child_key
            AND enquiry.strategy_discussion_on >= referral.received_on
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
                  AND later.received_on <= enquiry.strategy_discussion_on
              )
            )
            AND NOT (
              enquiry.strategy_discussion_on < referral.received_on
              OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
            )
            AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
        )
      ) THEN (
        SELECT min(enquiry.strategy_discussion_on) AS min_4
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id = referral.referral_id
          AND NOT (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
          AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
      )
      ELSE (
        SELECT min(enquiry.strategy_discussion_on) AS min_3
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id IS NULL
          AND enquiry.child_key = referral.child_key
          AND enquiry.strategy_discussion_on >= referral.received_on
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
                AND later.received_on <= enquiry.strategy_discussion_on
            )
          )
          AND NOT (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
          AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
      ) END END,
      :as_at_on
    )
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = referral.received_on
  ) AS working_days_taken,
  CASE
  WHEN (
    CASE
    WHEN (
      (
        SELECT min(assessment.started_on) AS min_1
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      ) IS NULL
    ) THEN (
      SELECT min(assessment.started_on) AS min_2
      FROM assessments AS assessment
      WHERE assessment.referral_id = referral.referral_id
        AND assessment.terminated_on IS NULL
        AND NOT (
          assessment.started_on < referral.received_on
          OR coalesce(assessment.completed_on < assessment.started_on, false)
        )
        AND assessment.started_on <= :assessments_taken_on
    )
    WHEN (
      (
        SELECT min(assessment.started_on) AS min_2
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      ) <= (
        SELECT min(assessment.started_on) AS min_1
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
          AND assessment.terminated_on IS NULL
          AND NOT (
            assessment.started_on < referral.received_on
            OR coalesce(assessment.completed_on < assessment.started_on, false)
          )
          AND assessment.started_on <= :assessments_taken_on
      )
    ) THEN (
      SELECT min(assessment.started_on) AS min_2
      FROM assessments AS assessment
      WHERE assessment.referral_id = referral.referral_id
        AND assessment.terminated_on IS NULL
        AND NOT (
          assessment.started_on < referral.received_on
          OR coalesce(assessment.completed_on < assessment.started_on, false)
        )
        AND assessment.started_on <= :assessments_taken_on
    )
    ELSE (
      SELECT min(assessment.started_on) AS min_1
      FROM assessments AS assessment
      WHERE assessment.referral_id IS NULL
        AND assessment.child_key = referral.child_key
        AND assessment.started_on >= referral.received_on
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
              AND later.received_on <= assessment.started_on
          )
        )
        AND assessment.terminated_on IS NULL
        AND NOT (
          assessment.started_on < referral.received_on
          OR coalesce(assessment.completed_on < assessment.started_on, false)
        )
        AND assessment.started_on <= :assessments_taken_on
    ) END IS NOT NULL
  ) THEN 'assessment'
  WHEN (
    CASE
    WHEN (
      (
        SELECT min(enquiry.strategy_discussion_on) AS min_3
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id IS NULL
          AND enquiry.child_key = referral.child_key
          AND enquiry.strategy_discussion_on >= referral.received_on
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
                AND later.received_on <= enquiry.strategy_discussion_on
            )
          )
          AND NOT (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
          AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
      ) IS NULL
    ) THEN (
      SELECT min(enquiry.strategy_discussion_on) AS min_4
      FROM section_47_enquiries AS enquiry
      WHERE enquiry.referral_id = referral.referral_id
        AND NOT (
          enquiry.strategy_discussion_on < referral.received_on
          OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
        )
        AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
    )
    WHEN (
      (
        SELECT min(enquiry.strategy_discussion_on) AS min_4
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id = referral.referral_id
          AND NOT (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
          AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
      ) <= (
        SELECT min(enquiry.strategy_discussion_on) AS min_3
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id IS NULL
          AND enquiry.child_key = referral.child_key
          AND enquiry.strategy_discussion_on >= referral.received_on
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
                AND later.received_on <= enquiry.strategy_discussion_on
            )
          )
          AND NOT (
            enquiry.strategy_discussion_on < referral.received_on
            OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
          )
          AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
      )
    ) THEN (
      SELECT min(enquiry.strategy_discussion_on) AS min_4
      FROM section_47_enquiries AS enquiry
      WHERE enquiry.referral_id = referral.referral_id
        AND NOT (
          enquiry.strategy_discussion_on < referral.received_on
          OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
        )
        AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
    )
    ELSE (
      SELECT min(enquiry.strategy_discussion_on) AS min_3
      FROM section_47_enquiries AS enquiry
      WHERE enquiry.referral_id IS NULL
        AND enquiry.child_key = referral.child_key
        AND enquiry.strategy_discussion_on >= referral.received_on
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
              AND later.received_on <= enquiry.strategy_discussion_on
          )
        )
        AND NOT (
          enquiry.strategy_discussion_on < referral.received_on
          OR coalesce(enquiry.ended_on < enquiry.strategy_discussion_on, false)
        )
        AND enquiry.strategy_discussion_on <= :section_47_enquiries_taken_on
    ) END IS NOT NULL
  ) THEN 'enquiry'
  WHEN (
    (
      EXISTS (
        SELECT *
        FROM assessments AS assessment
        WHERE assessment.referral_id = referral.referral_id
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM assessments AS assessment
        WHERE assessment.referral_id IS NULL
          AND assessment.child_key = referral.child_key
          AND assessment.started_on >= referral.received_on
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
                AND later.received_on <= assessment.started_on
            )
          )
      )
    )
  ) THEN 'assessment that doesn''t count'
  WHEN (
    (
      EXISTS (
        SELECT *
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id = referral.referral_id
      )
    )
    OR (
      EXISTS (
        SELECT *
        FROM section_47_enquiries AS enquiry
        WHERE enquiry.referral_id IS NULL
          AND enquiry.child_key = referral.child_key
          AND enquiry.strategy_discussion_on >= referral.received_on
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
                AND later.received_on <= enquiry.strategy_discussion_on
            )
          )
      )
    )
  ) THEN 'enquiry that doesn''t count'
  WHEN (referral.decision IS NULL) THEN 'no decision yet'
  WHEN (
    (
      referral.decision NOT IN (
        SELECT codes.code
        FROM codes
        WHERE codes.list = 'referral_decision'
          AND codes.leads_to_assessment IS true
      )
    )
  ) THEN 'decision'
  WHEN (referral.closed_on IS NOT NULL) THEN 'closing' END AS answered_by,
  referral.source,
  referral.age_band
FROM referrals AS referral
WHERE NOT (
  EXISTS (
    SELECT *
    FROM referrals AS earlier
    WHERE earlier.child_key = referral.child_key
      AND (
        earlier.received_at < referral.received_at
        OR earlier.received_at = referral.received_at
        AND earlier.referral_id < referral.referral_id
      )
      AND (earlier.closed_on IS NULL OR earlier.closed_on > referral.received_on)
      AND (
        earlier.decision IS NULL
        OR earlier.decided_on IS NULL
        OR earlier.decided_on > referral.received_on
        OR (
          earlier.decision NOT IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.closes_case IS true
          )
        )
      )
  )
)
