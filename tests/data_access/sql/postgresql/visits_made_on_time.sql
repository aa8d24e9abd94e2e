SELECT cases.case_id,
  cases.key,
  cases.event_date,
  cases.team_id,
  cases.result,
  cases.plan_id,
  cases.plan_kind,
  cases.visit_every_working_days,
  cases.made_on,
  cases.wait_ended_on,
  cases.working_days_late,
  cases.seen_alone,
  cases.visited_by
FROM (
  SELECT visit.visit_id AS case_id,
    visit.child_key AS key,
    coalesce(
      coalesce(
        visit.due_on,
        (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = visit.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on < visit.made_on
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      ),
      visit.made_on
    ) AS event_date,
    visit.team_id AS team_id,
    CASE
    WHEN (visit.unreadable LIKE '%% plan_id %%') THEN 'not computable: plan_id can''t be read'
    WHEN (visit.unreadable LIKE '%% due_on %%') THEN 'not computable: due_on can''t be read'
    WHEN (visit.unreadable LIKE '%% made_on %%') THEN 'not computable: made_on can''t be read'
    WHEN (plan.unreadable LIKE '%% from %%') THEN 'not computable: from can''t be read'
    WHEN (plan.unreadable LIKE '%% to %%') THEN 'not computable: to can''t be read'
    WHEN (
      plan.unreadable LIKE '%% visit_every_working_days %%'
    ) THEN 'not computable: visit_every_working_days can''t be read'
    ELSE CASE
    WHEN coalesce(visit.made_on > :visits_taken_on, false) THEN 'not computable: dated after the data were taken'
    WHEN (plan.to_date < plan.from_date) THEN 'not computable: its plan ends before it begins'
    WHEN (
      coalesce(
        visit.due_on,
        (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = visit.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on < visit.made_on
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      ) < plan.from_date
    ) THEN 'not computable: due before its plan began'
    WHEN (visit.made_on < plan.from_date) THEN 'not computable: made before its plan began'
    WHEN (
      visit.made_on <= coalesce(
        visit.due_on,
        (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = visit.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on < visit.made_on
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      )
    ) THEN 'met'
    WHEN (
      coalesce(visit.made_on, :as_at_on) > coalesce(
        visit.due_on,
        (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = visit.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on < visit.made_on
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      )
    ) THEN 'not met'
    ELSE 'not yet due' END END AS result,
    plan.plan_id AS plan_id,
    plan.kind AS plan_kind,
    plan.visit_every_working_days AS visit_every_working_days,
    visit.made_on AS made_on,
    coalesce(
      visit.made_on,
      (
        SELECT min(other.made_on) AS min_1
        FROM visits AS other
        WHERE other.child_key = visit.child_key
          AND NOT coalesce(other.made_on > :visits_taken_on, false)
          AND other.made_on >= coalesce(
            visit.due_on,
            (
              SELECT day_after.day
              FROM calendar AS day_after
              WHERE day_after.working_day_number = (
                SELECT day_of.working_day_number
                FROM calendar AS day_of
                WHERE day_of.day = coalesce(
                  (
                    SELECT max(other.made_on) AS max_1
                    FROM visits AS other
                    WHERE other.child_key = visit.child_key
                      AND NOT coalesce(other.made_on > :visits_taken_on, false)
                      AND other.made_on < visit.made_on
                      AND other.made_on >= plan.from_date
                  ),
                  plan.from_date
                )
              ) + (plan.visit_every_working_days - 1) + 1
                AND day_after.working IS true
            )
          )
      ),
      CASE
      WHEN (plan.to_date < :as_at_on) THEN plan.to_date END
    ) AS wait_ended_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          coalesce(
            visit.made_on,
            (
              SELECT min(other.made_on) AS min_1
              FROM visits AS other
              WHERE other.child_key = visit.child_key
                AND NOT coalesce(other.made_on > :visits_taken_on, false)
                AND other.made_on >= coalesce(
                  visit.due_on,
                  (
                    SELECT day_after.day
                    FROM calendar AS day_after
                    WHERE day_after.working_day_number = (
                      SELECT day_of.working_day_number
                      FROM calendar AS day_of
                      WHERE day_of.day = coalesce(
                        (
                          SELECT max(other.made_on) AS max_1
                          FROM visits AS other
                          WHERE other.child_key = visit.child_key
                            AND NOT coalesce(other.made_on > :visits_taken_on, false)
                            AND other.made_on < visit.made_on
                            AND other.made_on >= plan.from_date
                        ),
                        plan.from_date
                      )
                    ) + (plan.visit_every_working_days - 1) + 1
                      AND day_after.working IS true
                  )
                )
            ),
            CASE
            WHEN (plan.to_date < :as_at_on) THEN plan.to_date END
          ),
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          visit.due_on,
          (
            SELECT day_after.day
            FROM calendar AS day_after
            WHERE day_after.working_day_number = (
              SELECT day_of.working_day_number
              FROM calendar AS day_of
              WHERE day_of.day = coalesce(
                (
                  SELECT max(other.made_on) AS max_1
                  FROM visits AS other
                  WHERE other.child_key = visit.child_key
                    AND NOT coalesce(other.made_on > :visits_taken_on, false)
                    AND other.made_on < visit.made_on
                    AND other.made_on >= plan.from_date
                ),
                plan.from_date
              )
            ) + (plan.visit_every_working_days - 1) + 1
              AND day_after.working IS true
          )
        )
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        coalesce(
          visit.made_on,
          (
            SELECT min(other.made_on) AS min_1
            FROM visits AS other
            WHERE other.child_key = visit.child_key
              AND NOT coalesce(other.made_on > :visits_taken_on, false)
              AND other.made_on >= coalesce(
                visit.due_on,
                (
                  SELECT day_after.day
                  FROM calendar AS day_after
                  WHERE day_after.working_day_number = (
                    SELECT day_of.working_day_number
                    FROM calendar AS day_of
                    WHERE day_of.day = coalesce(
                      (
                        SELECT max(other.made_on) AS max_1
                        FROM visits AS other
                        WHERE other.child_key = visit.child_key
                          AND NOT coalesce(other.made_on > :visits_taken_on, false)
                          AND other.made_on < visit.made_on
                          AND other.made_on >= plan.from_date
                      ),
                      plan.from_date
                    )
                  ) + (plan.visit_every_working_days - 1) + 1
                    AND day_after.working IS true
                )
              )
          ),
          CASE
          WHEN (plan.to_date < :as_at_on) THEN plan.to_date END
        ),
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        visit.due_on,
        (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = visit.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on < visit.made_on
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      )
    ) END AS working_days_late,
    visit.seen_alone AS seen_alone,
    visit.staff_id AS visited_by
  FROM visits AS visit
  LEFT OUTER JOIN plans AS plan ON plan.plan_id = coalesce(
    visit.plan_id,
    (
      SELECT child_plan.plan_id
      FROM plans AS child_plan
      WHERE visit.plan_id IS NULL
        AND child_plan.child_key = visit.child_key
        AND child_plan.from_date <= coalesce(visit.due_on, visit.made_on)
        AND (
          child_plan.to_date IS NULL
          OR child_plan.to_date >= coalesce(visit.due_on, visit.made_on)
        )
      ORDER BY child_plan.from_date DESC,
        child_plan.plan_id DESC
      LIMIT 1
    )
  )
  WHERE coalesce(visit.made_on > :visits_taken_on, false)
    OR coalesce(
      visit.due_on,
      (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(
            (
              SELECT max(other.made_on) AS max_1
              FROM visits AS other
              WHERE other.child_key = visit.child_key
                AND NOT coalesce(other.made_on > :visits_taken_on, false)
                AND other.made_on < visit.made_on
                AND other.made_on >= plan.from_date
            ),
            plan.from_date
          )
        ) + (plan.visit_every_working_days - 1) + 1
          AND day_after.working IS true
      )
    ) IS NOT NULL
    AND NOT coalesce(
      plan.to_date >= plan.from_date
      AND plan.to_date < coalesce(
        visit.due_on,
        (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = visit.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on < visit.made_on
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      ),
      false
    ) UNION ALL
  SELECT plan.plan_id || '|next visit' AS case_id,
    plan.child_key AS key,
    (
      SELECT day_after.day
      FROM calendar AS day_after
      WHERE day_after.working_day_number = (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          (
            SELECT max(other.made_on) AS max_1
            FROM visits AS other
            WHERE other.child_key = plan.child_key
              AND NOT coalesce(other.made_on > :visits_taken_on, false)
              AND other.made_on >= plan.from_date
          ),
          plan.from_date
        )
      ) + (plan.visit_every_working_days - 1) + 1
        AND day_after.working IS true
    ) AS event_date,
    plan.team_id AS team_id,
    CASE
    WHEN (plan.unreadable LIKE '%% from %%') THEN 'not computable: from can''t be read'
    WHEN (plan.unreadable LIKE '%% to %%') THEN 'not computable: to can''t be read'
    WHEN (
      plan.unreadable LIKE '%% visit_every_working_days %%'
    ) THEN 'not computable: visit_every_working_days can''t be read'
    ELSE CASE
    WHEN (plan.to_date < plan.from_date) THEN 'not computable: the plan ends before it begins'
    WHEN (
      (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(
            (
              SELECT max(other.made_on) AS max_1
              FROM visits AS other
              WHERE other.child_key = plan.child_key
                AND NOT coalesce(other.made_on > :visits_taken_on, false)
                AND other.made_on >= plan.from_date
            ),
            plan.from_date
          )
        ) + (plan.visit_every_working_days - 1) + 1
          AND day_after.working IS true
      ) < :as_at_on
    ) THEN 'not met'
    ELSE 'not yet due' END END AS result,
    plan.plan_id AS plan_id,
    plan.kind AS plan_kind,
    plan.visit_every_working_days AS visit_every_working_days,
    CAST(NULL AS DATE) AS made_on,
    CASE
    WHEN (plan.to_date < :as_at_on) THEN plan.to_date END AS wait_ended_on,
    CASE
    WHEN (
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = coalesce(
          CASE
          WHEN (plan.to_date < :as_at_on) THEN plan.to_date END,
          :as_at_on
        )
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = (
          SELECT day_after.day
          FROM calendar AS day_after
          WHERE day_after.working_day_number = (
            SELECT day_of.working_day_number
            FROM calendar AS day_of
            WHERE day_of.day = coalesce(
              (
                SELECT max(other.made_on) AS max_1
                FROM visits AS other
                WHERE other.child_key = plan.child_key
                  AND NOT coalesce(other.made_on > :visits_taken_on, false)
                  AND other.made_on >= plan.from_date
              ),
              plan.from_date
            )
          ) + (plan.visit_every_working_days - 1) + 1
            AND day_after.working IS true
        )
      ) >= 0
    ) THEN (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(
        CASE
        WHEN (plan.to_date < :as_at_on) THEN plan.to_date END,
        :as_at_on
      )
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(
            (
              SELECT max(other.made_on) AS max_1
              FROM visits AS other
              WHERE other.child_key = plan.child_key
                AND NOT coalesce(other.made_on > :visits_taken_on, false)
                AND other.made_on >= plan.from_date
            ),
            plan.from_date
          )
        ) + (plan.visit_every_working_days - 1) + 1
          AND day_after.working IS true
      )
    ) END AS working_days_late,
    CAST(NULL AS BOOLEAN) AS seen_alone,
    CAST(NULL AS TEXT) AS visited_by
  FROM plans AS plan
  WHERE plan.visit_every_working_days IS NOT NULL
    AND (
      plan.to_date IS NULL
      OR plan.to_date < plan.from_date
      OR plan.to_date >= (
        SELECT day_after.day
        FROM calendar AS day_after
        WHERE day_after.working_day_number = (
          SELECT day_of.working_day_number
          FROM calendar AS day_of
          WHERE day_of.day = coalesce(
            (
              SELECT max(other.made_on) AS max_1
              FROM visits AS other
              WHERE other.child_key = plan.child_key
                AND NOT coalesce(other.made_on > :visits_taken_on, false)
                AND other.made_on >= plan.from_date
            ),
            plan.from_date
          )
        ) + (plan.visit_every_working_days - 1) + 1
          AND day_after.working IS true
      )
    )
    AND NOT (
      EXISTS (
        SELECT *
        FROM visits AS other
        WHERE other.child_key = plan.child_key
          AND (other.made_on IS NULL OR coalesce(other.made_on > :visits_taken_on, false))
          AND other.due_on > coalesce(
            (
              SELECT max(other.made_on) AS max_1
              FROM visits AS other
              WHERE other.child_key = plan.child_key
                AND NOT coalesce(other.made_on > :visits_taken_on, false)
                AND other.made_on >= plan.from_date
            ),
            plan.from_date
          )
      )
    )
) AS cases
