SELECT cases.case_id,
  cases.key,
  cases.event_date,
  cases.team_id,
  cases.result,
  cases.left_on,
  cases.case_opened_on,
  cases.last_oversight_on,
  cases.working_days_since,
  cases.working_days_allowed,
  cases.age_band
FROM (
  SELECT referral.referral_id || '|' || CAST(asked.day AS TEXT) AS case_id,
    referral.child_key AS key,
    asked.day AS event_date,
    coalesce(
      (
        SELECT holding.team_id
        FROM allocations AS holding
        WHERE holding.child_key = referral.child_key
          AND holding.from_date <= asked.day
          AND (
            holding.to_date IS NULL
            OR holding.to_date >= coalesce(referral.decided_on, referral.received_on)
          )
        ORDER BY holding.from_date DESC,
          holding.allocation_id DESC
        LIMIT 1
      ),
      referral.team_id
    ) AS team_id,
    CASE
    WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
    WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
    WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
    WHEN (referral.unreadable LIKE '%% closed_on %%') THEN 'not computable: closed_on can''t be read'
    ELSE coalesce(
      CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed
        AND referral.received_timed
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (
        referral.closed_on < coalesce(referral.decided_on, referral.received_on)
      ) THEN 'not computable: closed before it was opened' END,
      CASE
      WHEN (asked.day > :as_at_on) THEN 'not yet due'
      ELSE 'not met' END
    ) END AS result,
    "left".day AS left_on,
    coalesce(referral.decided_on, referral.received_on) AS case_opened_on,
    (
      SELECT max(other.recorded_on) AS max_1
      FROM oversight AS other
      WHERE other.child_key = referral.child_key
        AND other.recorded_on <= :oversight_taken_on
        AND other.recorded_on <= asked.day
    ) AS last_oversight_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = CASE
          WHEN ("left".day <= :as_at_on) THEN "left".day
          ELSE :as_at_on END
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          (
            SELECT max(other.recorded_on) AS max_1
            FROM oversight AS other
            WHERE other.child_key = referral.child_key
              AND other.recorded_on <= :oversight_taken_on
              AND other.recorded_on <= asked.day
          ),
          coalesce(referral.decided_on, referral.received_on)
        )
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = CASE
        WHEN ("left".day <= :as_at_on) THEN "left".day
        ELSE :as_at_on END
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        (
          SELECT max(other.recorded_on) AS max_1
          FROM oversight AS other
          WHERE other.child_key = referral.child_key
            AND other.recorded_on <= :oversight_taken_on
            AND other.recorded_on <= asked.day
        ),
        coalesce(referral.decided_on, referral.received_on)
      )
    ) END AS working_days_since,
    20 AS working_days_allowed,
    referral.age_band AS age_band
  FROM referrals AS referral
  JOIN calendar AS asked ON asked.day = CASE
    WHEN (
      CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed
        AND referral.received_timed
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (
        referral.closed_on < coalesce(referral.decided_on, referral.received_on)
      ) THEN 'not computable: closed before it was opened' END IS NULL
    ) THEN CASE
    WHEN (
      (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(referral.decided_on, referral.received_on)
        ) + 19 + 1
          AND day_after.working IS true
      ) >= CASE
      WHEN (
        (
          SELECT max(earlier.closed_on) AS max_2
          FROM referrals AS earlier
          WHERE earlier.child_key = referral.child_key
            AND (
              coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
              OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
              AND earlier.referral_id < referral.referral_id
            )
            AND earlier.decision IN (
              SELECT codes.code
              FROM codes
              WHERE codes.list = 'referral_decision'
                AND codes.leads_to_assessment IS true
            )
            AND CASE
            WHEN (
              earlier.received_on > :referrals_taken_on
              OR earlier.decided_on > :referrals_taken_on
              OR earlier.closed_on > :referrals_taken_on
            ) THEN 'not computable: dated after the data were taken'
            WHEN CASE
            WHEN (
              earlier.decided_timed
              AND earlier.received_timed
            ) THEN earlier.decided_at < earlier.received_at
            ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
            WHEN (
              earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
            ) THEN 'not computable: closed before it was opened' END IS NULL
        ) > coalesce(referral.decided_on, referral.received_on)
      ) THEN (
        SELECT max(earlier.closed_on) AS max_2
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
      )
      ELSE coalesce(referral.decided_on, referral.received_on) END
    ) THEN (
      SELECT day_after.day
      FROM calendar AS day_after
      WHERE day_after.working_day_number = (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(referral.decided_on, referral.received_on)
      ) + 19 + 1
        AND day_after.working IS true
    )
    ELSE CASE
    WHEN (
      (
        SELECT max(earlier.closed_on) AS max_2
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
      ) > coalesce(referral.decided_on, referral.received_on)
    ) THEN (
      SELECT max(earlier.closed_on) AS max_2
      FROM referrals AS earlier
      WHERE earlier.child_key = referral.child_key
        AND (
          coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
          OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
          AND earlier.referral_id < referral.referral_id
        )
        AND earlier.decision IN (
          SELECT codes.code
          FROM codes
          WHERE codes.list = 'referral_decision'
            AND codes.leads_to_assessment IS true
        )
        AND CASE
        WHEN (
          earlier.received_on > :referrals_taken_on
          OR earlier.decided_on > :referrals_taken_on
          OR earlier.closed_on > :referrals_taken_on
        ) THEN 'not computable: dated after the data were taken'
        WHEN CASE
        WHEN (
          earlier.decided_timed
          AND earlier.received_timed
        ) THEN earlier.decided_at < earlier.received_at
        ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
        WHEN (
          earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
        ) THEN 'not computable: closed before it was opened' END IS NULL
    )
    ELSE coalesce(referral.decided_on, referral.received_on) END END
    ELSE coalesce(referral.decided_on, referral.received_on) END
  LEFT OUTER JOIN calendar AS "left" ON "left".day = CASE
    WHEN (
      CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed
        AND referral.received_timed
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (
        referral.closed_on < coalesce(referral.decided_on, referral.received_on)
      ) THEN 'not computable: closed before it was opened' END IS NULL
    ) THEN coalesce(
      CASE
      WHEN (
        referral.closed_on < (
          SELECT min(other.recorded_on) AS min_1
          FROM oversight AS other
          WHERE other.child_key = referral.child_key
            AND other.recorded_on <= :oversight_taken_on
            AND other.recorded_on > asked.day
        )
      ) THEN referral.closed_on
      ELSE (
        SELECT min(other.recorded_on) AS min_1
        FROM oversight AS other
        WHERE other.child_key = referral.child_key
          AND other.recorded_on <= :oversight_taken_on
          AND other.recorded_on > asked.day
      ) END,
      referral.closed_on
    ) END
  WHERE referral.decision IN (
    SELECT codes.code
    FROM codes
    WHERE codes.list = 'referral_decision'
      AND codes.leads_to_assessment IS true
  )
    AND (
      CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed
        AND referral.received_timed
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (
        referral.closed_on < coalesce(referral.decided_on, referral.received_on)
      ) THEN 'not computable: closed before it was opened' END IS NOT NULL
      OR CASE
      WHEN (
        referral.received_on > :referrals_taken_on
        OR referral.decided_on > :referrals_taken_on
        OR referral.closed_on > :referrals_taken_on
      ) THEN 'not computable: dated after the data were taken'
      WHEN CASE
      WHEN (
        referral.decided_timed
        AND referral.received_timed
      ) THEN referral.decided_at < referral.received_at
      ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
      WHEN (
        referral.closed_on < coalesce(referral.decided_on, referral.received_on)
      ) THEN 'not computable: closed before it was opened' END IS NULL
      AND NOT (
        EXISTS (
          SELECT *
          FROM referrals AS earlier
          WHERE earlier.child_key = referral.child_key
            AND (
              coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
              OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
              AND earlier.referral_id < referral.referral_id
            )
            AND earlier.decision IN (
              SELECT codes.code
              FROM codes
              WHERE codes.list = 'referral_decision'
                AND codes.leads_to_assessment IS true
            )
            AND CASE
            WHEN (
              earlier.received_on > :referrals_taken_on
              OR earlier.decided_on > :referrals_taken_on
              OR earlier.closed_on > :referrals_taken_on
            ) THEN 'not computable: dated after the data were taken'
            WHEN CASE
            WHEN (
              earlier.decided_timed
              AND earlier.received_timed
            ) THEN earlier.decided_at < earlier.received_at
            ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
            WHEN (
              earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
            ) THEN 'not computable: closed before it was opened' END IS NULL
            AND earlier.closed_on IS NULL
        )
      )
      AND (referral.closed_on IS NULL OR referral.closed_on > asked.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM oversight AS other
          WHERE other.child_key = referral.child_key
            AND other.recorded_on <= :oversight_taken_on
            AND other.recorded_on <= asked.day
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = asked.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = other.recorded_on
            ) <= 20
        )
      )
    ) UNION ALL
  SELECT referral.referral_id || '|' || record.oversight_id AS case_id,
    referral.child_key AS key,
    since.day AS event_date,
    coalesce(
      (
        SELECT holding.team_id
        FROM allocations AS holding
        WHERE holding.child_key = referral.child_key
          AND holding.from_date <= since.day
          AND (
            holding.to_date IS NULL
            OR holding.to_date >= coalesce(referral.decided_on, referral.received_on)
          )
        ORDER BY holding.from_date DESC,
          holding.allocation_id DESC
        LIMIT 1
      ),
      referral.team_id
    ) AS team_id,
    CASE
    WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
    WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
    WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
    WHEN (referral.unreadable LIKE '%% closed_on %%') THEN 'not computable: closed_on can''t be read'
    WHEN (record.unreadable LIKE '%% recorded_on %%') THEN 'not computable: recorded_on can''t be read'
    ELSE CASE
    WHEN (record.recorded_on > :oversight_taken_on) THEN 'not computable: dated after the data were taken'
    WHEN (since.day > :as_at_on) THEN 'not yet due'
    ELSE 'met' END END AS result,
    "left".day AS left_on,
    coalesce(referral.decided_on, referral.received_on) AS case_opened_on,
    record.recorded_on AS last_oversight_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = CASE
          WHEN ("left".day <= :as_at_on) THEN "left".day
          ELSE :as_at_on END
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          record.recorded_on,
          coalesce(referral.decided_on, referral.received_on)
        )
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = CASE
        WHEN ("left".day <= :as_at_on) THEN "left".day
        ELSE :as_at_on END
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        record.recorded_on,
        coalesce(referral.decided_on, referral.received_on)
      )
    ) END AS working_days_since,
    20 AS working_days_allowed,
    referral.age_band AS age_band
  FROM oversight AS record
  JOIN calendar AS lapse ON lapse.day = (
    SELECT day_after.day
    FROM calendar AS day_after
    WHERE day_after.working_day_number = (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = record.recorded_on
    ) + 20 + 1
      AND day_after.working IS true
  )
  JOIN referrals AS referral ON referral.child_key = record.child_key
    AND referral.decision IN (
      SELECT codes.code
      FROM codes
      WHERE codes.list = 'referral_decision'
        AND codes.leads_to_assessment IS true
    )
  JOIN calendar AS asked ON asked.day = CASE
    WHEN (
      (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(referral.decided_on, referral.received_on)
        ) + 19 + 1
          AND day_after.working IS true
      ) >= CASE
      WHEN (
        (
          SELECT max(earlier.closed_on) AS max_2
          FROM referrals AS earlier
          WHERE earlier.child_key = referral.child_key
            AND (
              coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
              OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
              AND earlier.referral_id < referral.referral_id
            )
            AND earlier.decision IN (
              SELECT codes.code
              FROM codes
              WHERE codes.list = 'referral_decision'
                AND codes.leads_to_assessment IS true
            )
            AND CASE
            WHEN (
              earlier.received_on > :referrals_taken_on
              OR earlier.decided_on > :referrals_taken_on
              OR earlier.closed_on > :referrals_taken_on
            ) THEN 'not computable: dated after the data were taken'
            WHEN CASE
            WHEN (
              earlier.decided_timed
              AND earlier.received_timed
            ) THEN earlier.decided_at < earlier.received_at
            ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
            WHEN (
              earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
            ) THEN 'not computable: closed before it was opened' END IS NULL
        ) > coalesce(referral.decided_on, referral.received_on)
      ) THEN (
        SELECT max(earlier.closed_on) AS max_2
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
      )
      ELSE coalesce(referral.decided_on, referral.received_on) END
    ) THEN (
      SELECT day_after.day
      FROM calendar AS day_after
      WHERE day_after.working_day_number = (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(referral.decided_on, referral.received_on)
      ) + 19 + 1
        AND day_after.working IS true
    )
    ELSE CASE
    WHEN (
      (
        SELECT max(earlier.closed_on) AS max_2
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
      ) > coalesce(referral.decided_on, referral.received_on)
    ) THEN (
      SELECT max(earlier.closed_on) AS max_2
      FROM referrals AS earlier
      WHERE earlier.child_key = referral.child_key
        AND (
          coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
          OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
          AND earlier.referral_id < referral.referral_id
        )
        AND earlier.decision IN (
          SELECT codes.code
          FROM codes
          WHERE codes.list = 'referral_decision'
            AND codes.leads_to_assessment IS true
        )
        AND CASE
        WHEN (
          earlier.received_on > :referrals_taken_on
          OR earlier.decided_on > :referrals_taken_on
          OR earlier.closed_on > :referrals_taken_on
        ) THEN 'not computable: dated after the data were taken'
        WHEN CASE
        WHEN (
          earlier.decided_timed
          AND earlier.received_timed
        ) THEN earlier.decided_at < earlier.received_at
        ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
        WHEN (
          earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
        ) THEN 'not computable: closed before it was opened' END IS NULL
    )
    ELSE coalesce(referral.decided_on, referral.received_on) END END
  LEFT OUTER JOIN calendar AS "left" ON "left".day = coalesce(
    CASE
    WHEN (
      referral.closed_on < coalesce(
        CASE
        WHEN (
          (
            SELECT min(other.recorded_on) AS min_2
            FROM oversight AS other
            WHERE other.child_key = referral.child_key
              AND other.recorded_on <= :oversight_taken_on
              AND other.recorded_on > record.recorded_on
          ) < lapse.day
        ) THEN (
          SELECT min(other.recorded_on) AS min_2
          FROM oversight AS other
          WHERE other.child_key = referral.child_key
            AND other.recorded_on <= :oversight_taken_on
            AND other.recorded_on > record.recorded_on
        )
        ELSE lapse.day END,
        (
          SELECT min(other.recorded_on) AS min_2
          FROM oversight AS other
          WHERE other.child_key = referral.child_key
            AND other.recorded_on <= :oversight_taken_on
            AND other.recorded_on > record.recorded_on
        )
      )
    ) THEN referral.closed_on
    ELSE coalesce(
      CASE
      WHEN (
        (
          SELECT min(other.recorded_on) AS min_2
          FROM oversight AS other
          WHERE other.child_key = referral.child_key
            AND other.recorded_on <= :oversight_taken_on
            AND other.recorded_on > record.recorded_on
        ) < lapse.day
      ) THEN (
        SELECT min(other.recorded_on) AS min_2
        FROM oversight AS other
        WHERE other.child_key = referral.child_key
          AND other.recorded_on <= :oversight_taken_on
          AND other.recorded_on > record.recorded_on
      )
      ELSE lapse.day END,
      (
        SELECT min(other.recorded_on) AS min_2
        FROM oversight AS other
        WHERE other.child_key = referral.child_key
          AND other.recorded_on <= :oversight_taken_on
          AND other.recorded_on > record.recorded_on
      )
    ) END,
    referral.closed_on
  )
  JOIN calendar AS since ON since.day = CASE
    WHEN (record.recorded_on >= asked.day) THEN record.recorded_on
    ELSE asked.day END
  WHERE CASE
    WHEN (
      referral.received_on > :referrals_taken_on
      OR referral.decided_on > :referrals_taken_on
      OR referral.closed_on > :referrals_taken_on
    ) THEN 'not computable: dated after the data were taken'
    WHEN CASE
    WHEN (
      referral.decided_timed
      AND referral.received_timed
    ) THEN referral.decided_at < referral.received_at
    ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
    WHEN (
      referral.closed_on < coalesce(referral.decided_on, referral.received_on)
    ) THEN 'not computable: closed before it was opened' END IS NULL
    AND NOT (
      EXISTS (
        SELECT *
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
          AND earlier.closed_on IS NULL
      )
    )
    AND NOT (
      EXISTS (
        SELECT *
        FROM oversight AS other
        WHERE other.child_key = record.child_key
          AND other.recorded_on = record.recorded_on
          AND other.oversight_id < record.oversight_id
      )
    )
    AND lapse.day > asked.day
    AND (referral.closed_on IS NULL OR referral.closed_on > since.day)
    AND NOT (
      EXISTS (
        SELECT *
        FROM oversight AS other
        WHERE other.child_key = referral.child_key
          AND other.recorded_on <= :oversight_taken_on
          AND other.recorded_on > record.recorded_on
          AND other.recorded_on <= asked.day
      )
    ) UNION ALL
  SELECT referral.referral_id || '|' || CAST(lapse.day AS TEXT) AS case_id,
    referral.child_key AS key,
    lapse.day AS event_date,
    coalesce(
      (
        SELECT holding.team_id
        FROM allocations AS holding
        WHERE holding.child_key = referral.child_key
          AND holding.from_date <= lapse.day
          AND (
            holding.to_date IS NULL
            OR holding.to_date >= coalesce(referral.decided_on, referral.received_on)
          )
        ORDER BY holding.from_date DESC,
          holding.allocation_id DESC
        LIMIT 1
      ),
      referral.team_id
    ) AS team_id,
    CASE
    WHEN (referral.unreadable LIKE '%% received_at %%') THEN 'not computable: received_at can''t be read'
    WHEN (referral.unreadable LIKE '%% decided_at %%') THEN 'not computable: decided_at can''t be read'
    WHEN (referral.unreadable LIKE '%% decision %%') THEN 'not computable: decision can''t be read'
    WHEN (referral.unreadable LIKE '%% closed_on %%') THEN 'not computable: closed_on can''t be read'
    WHEN (record.unreadable LIKE '%% recorded_on %%') THEN 'not computable: recorded_on can''t be read'
    ELSE CASE
    WHEN (lapse.day > :as_at_on) THEN 'not yet due'
    ELSE 'not met' END END AS result,
    "left".day AS left_on,
    coalesce(referral.decided_on, referral.received_on) AS case_opened_on,
    record.recorded_on AS last_oversight_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = CASE
          WHEN ("left".day <= :as_at_on) THEN "left".day
          ELSE :as_at_on END
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          record.recorded_on,
          coalesce(referral.decided_on, referral.received_on)
        )
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = CASE
        WHEN ("left".day <= :as_at_on) THEN "left".day
        ELSE :as_at_on END
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        record.recorded_on,
        coalesce(referral.decided_on, referral.received_on)
      )
    ) END AS working_days_since,
    20 AS working_days_allowed,
    referral.age_band AS age_band
  FROM oversight AS record
  JOIN calendar AS lapse ON lapse.day = (
    SELECT day_after.day
    FROM calendar AS day_after
    WHERE day_after.working_day_number = (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = record.recorded_on
    ) + 20 + 1
      AND day_after.working IS true
  )
  JOIN referrals AS referral ON referral.child_key = record.child_key
    AND referral.decision IN (
      SELECT codes.code
      FROM codes
      WHERE codes.list = 'referral_decision'
        AND codes.leads_to_assessment IS true
    )
  JOIN calendar AS asked ON asked.day = CASE
    WHEN (
      (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(referral.decided_on, referral.received_on)
        ) + 19 + 1
          AND day_after.working IS true
      ) >= CASE
      WHEN (
        (
          SELECT max(earlier.closed_on) AS max_2
          FROM referrals AS earlier
          WHERE earlier.child_key = referral.child_key
            AND (
              coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
              OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
              AND earlier.referral_id < referral.referral_id
            )
            AND earlier.decision IN (
              SELECT codes.code
              FROM codes
              WHERE codes.list = 'referral_decision'
                AND codes.leads_to_assessment IS true
            )
            AND CASE
            WHEN (
              earlier.received_on > :referrals_taken_on
              OR earlier.decided_on > :referrals_taken_on
              OR earlier.closed_on > :referrals_taken_on
            ) THEN 'not computable: dated after the data were taken'
            WHEN CASE
            WHEN (
              earlier.decided_timed
              AND earlier.received_timed
            ) THEN earlier.decided_at < earlier.received_at
            ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
            WHEN (
              earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
            ) THEN 'not computable: closed before it was opened' END IS NULL
        ) > coalesce(referral.decided_on, referral.received_on)
      ) THEN (
        SELECT max(earlier.closed_on) AS max_2
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
      )
      ELSE coalesce(referral.decided_on, referral.received_on) END
    ) THEN (
      SELECT day_after.day
      FROM calendar AS day_after
      WHERE day_after.working_day_number = (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(referral.decided_on, referral.received_on)
      ) + 19 + 1
        AND day_after.working IS true
    )
    ELSE CASE
    WHEN (
      (
        SELECT max(earlier.closed_on) AS max_2
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
      ) > coalesce(referral.decided_on, referral.received_on)
    ) THEN (
      SELECT max(earlier.closed_on) AS max_2
      FROM referrals AS earlier
      WHERE earlier.child_key = referral.child_key
        AND (
          coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
          OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
          AND earlier.referral_id < referral.referral_id
        )
        AND earlier.decision IN (
          SELECT codes.code
          FROM codes
          WHERE codes.list = 'referral_decision'
            AND codes.leads_to_assessment IS true
        )
        AND CASE
        WHEN (
          earlier.received_on > :referrals_taken_on
          OR earlier.decided_on > :referrals_taken_on
          OR earlier.closed_on > :referrals_taken_on
        ) THEN 'not computable: dated after the data were taken'
        WHEN CASE
        WHEN (
          earlier.decided_timed
          AND earlier.received_timed
        ) THEN earlier.decided_at < earlier.received_at
        ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
        WHEN (
          earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
        ) THEN 'not computable: closed before it was opened' END IS NULL
    )
    ELSE coalesce(referral.decided_on, referral.received_on) END END
  LEFT OUTER JOIN calendar AS "left" ON "left".day = coalesce(
    CASE
    WHEN (
      referral.closed_on < (
        SELECT min(other.recorded_on) AS min_2
        FROM oversight AS other
        WHERE other.child_key = referral.child_key
          AND other.recorded_on <= :oversight_taken_on
          AND other.recorded_on > record.recorded_on
      )
    ) THEN referral.closed_on
    ELSE (
      SELECT min(other.recorded_on) AS min_2
      FROM oversight AS other
      WHERE other.child_key = referral.child_key
        AND other.recorded_on <= :oversight_taken_on
        AND other.recorded_on > record.recorded_on
    ) END,
    referral.closed_on
  )
  WHERE CASE
    WHEN (
      referral.received_on > :referrals_taken_on
      OR referral.decided_on > :referrals_taken_on
      OR referral.closed_on > :referrals_taken_on
    ) THEN 'not computable: dated after the data were taken'
    WHEN CASE
    WHEN (
      referral.decided_timed
      AND referral.received_timed
    ) THEN referral.decided_at < referral.received_at
    ELSE referral.decided_on < referral.received_on END THEN 'not computable: decided before it was received'
    WHEN (
      referral.closed_on < coalesce(referral.decided_on, referral.received_on)
    ) THEN 'not computable: closed before it was opened' END IS NULL
    AND NOT (
      EXISTS (
        SELECT *
        FROM referrals AS earlier
        WHERE earlier.child_key = referral.child_key
          AND (
            coalesce(earlier.decided_on, earlier.received_on) < coalesce(referral.decided_on, referral.received_on)
            OR coalesce(earlier.decided_on, earlier.received_on) = coalesce(referral.decided_on, referral.received_on)
            AND earlier.referral_id < referral.referral_id
          )
          AND earlier.decision IN (
            SELECT codes.code
            FROM codes
            WHERE codes.list = 'referral_decision'
              AND codes.leads_to_assessment IS true
          )
          AND CASE
          WHEN (
            earlier.received_on > :referrals_taken_on
            OR earlier.decided_on > :referrals_taken_on
            OR earlier.closed_on > :referrals_taken_on
          ) THEN 'not computable: dated after the data were taken'
          WHEN CASE
          WHEN (
            earlier.decided_timed
            AND earlier.received_timed
          ) THEN earlier.decided_at < earlier.received_at
          ELSE earlier.decided_on < earlier.received_on END THEN 'not computable: decided before it was received'
          WHEN (
            earlier.closed_on < coalesce(earlier.decided_on, earlier.received_on)
          ) THEN 'not computable: closed before it was opened' END IS NULL
          AND earlier.closed_on IS NULL
      )
    )
    AND NOT (
      EXISTS (
        SELECT *
        FROM oversight AS other
        WHERE other.child_key = record.child_key
          AND other.recorded_on = record.recorded_on
          AND other.oversight_id < record.oversight_id
      )
    )
    AND lapse.day > asked.day
    AND record.recorded_on <= :oversight_taken_on
    AND (referral.closed_on IS NULL OR referral.closed_on > lapse.day)
    AND NOT (
      EXISTS (
        SELECT *
        FROM oversight AS other
        WHERE other.child_key = referral.child_key
          AND other.recorded_on <= :oversight_taken_on
          AND other.recorded_on > record.recorded_on
          AND other.recorded_on <= lapse.day
      )
    )
) AS cases
