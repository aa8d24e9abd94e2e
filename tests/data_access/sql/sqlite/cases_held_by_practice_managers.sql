SELECT allocation.allocation_id || '|' || CAST(spell.from_date AS TEXT) AS case_id,
  allocation.child_key AS "key",
  CASE
  WHEN (
    (
      SELECT next_day.day
      FROM calendar AS next_day
      WHERE next_day.day > (
        SELECT max(other.to_date) AS max_1
        FROM staff AS other
        WHERE other.staff_id = spell.staff_id
          AND other.role = 'practice_manager'
          AND other.from_date < spell.from_date
          AND (other.to_date IS NULL OR other.to_date >= other.from_date)
      )
      ORDER BY next_day.day
      LIMIT 1 OFFSET 0
    ) > CASE
    WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
    ELSE spell.from_date END
  ) THEN (
    SELECT next_day.day
    FROM calendar AS next_day
    WHERE next_day.day > (
      SELECT max(other.to_date) AS max_1
      FROM staff AS other
      WHERE other.staff_id = spell.staff_id
        AND other.role = 'practice_manager'
        AND other.from_date < spell.from_date
        AND (other.to_date IS NULL OR other.to_date >= other.from_date)
    )
    ORDER BY next_day.day
    LIMIT 1 OFFSET 0
  )
  ELSE CASE
  WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
  ELSE spell.from_date END END AS event_date,
  allocation.team_id,
  CASE
  WHEN (allocation.unreadable LIKE '% staff_id %') THEN 'not computable: staff_id can''t be read'
  WHEN (allocation.unreadable LIKE '% from %') THEN 'not computable: from can''t be read'
  WHEN (allocation.unreadable LIKE '% to %') THEN 'not computable: to can''t be read'
  WHEN (allocation.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
  WHEN (spell.unreadable LIKE '% from %') THEN 'not computable: from can''t be read'
  WHEN (spell.unreadable LIKE '% to %') THEN 'not computable: to can''t be read'
  WHEN (spell.unreadable LIKE '% role %') THEN 'not computable: role can''t be read'
  ELSE CASE
  WHEN (
    NOT (allocation.to_date IS NULL OR allocation.to_date >= allocation.from_date)
  ) THEN 'not computable: the allocation ends before it begins'
  WHEN (
    NOT (spell.to_date IS NULL OR spell.to_date >= spell.from_date)
  ) THEN 'not computable: the post ends before it begins'
  WHEN (
    CASE
    WHEN (
      (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > (
          SELECT max(other.to_date) AS max_1
          FROM staff AS other
          WHERE other.staff_id = spell.staff_id
            AND other.role = 'practice_manager'
            AND other.from_date < spell.from_date
            AND (other.to_date IS NULL OR other.to_date >= other.from_date)
        )
        ORDER BY next_day.day
        LIMIT 1 OFFSET 0
      ) > CASE
      WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
      ELSE spell.from_date END
    ) THEN (
      SELECT next_day.day
      FROM calendar AS next_day
      WHERE next_day.day > (
        SELECT max(other.to_date) AS max_1
        FROM staff AS other
        WHERE other.staff_id = spell.staff_id
          AND other.role = 'practice_manager'
          AND other.from_date < spell.from_date
          AND (other.to_date IS NULL OR other.to_date >= other.from_date)
      )
      ORDER BY next_day.day
      LIMIT 1 OFFSET 0
    )
    ELSE CASE
    WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
    ELSE spell.from_date END END > :as_at_on
  ) THEN 'not yet due'
  ELSE 'counted' END END AS result,
  (
    SELECT next_day.day
    FROM calendar AS next_day
    WHERE next_day.day > coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          spell.to_date IS NULL
          OR spell.to_date >= spell.from_date
        ) THEN spell.to_date END < CASE
        WHEN (
          allocation.to_date IS NULL
          OR allocation.to_date >= allocation.from_date
        ) THEN allocation.to_date END
      ) THEN CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
      ELSE CASE
      WHEN (
        allocation.to_date IS NULL
        OR allocation.to_date >= allocation.from_date
      ) THEN allocation.to_date END END,
      CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
    )
    ORDER BY next_day.day
    LIMIT 1 OFFSET 0
  ) AS left_on,
  allocation.staff_id AS worker,
  CASE
  WHEN (
    (
      SELECT next_day.day
      FROM calendar AS next_day
      WHERE next_day.day > coalesce(
        CASE
        WHEN (
          CASE
          WHEN (
            spell.to_date IS NULL
            OR spell.to_date >= spell.from_date
          ) THEN spell.to_date END < CASE
          WHEN (
            allocation.to_date IS NULL
            OR allocation.to_date >= allocation.from_date
          ) THEN allocation.to_date END
        ) THEN CASE
        WHEN (
          spell.to_date IS NULL
          OR spell.to_date >= spell.from_date
        ) THEN spell.to_date END
        ELSE CASE
        WHEN (
          allocation.to_date IS NULL
          OR allocation.to_date >= allocation.from_date
        ) THEN allocation.to_date END END,
        CASE
        WHEN (
          spell.to_date IS NULL
          OR spell.to_date >= spell.from_date
        ) THEN spell.to_date END
      )
      ORDER BY next_day.day
      LIMIT 1 OFFSET 0
    ) <= :as_at_on
  ) THEN (
    SELECT next_day.day
    FROM calendar AS next_day
    WHERE next_day.day > coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          spell.to_date IS NULL
          OR spell.to_date >= spell.from_date
        ) THEN spell.to_date END < CASE
        WHEN (
          allocation.to_date IS NULL
          OR allocation.to_date >= allocation.from_date
        ) THEN allocation.to_date END
      ) THEN CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
      ELSE CASE
      WHEN (
        allocation.to_date IS NULL
        OR allocation.to_date >= allocation.from_date
      ) THEN allocation.to_date END END,
      CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
    )
    ORDER BY next_day.day
    LIMIT 1 OFFSET 0
  ) END AS ended_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN (
          (
            SELECT next_day.day
            FROM calendar AS next_day
            WHERE next_day.day > coalesce(
              CASE
              WHEN (
                CASE
                WHEN (
                  spell.to_date IS NULL
                  OR spell.to_date >= spell.from_date
                ) THEN spell.to_date END < CASE
                WHEN (
                  allocation.to_date IS NULL
                  OR allocation.to_date >= allocation.from_date
                ) THEN allocation.to_date END
              ) THEN CASE
              WHEN (
                spell.to_date IS NULL
                OR spell.to_date >= spell.from_date
              ) THEN spell.to_date END
              ELSE CASE
              WHEN (
                allocation.to_date IS NULL
                OR allocation.to_date >= allocation.from_date
              ) THEN allocation.to_date END END,
              CASE
              WHEN (
                spell.to_date IS NULL
                OR spell.to_date >= spell.from_date
              ) THEN spell.to_date END
            )
            ORDER BY next_day.day
            LIMIT 1 OFFSET 0
          ) <= :as_at_on
        ) THEN (
          SELECT next_day.day
          FROM calendar AS next_day
          WHERE next_day.day > coalesce(
            CASE
            WHEN (
              CASE
              WHEN (
                spell.to_date IS NULL
                OR spell.to_date >= spell.from_date
              ) THEN spell.to_date END < CASE
              WHEN (
                allocation.to_date IS NULL
                OR allocation.to_date >= allocation.from_date
              ) THEN allocation.to_date END
            ) THEN CASE
            WHEN (
              spell.to_date IS NULL
              OR spell.to_date >= spell.from_date
            ) THEN spell.to_date END
            ELSE CASE
            WHEN (
              allocation.to_date IS NULL
              OR allocation.to_date >= allocation.from_date
            ) THEN allocation.to_date END END,
            CASE
            WHEN (
              spell.to_date IS NULL
              OR spell.to_date >= spell.from_date
            ) THEN spell.to_date END
          )
          ORDER BY next_day.day
          LIMIT 1 OFFSET 0
        ) END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = CASE
        WHEN (
          (
            SELECT next_day.day
            FROM calendar AS next_day
            WHERE next_day.day > (
              SELECT max(other.to_date) AS max_1
              FROM staff AS other
              WHERE other.staff_id = spell.staff_id
                AND other.role = 'practice_manager'
                AND other.from_date < spell.from_date
                AND (other.to_date IS NULL OR other.to_date >= other.from_date)
            )
            ORDER BY next_day.day
            LIMIT 1 OFFSET 0
          ) > CASE
          WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
          ELSE spell.from_date END
        ) THEN (
          SELECT next_day.day
          FROM calendar AS next_day
          WHERE next_day.day > (
            SELECT max(other.to_date) AS max_1
            FROM staff AS other
            WHERE other.staff_id = spell.staff_id
              AND other.role = 'practice_manager'
              AND other.from_date < spell.from_date
              AND (other.to_date IS NULL OR other.to_date >= other.from_date)
          )
          ORDER BY next_day.day
          LIMIT 1 OFFSET 0
        )
        ELSE CASE
        WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
        ELSE spell.from_date END END
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(
      CASE
      WHEN (
        (
          SELECT next_day.day
          FROM calendar AS next_day
          WHERE next_day.day > coalesce(
            CASE
            WHEN (
              CASE
              WHEN (
                spell.to_date IS NULL
                OR spell.to_date >= spell.from_date
              ) THEN spell.to_date END < CASE
              WHEN (
                allocation.to_date IS NULL
                OR allocation.to_date >= allocation.from_date
              ) THEN allocation.to_date END
            ) THEN CASE
            WHEN (
              spell.to_date IS NULL
              OR spell.to_date >= spell.from_date
            ) THEN spell.to_date END
            ELSE CASE
            WHEN (
              allocation.to_date IS NULL
              OR allocation.to_date >= allocation.from_date
            ) THEN allocation.to_date END END,
            CASE
            WHEN (
              spell.to_date IS NULL
              OR spell.to_date >= spell.from_date
            ) THEN spell.to_date END
          )
          ORDER BY next_day.day
          LIMIT 1 OFFSET 0
        ) <= :as_at_on
      ) THEN (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > coalesce(
          CASE
          WHEN (
            CASE
            WHEN (
              spell.to_date IS NULL
              OR spell.to_date >= spell.from_date
            ) THEN spell.to_date END < CASE
            WHEN (
              allocation.to_date IS NULL
              OR allocation.to_date >= allocation.from_date
            ) THEN allocation.to_date END
          ) THEN CASE
          WHEN (
            spell.to_date IS NULL
            OR spell.to_date >= spell.from_date
          ) THEN spell.to_date END
          ELSE CASE
          WHEN (
            allocation.to_date IS NULL
            OR allocation.to_date >= allocation.from_date
          ) THEN allocation.to_date END END,
          CASE
          WHEN (
            spell.to_date IS NULL
            OR spell.to_date >= spell.from_date
          ) THEN spell.to_date END
        )
        ORDER BY next_day.day
        LIMIT 1 OFFSET 0
      ) END,
      :as_at_on
    )
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = CASE
      WHEN (
        (
          SELECT next_day.day
          FROM calendar AS next_day
          WHERE next_day.day > (
            SELECT max(other.to_date) AS max_1
            FROM staff AS other
            WHERE other.staff_id = spell.staff_id
              AND other.role = 'practice_manager'
              AND other.from_date < spell.from_date
              AND (other.to_date IS NULL OR other.to_date >= other.from_date)
          )
          ORDER BY next_day.day
          LIMIT 1 OFFSET 0
        ) > CASE
        WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
        ELSE spell.from_date END
      ) THEN (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > (
          SELECT max(other.to_date) AS max_1
          FROM staff AS other
          WHERE other.staff_id = spell.staff_id
            AND other.role = 'practice_manager'
            AND other.from_date < spell.from_date
            AND (other.to_date IS NULL OR other.to_date >= other.from_date)
        )
        ORDER BY next_day.day
        LIMIT 1 OFFSET 0
      )
      ELSE CASE
      WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
      ELSE spell.from_date END END
  ) END AS working_days_held
FROM allocations AS allocation
JOIN staff AS spell ON spell.staff_id = allocation.staff_id
WHERE spell.role = 'practice_manager'
  AND (allocation.kind IS NULL OR allocation.kind != 'joint_worker')
  AND (
    coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          spell.to_date IS NULL
          OR spell.to_date >= spell.from_date
        ) THEN spell.to_date END < CASE
        WHEN (
          allocation.to_date IS NULL
          OR allocation.to_date >= allocation.from_date
        ) THEN allocation.to_date END
      ) THEN CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
      ELSE CASE
      WHEN (
        allocation.to_date IS NULL
        OR allocation.to_date >= allocation.from_date
      ) THEN allocation.to_date END END,
      CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
    ) IS NULL
    OR coalesce(
      CASE
      WHEN (
        CASE
        WHEN (
          spell.to_date IS NULL
          OR spell.to_date >= spell.from_date
        ) THEN spell.to_date END < CASE
        WHEN (
          allocation.to_date IS NULL
          OR allocation.to_date >= allocation.from_date
        ) THEN allocation.to_date END
      ) THEN CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
      ELSE CASE
      WHEN (
        allocation.to_date IS NULL
        OR allocation.to_date >= allocation.from_date
      ) THEN allocation.to_date END END,
      CASE
      WHEN (
        spell.to_date IS NULL
        OR spell.to_date >= spell.from_date
      ) THEN spell.to_date END
    ) >= CASE
    WHEN (
      (
        SELECT next_day.day
        FROM calendar AS next_day
        WHERE next_day.day > (
          SELECT max(other.to_date) AS max_1
          FROM staff AS other
          WHERE other.staff_id = spell.staff_id
            AND other.role = 'practice_manager'
            AND other.from_date < spell.from_date
            AND (other.to_date IS NULL OR other.to_date >= other.from_date)
        )
        ORDER BY next_day.day
        LIMIT 1 OFFSET 0
      ) > CASE
      WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
      ELSE spell.from_date END
    ) THEN (
      SELECT next_day.day
      FROM calendar AS next_day
      WHERE next_day.day > (
        SELECT max(other.to_date) AS max_1
        FROM staff AS other
        WHERE other.staff_id = spell.staff_id
          AND other.role = 'practice_manager'
          AND other.from_date < spell.from_date
          AND (other.to_date IS NULL OR other.to_date >= other.from_date)
      )
      ORDER BY next_day.day
      LIMIT 1 OFFSET 0
    )
    ELSE CASE
    WHEN (allocation.from_date >= spell.from_date) THEN allocation.from_date
    ELSE spell.from_date END END
  )
  AND NOT (
    EXISTS (
      SELECT *
      FROM staff AS other
      WHERE other.staff_id = spell.staff_id
        AND other.role = 'practice_manager'
        AND other.from_date < spell.from_date
        AND (other.to_date IS NULL OR other.to_date >= other.from_date)
        AND other.to_date IS NULL
    )
  )
