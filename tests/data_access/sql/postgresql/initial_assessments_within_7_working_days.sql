SELECT assessment.assessment_id AS case_id,
  assessment.child_key AS key,
  assessment.completed_on AS event_date,
  assessment.team_id,
  CASE
  WHEN (assessment.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (
    assessment.unreadable LIKE '%% completed_on %%'
  ) THEN 'not computable: completed_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '%% terminated_on %%'
  ) THEN 'not computable: terminated_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '%% new_information_on %%'
  ) THEN 'not computable: new_information_on can''t be read'
  WHEN (assessment.unreadable LIKE '%% started_on %%') THEN 'not computable: started_on can''t be read'
  WHEN (
    assessment.unreadable LIKE '%% referral_id %%'
  ) THEN 'not computable: referral_id can''t be read'
  ELSE CASE
  WHEN (
    assessment.completed_on > :assessments_taken_on
    OR assessment.terminated_on > :assessments_taken_on
    OR assessment.new_information_on > :assessments_taken_on
    OR assessment.new_information_on IS NULL
    AND coalesce(
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
    ) > :referrals_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    assessment.terminated_on < assessment.started_on
  ) THEN 'not computable: terminated before it was begun'
  WHEN (
    assessment.completed_on < assessment.started_on
  ) THEN 'not computable: completed before it was begun'
  WHEN (
    assessment.completed_on < coalesce(
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
  ) THEN 'not computable: completed before its clock started'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.completed_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
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
    ) > (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'initial_assessments_within_7_working_days'
        AND standard.from_date <= coalesce(
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
        AND (
          standard.to_date IS NULL
          OR standard.to_date >= coalesce(
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
        )
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1
    )
  ) THEN 'not met'
  WHEN (
    assessment.started_on < coalesce(
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
  ) THEN 'not computable: begun before its clock started'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = assessment.completed_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
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
    ) <= (
      SELECT standard.working_days
      FROM standards AS standard
      WHERE standard.measure = 'initial_assessments_within_7_working_days'
        AND standard.from_date <= coalesce(
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
        AND (
          standard.to_date IS NULL
          OR standard.to_date >= coalesce(
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
        )
      ORDER BY standard.from_date DESC,
        standard.standard_id DESC
      LIMIT 1
    )
  ) THEN 'met'
  WHEN (
    coalesce(
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
    ) IS NULL
  ) THEN 'not computable: no referral found'
  ELSE 'not computable: no standard in force' END END AS result,
  coalesce(
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
  ) AS clock_started_on,
  CASE
  WHEN (assessment.new_information_on IS NOT NULL) THEN 'new information'
  ELSE 'referral' END AS clock_started_by,
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
      WHERE day_of.day = coalesce(
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
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = assessment.completed_on
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(
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
  ) END AS working_days_taken,
  (
    SELECT standard.working_days
    FROM standards AS standard
    WHERE standard.measure = 'initial_assessments_within_7_working_days'
      AND standard.from_date <= coalesce(
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
      AND (
        standard.to_date IS NULL
        OR standard.to_date >= coalesce(
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
      )
    ORDER BY standard.from_date DESC,
      standard.standard_id DESC
    LIMIT 1
  ) AS working_days_allowed,
  assessment.child_seen_on
FROM assessments AS assessment
WHERE assessment.kind = 'initial'
  AND assessment.completed_on IS NOT NULL
  AND (
    assessment.terminated_on IS NULL
    OR assessment.terminated_on < assessment.started_on
    OR assessment.terminated_on > :assessments_taken_on
  )
