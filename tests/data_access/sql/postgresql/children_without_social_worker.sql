SELECT cases.case_id,
  cases.key,
  cases.event_date,
  cases.team_id,
  cases.result,
  cases.left_on,
  cases.reason,
  cases.case_opened_on,
  cases.ended_on,
  cases.working_days_without,
  cases.age_band
FROM (
  SELECT referral.referral_id || '|' || CAST(since.day AS TEXT) AS case_id,
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
      WHEN (since.day > :as_at_on) THEN 'not yet due'
      ELSE 'counted' END
    ) END AS result,
    CASE
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
        referral.closed_on < coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (back_on.day < taken_on.day) THEN back_on.day
        ELSE taken_on.day END,
        back_on.day
      ) END,
      referral.closed_on
    ) END AS left_on,
    CASE
    WHEN (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
          AND holder.from_date <= since.day
          AND (holder.to_date IS NULL OR holder.to_date >= since.day)
      )
    ) THEN 'social worker away'
    WHEN (
      EXISTS (
        SELECT *
        FROM allocations AS held
        WHERE held.child_key = referral.child_key
          AND held.staff_id IS NOT NULL
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
      )
    ) THEN 'held by someone else'
    ELSE 'not allocated' END AS reason,
    coalesce(referral.decided_on, referral.received_on) AS case_opened_on,
    CASE
    WHEN (
      CASE
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
          referral.closed_on < coalesce(
            CASE
            WHEN (back_on.day < taken_on.day) THEN back_on.day
            ELSE taken_on.day END,
            back_on.day
          )
        ) THEN referral.closed_on
        ELSE coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        ) END,
        referral.closed_on
      ) END <= :as_at_on
    ) THEN CASE
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
        referral.closed_on < coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (back_on.day < taken_on.day) THEN back_on.day
        ELSE taken_on.day END,
        back_on.day
      ) END,
      referral.closed_on
    ) END END AS ended_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          CASE
          WHEN (
            CASE
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
                referral.closed_on < coalesce(
                  CASE
                  WHEN (back_on.day < taken_on.day) THEN back_on.day
                  ELSE taken_on.day END,
                  back_on.day
                )
              ) THEN referral.closed_on
              ELSE coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              ) END,
              referral.closed_on
            ) END <= :as_at_on
          ) THEN CASE
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
              referral.closed_on < coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            ) END,
            referral.closed_on
          ) END END,
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = since.day
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN (
          CASE
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
              referral.closed_on < coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            ) END,
            referral.closed_on
          ) END <= :as_at_on
        ) THEN CASE
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
            referral.closed_on < coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            )
          ) THEN referral.closed_on
          ELSE coalesce(
            CASE
            WHEN (back_on.day < taken_on.day) THEN back_on.day
            ELSE taken_on.day END,
            back_on.day
          ) END,
          referral.closed_on
        ) END END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = since.day
    ) END AS working_days_without,
    referral.age_band AS age_band
  FROM referrals AS referral
  JOIN calendar AS since ON since.day = CASE
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
        SELECT max(earlier.closed_on) AS max_1
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
      SELECT max(earlier.closed_on) AS max_1
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
    ELSE coalesce(referral.decided_on, referral.received_on) END
  LEFT OUTER JOIN calendar AS taken_on ON taken_on.day = (
    SELECT min(again.day) AS min_1
    FROM calendar AS again,
      allocations AS held,
      staff AS holder
    WHERE held.child_key = referral.child_key
      AND holder.staff_id = held.staff_id
      AND holder.role IN ('social_worker', 'senior_practitioner')
      AND (held.kind IS NULL OR held.kind != 'joint_worker')
      AND again.day > since.day
      AND held.from_date <= again.day
      AND (held.to_date IS NULL OR held.to_date >= again.day)
      AND holder.from_date <= again.day
      AND (holder.to_date IS NULL OR holder.to_date >= again.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM absences AS away
          WHERE away.staff_id = held.staff_id
            AND coalesce(away.part_day, false) IS false
            AND away.from_date <= again.day
            AND (away.to_date IS NULL OR away.to_date >= again.day)
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = again.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = away.from_date
            ) >= 5
        )
      )
      AND again.day = CASE
      WHEN (held.from_date >= holder.from_date) THEN held.from_date
      ELSE holder.from_date END
  )
  LEFT OUTER JOIN calendar AS back_on ON back_on.day = (
    SELECT min(again.day) AS min_2
    FROM calendar AS again,
      allocations AS held,
      staff AS holder,
      absences AS back
    WHERE held.child_key = referral.child_key
      AND holder.staff_id = held.staff_id
      AND holder.role IN ('social_worker', 'senior_practitioner')
      AND (held.kind IS NULL OR held.kind != 'joint_worker')
      AND again.day > since.day
      AND held.from_date <= again.day
      AND (held.to_date IS NULL OR held.to_date >= again.day)
      AND holder.from_date <= again.day
      AND (holder.to_date IS NULL OR holder.to_date >= again.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM absences AS away
          WHERE away.staff_id = held.staff_id
            AND coalesce(away.part_day, false) IS false
            AND away.from_date <= again.day
            AND (away.to_date IS NULL OR away.to_date >= again.day)
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = again.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = away.from_date
            ) >= 5
        )
      )
      AND back.staff_id = held.staff_id
      AND coalesce(back.part_day, false) IS false
      AND again.day = (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > back.to_date
        ORDER BY next_day.day
        LIMIT 1
      )
  )
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
      AND (referral.closed_on IS NULL OR referral.closed_on > since.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM allocations AS held,
            staff AS holder
          WHERE held.child_key = referral.child_key
            AND holder.staff_id = held.staff_id
            AND holder.role IN ('social_worker', 'senior_practitioner')
            AND (held.kind IS NULL OR held.kind != 'joint_worker')
            AND held.from_date <= since.day
            AND (held.to_date IS NULL OR held.to_date >= since.day)
            AND holder.from_date <= since.day
            AND (holder.to_date IS NULL OR holder.to_date >= since.day)
            AND NOT (
              EXISTS (
                SELECT *
                FROM absences AS away
                WHERE away.staff_id = held.staff_id
                  AND coalesce(away.part_day, false) IS false
                  AND away.from_date <= since.day
                  AND (away.to_date IS NULL OR away.to_date >= since.day)
                  AND (
                    SELECT day_of.working_day_number
                    FROM calendar AS day_of
                    WHERE day_of.day = since.day
                  ) - (
                    SELECT day_of.working_day_number
                    FROM calendar AS day_of
                    WHERE day_of.day = away.from_date
                  ) >= 5
              )
            )
        )
      )
    ) UNION ALL
  SELECT referral.referral_id || '|' || CAST(since.day AS TEXT) AS case_id,
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
      WHEN (since.day > :as_at_on) THEN 'not yet due'
      ELSE 'counted' END
    ) END AS result,
    CASE
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
        referral.closed_on < coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (back_on.day < taken_on.day) THEN back_on.day
        ELSE taken_on.day END,
        back_on.day
      ) END,
      referral.closed_on
    ) END AS left_on,
    CASE
    WHEN (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
          AND holder.from_date <= since.day
          AND (holder.to_date IS NULL OR holder.to_date >= since.day)
      )
    ) THEN 'social worker away'
    WHEN (
      EXISTS (
        SELECT *
        FROM allocations AS held
        WHERE held.child_key = referral.child_key
          AND held.staff_id IS NOT NULL
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
      )
    ) THEN 'held by someone else'
    ELSE 'not allocated' END AS reason,
    coalesce(referral.decided_on, referral.received_on) AS case_opened_on,
    CASE
    WHEN (
      CASE
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
          referral.closed_on < coalesce(
            CASE
            WHEN (back_on.day < taken_on.day) THEN back_on.day
            ELSE taken_on.day END,
            back_on.day
          )
        ) THEN referral.closed_on
        ELSE coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        ) END,
        referral.closed_on
      ) END <= :as_at_on
    ) THEN CASE
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
        referral.closed_on < coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (back_on.day < taken_on.day) THEN back_on.day
        ELSE taken_on.day END,
        back_on.day
      ) END,
      referral.closed_on
    ) END END AS ended_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          CASE
          WHEN (
            CASE
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
                referral.closed_on < coalesce(
                  CASE
                  WHEN (back_on.day < taken_on.day) THEN back_on.day
                  ELSE taken_on.day END,
                  back_on.day
                )
              ) THEN referral.closed_on
              ELSE coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              ) END,
              referral.closed_on
            ) END <= :as_at_on
          ) THEN CASE
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
              referral.closed_on < coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            ) END,
            referral.closed_on
          ) END END,
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = since.day
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN (
          CASE
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
              referral.closed_on < coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            ) END,
            referral.closed_on
          ) END <= :as_at_on
        ) THEN CASE
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
            referral.closed_on < coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            )
          ) THEN referral.closed_on
          ELSE coalesce(
            CASE
            WHEN (back_on.day < taken_on.day) THEN back_on.day
            ELSE taken_on.day END,
            back_on.day
          ) END,
          referral.closed_on
        ) END END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = since.day
    ) END AS working_days_without,
    referral.age_band AS age_band
  FROM allocations AS allocation
  JOIN staff AS post ON post.staff_id = allocation.staff_id
    AND post.role IN ('social_worker', 'senior_practitioner')
    AND (allocation.kind IS NULL OR allocation.kind != 'joint_worker')
  JOIN calendar AS before ON before.day = coalesce(
    CASE
    WHEN (post.to_date < allocation.to_date) THEN post.to_date
    ELSE allocation.to_date END,
    post.to_date
  )
  JOIN calendar AS since ON since.day = (
    SELECT next_day.day
    FROM calendar AS next_day
    WHERE next_day.day > before.day
    ORDER BY next_day.day
    LIMIT 1
  )
  JOIN referrals AS referral ON allocation.child_key = referral.child_key
    AND referral.decision IN (
      SELECT codes.code
      FROM codes
      WHERE codes.list = 'referral_decision'
        AND codes.leads_to_assessment IS true
    )
  LEFT OUTER JOIN calendar AS taken_on ON taken_on.day = (
    SELECT min(again.day) AS min_1
    FROM calendar AS again,
      allocations AS held,
      staff AS holder
    WHERE held.child_key = referral.child_key
      AND holder.staff_id = held.staff_id
      AND holder.role IN ('social_worker', 'senior_practitioner')
      AND (held.kind IS NULL OR held.kind != 'joint_worker')
      AND again.day > since.day
      AND held.from_date <= again.day
      AND (held.to_date IS NULL OR held.to_date >= again.day)
      AND holder.from_date <= again.day
      AND (holder.to_date IS NULL OR holder.to_date >= again.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM absences AS away
          WHERE away.staff_id = held.staff_id
            AND coalesce(away.part_day, false) IS false
            AND away.from_date <= again.day
            AND (away.to_date IS NULL OR away.to_date >= again.day)
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = again.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = away.from_date
            ) >= 5
        )
      )
      AND again.day = CASE
      WHEN (held.from_date >= holder.from_date) THEN held.from_date
      ELSE holder.from_date END
  )
  LEFT OUTER JOIN calendar AS back_on ON back_on.day = (
    SELECT min(again.day) AS min_2
    FROM calendar AS again,
      allocations AS held,
      staff AS holder,
      absences AS back
    WHERE held.child_key = referral.child_key
      AND holder.staff_id = held.staff_id
      AND holder.role IN ('social_worker', 'senior_practitioner')
      AND (held.kind IS NULL OR held.kind != 'joint_worker')
      AND again.day > since.day
      AND held.from_date <= again.day
      AND (held.to_date IS NULL OR held.to_date >= again.day)
      AND holder.from_date <= again.day
      AND (holder.to_date IS NULL OR holder.to_date >= again.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM absences AS away
          WHERE away.staff_id = held.staff_id
            AND coalesce(away.part_day, false) IS false
            AND away.from_date <= again.day
            AND (away.to_date IS NULL OR away.to_date >= again.day)
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = again.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = away.from_date
            ) >= 5
        )
      )
      AND back.staff_id = held.staff_id
      AND coalesce(back.part_day, false) IS false
      AND again.day = (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > back.to_date
        ORDER BY next_day.day
        LIMIT 1
      )
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
    AND (referral.closed_on IS NULL OR referral.closed_on > since.day)
    AND allocation.from_date <= before.day
    AND (allocation.to_date IS NULL OR allocation.to_date >= before.day)
    AND post.from_date <= before.day
    AND (post.to_date IS NULL OR post.to_date >= before.day)
    AND NOT (
      EXISTS (
        SELECT *
        FROM absences AS away
        WHERE away.staff_id = allocation.staff_id
          AND coalesce(away.part_day, false) IS false
          AND away.from_date <= before.day
          AND (away.to_date IS NULL OR away.to_date >= before.day)
          AND (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = before.day
          ) - (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = away.from_date
          ) >= 5
      )
    )
    AND before.day >= CASE
    WHEN (
      (
        SELECT max(earlier.closed_on) AS max_1
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
      SELECT max(earlier.closed_on) AS max_1
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
    AND NOT (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
          AND holder.from_date <= since.day
          AND (holder.to_date IS NULL OR holder.to_date >= since.day)
          AND NOT (
            EXISTS (
              SELECT *
              FROM absences AS away
              WHERE away.staff_id = held.staff_id
                AND coalesce(away.part_day, false) IS false
                AND away.from_date <= since.day
                AND (away.to_date IS NULL OR away.to_date >= since.day)
                AND (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = since.day
                ) - (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = away.from_date
                ) >= 5
            )
          )
      )
    )
    AND NOT (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= before.day
          AND (held.to_date IS NULL OR held.to_date >= before.day)
          AND holder.from_date <= before.day
          AND (holder.to_date IS NULL OR holder.to_date >= before.day)
          AND NOT (
            EXISTS (
              SELECT *
              FROM absences AS away
              WHERE away.staff_id = held.staff_id
                AND coalesce(away.part_day, false) IS false
                AND away.from_date <= before.day
                AND (away.to_date IS NULL OR away.to_date >= before.day)
                AND (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = before.day
                ) - (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = away.from_date
                ) >= 5
            )
          )
          AND coalesce(
            CASE
            WHEN (holder.to_date < held.to_date) THEN holder.to_date
            ELSE held.to_date END,
            holder.to_date
          ) = before.day
          AND (
            held.allocation_id || '|' || CAST(holder.from_date AS TEXT)
          ) < (
            allocation.allocation_id || '|' || CAST(post.from_date AS TEXT)
          )
      )
    ) UNION ALL
  SELECT referral.referral_id || '|' || CAST(since.day AS TEXT) AS case_id,
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
      WHEN (since.day > :as_at_on) THEN 'not yet due'
      ELSE 'counted' END
    ) END AS result,
    CASE
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
        referral.closed_on < coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (back_on.day < taken_on.day) THEN back_on.day
        ELSE taken_on.day END,
        back_on.day
      ) END,
      referral.closed_on
    ) END AS left_on,
    CASE
    WHEN (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
          AND holder.from_date <= since.day
          AND (holder.to_date IS NULL OR holder.to_date >= since.day)
      )
    ) THEN 'social worker away'
    WHEN (
      EXISTS (
        SELECT *
        FROM allocations AS held
        WHERE held.child_key = referral.child_key
          AND held.staff_id IS NOT NULL
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
      )
    ) THEN 'held by someone else'
    ELSE 'not allocated' END AS reason,
    coalesce(referral.decided_on, referral.received_on) AS case_opened_on,
    CASE
    WHEN (
      CASE
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
          referral.closed_on < coalesce(
            CASE
            WHEN (back_on.day < taken_on.day) THEN back_on.day
            ELSE taken_on.day END,
            back_on.day
          )
        ) THEN referral.closed_on
        ELSE coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        ) END,
        referral.closed_on
      ) END <= :as_at_on
    ) THEN CASE
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
        referral.closed_on < coalesce(
          CASE
          WHEN (back_on.day < taken_on.day) THEN back_on.day
          ELSE taken_on.day END,
          back_on.day
        )
      ) THEN referral.closed_on
      ELSE coalesce(
        CASE
        WHEN (back_on.day < taken_on.day) THEN back_on.day
        ELSE taken_on.day END,
        back_on.day
      ) END,
      referral.closed_on
    ) END END AS ended_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          CASE
          WHEN (
            CASE
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
                referral.closed_on < coalesce(
                  CASE
                  WHEN (back_on.day < taken_on.day) THEN back_on.day
                  ELSE taken_on.day END,
                  back_on.day
                )
              ) THEN referral.closed_on
              ELSE coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              ) END,
              referral.closed_on
            ) END <= :as_at_on
          ) THEN CASE
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
              referral.closed_on < coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            ) END,
            referral.closed_on
          ) END END,
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = since.day
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN (
          CASE
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
              referral.closed_on < coalesce(
                CASE
                WHEN (back_on.day < taken_on.day) THEN back_on.day
                ELSE taken_on.day END,
                back_on.day
              )
            ) THEN referral.closed_on
            ELSE coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            ) END,
            referral.closed_on
          ) END <= :as_at_on
        ) THEN CASE
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
            referral.closed_on < coalesce(
              CASE
              WHEN (back_on.day < taken_on.day) THEN back_on.day
              ELSE taken_on.day END,
              back_on.day
            )
          ) THEN referral.closed_on
          ELSE coalesce(
            CASE
            WHEN (back_on.day < taken_on.day) THEN back_on.day
            ELSE taken_on.day END,
            back_on.day
          ) END,
          referral.closed_on
        ) END END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = since.day
    ) END AS working_days_without,
    referral.age_band AS age_band
  FROM absences AS absence
  JOIN calendar AS since ON since.day = (
    SELECT day_after.day
    FROM calendar AS day_after
    WHERE day_after.working_day_number = (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = absence.from_date
    ) + 4 + 1
      AND day_after.working IS true
  )
  JOIN calendar AS before ON before.day = (
    SELECT day_before.day
    FROM calendar AS day_before
    WHERE day_before.day < since.day
    ORDER BY day_before.day DESC
    LIMIT 1
  )
  JOIN allocations AS allocation ON allocation.staff_id = absence.staff_id
  JOIN staff AS post ON post.staff_id = allocation.staff_id
    AND post.role IN ('social_worker', 'senior_practitioner')
    AND (allocation.kind IS NULL OR allocation.kind != 'joint_worker')
  JOIN referrals AS referral ON allocation.child_key = referral.child_key
    AND referral.decision IN (
      SELECT codes.code
      FROM codes
      WHERE codes.list = 'referral_decision'
        AND codes.leads_to_assessment IS true
    )
  LEFT OUTER JOIN calendar AS taken_on ON taken_on.day = (
    SELECT min(again.day) AS min_1
    FROM calendar AS again,
      allocations AS held,
      staff AS holder
    WHERE held.child_key = referral.child_key
      AND holder.staff_id = held.staff_id
      AND holder.role IN ('social_worker', 'senior_practitioner')
      AND (held.kind IS NULL OR held.kind != 'joint_worker')
      AND again.day > since.day
      AND held.from_date <= again.day
      AND (held.to_date IS NULL OR held.to_date >= again.day)
      AND holder.from_date <= again.day
      AND (holder.to_date IS NULL OR holder.to_date >= again.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM absences AS away
          WHERE away.staff_id = held.staff_id
            AND coalesce(away.part_day, false) IS false
            AND away.from_date <= again.day
            AND (away.to_date IS NULL OR away.to_date >= again.day)
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = again.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = away.from_date
            ) >= 5
        )
      )
      AND again.day = CASE
      WHEN (held.from_date >= holder.from_date) THEN held.from_date
      ELSE holder.from_date END
  )
  LEFT OUTER JOIN calendar AS back_on ON back_on.day = (
    SELECT min(again.day) AS min_2
    FROM calendar AS again,
      allocations AS held,
      staff AS holder,
      absences AS back
    WHERE held.child_key = referral.child_key
      AND holder.staff_id = held.staff_id
      AND holder.role IN ('social_worker', 'senior_practitioner')
      AND (held.kind IS NULL OR held.kind != 'joint_worker')
      AND again.day > since.day
      AND held.from_date <= again.day
      AND (held.to_date IS NULL OR held.to_date >= again.day)
      AND holder.from_date <= again.day
      AND (holder.to_date IS NULL OR holder.to_date >= again.day)
      AND NOT (
        EXISTS (
          SELECT *
          FROM absences AS away
          WHERE away.staff_id = held.staff_id
            AND coalesce(away.part_day, false) IS false
            AND away.from_date <= again.day
            AND (away.to_date IS NULL OR away.to_date >= again.day)
            AND (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = again.day
            ) - (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = away.from_date
            ) >= 5
        )
      )
      AND back.staff_id = held.staff_id
      AND coalesce(back.part_day, false) IS false
      AND again.day = (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > back.to_date
        ORDER BY next_day.day
        LIMIT 1
      )
  )
  WHERE coalesce(absence.part_day, false) IS false
    AND absence.from_date <= since.day
    AND (absence.to_date IS NULL OR absence.to_date >= since.day)
    AND allocation.from_date <= since.day
    AND (allocation.to_date IS NULL OR allocation.to_date >= since.day)
    AND post.from_date <= since.day
    AND (post.to_date IS NULL OR post.to_date >= since.day)
    AND CASE
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
    AND (referral.closed_on IS NULL OR referral.closed_on > since.day)
    AND allocation.from_date <= before.day
    AND (allocation.to_date IS NULL OR allocation.to_date >= before.day)
    AND post.from_date <= before.day
    AND (post.to_date IS NULL OR post.to_date >= before.day)
    AND NOT (
      EXISTS (
        SELECT *
        FROM absences AS away
        WHERE away.staff_id = allocation.staff_id
          AND coalesce(away.part_day, false) IS false
          AND away.from_date <= before.day
          AND (away.to_date IS NULL OR away.to_date >= before.day)
          AND (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = before.day
          ) - (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = away.from_date
          ) >= 5
      )
    )
    AND before.day >= CASE
    WHEN (
      (
        SELECT max(earlier.closed_on) AS max_1
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
      SELECT max(earlier.closed_on) AS max_1
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
    AND NOT (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
          AND holder.from_date <= since.day
          AND (holder.to_date IS NULL OR holder.to_date >= since.day)
          AND NOT (
            EXISTS (
              SELECT *
              FROM absences AS away
              WHERE away.staff_id = held.staff_id
                AND coalesce(away.part_day, false) IS false
                AND away.from_date <= since.day
                AND (away.to_date IS NULL OR away.to_date >= since.day)
                AND (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = since.day
                ) - (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = away.from_date
                ) >= 5
            )
          )
      )
    )
    AND NOT (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= before.day
          AND (held.to_date IS NULL OR held.to_date >= before.day)
          AND holder.from_date <= before.day
          AND (holder.to_date IS NULL OR holder.to_date >= before.day)
          AND NOT (
            EXISTS (
              SELECT *
              FROM absences AS away
              WHERE away.staff_id = held.staff_id
                AND coalesce(away.part_day, false) IS false
                AND away.from_date <= before.day
                AND (away.to_date IS NULL OR away.to_date >= before.day)
                AND (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = before.day
                ) - (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = away.from_date
                ) >= 5
            )
          )
          AND coalesce(
            CASE
            WHEN (holder.to_date < held.to_date) THEN holder.to_date
            ELSE held.to_date END,
            holder.to_date
          ) = before.day
      )
    )
    AND NOT (
      EXISTS (
        SELECT *
        FROM allocations AS held,
          staff AS holder
        WHERE held.child_key = referral.child_key
          AND holder.staff_id = held.staff_id
          AND holder.role IN ('social_worker', 'senior_practitioner')
          AND (held.kind IS NULL OR held.kind != 'joint_worker')
          AND held.from_date <= before.day
          AND (held.to_date IS NULL OR held.to_date >= before.day)
          AND holder.from_date <= before.day
          AND (holder.to_date IS NULL OR holder.to_date >= before.day)
          AND NOT (
            EXISTS (
              SELECT *
              FROM absences AS away
              WHERE away.staff_id = held.staff_id
                AND coalesce(away.part_day, false) IS false
                AND away.from_date <= before.day
                AND (away.to_date IS NULL OR away.to_date >= before.day)
                AND (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = before.day
                ) - (
                  SELECT day_of.working_day_number
                  FROM calendar AS day_of
                  WHERE day_of.day = away.from_date
                ) >= 5
            )
          )
          AND held.from_date <= since.day
          AND (held.to_date IS NULL OR held.to_date >= since.day)
          AND holder.from_date <= since.day
          AND (holder.to_date IS NULL OR holder.to_date >= since.day)
          AND (
            EXISTS (
              SELECT *
              FROM absences AS another
              WHERE another.staff_id = held.staff_id
                AND coalesce(another.part_day, false) IS false
                AND another.from_date <= since.day
                AND (another.to_date IS NULL OR another.to_date >= since.day)
                AND (
                  SELECT day_after.day
                  FROM calendar AS day_after
                  WHERE day_after.working_day_number = (
                    SELECT day_of.working_day_number
                    FROM calendar AS day_of
                    WHERE day_of.day = another.from_date
                  ) + 4 + 1
                    AND day_after.working IS true
                ) = since.day
                AND (
                  another.absence_id || '|' || held.allocation_id || '|' || CAST(holder.from_date AS TEXT)
                ) < (
                  absence.absence_id || '|' || allocation.allocation_id || '|' || CAST(post.from_date AS TEXT)
                )
            )
          )
      )
    )
) AS cases
