SELECT review.conference_id AS case_id,
  review.child_key AS key,
  coalesce(review.due_on, review.held_on) AS event_date,
  coalesce(
    (
      SELECT plan.team_id
      FROM plans AS plan
      WHERE plan.child_key = review.child_key
        AND plan.kind = 'cp'
        AND plan.from_date <= coalesce(review.due_on, review.held_on)
      ORDER BY plan.from_date DESC,
        plan.plan_id DESC
      LIMIT 1
    ),
    '(no team)'
  ) AS team_id,
  CASE
  WHEN (review.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (review.unreadable LIKE '%% due_on %%') THEN 'not computable: due_on can''t be read'
  WHEN (review.unreadable LIKE '%% held_on %%') THEN 'not computable: held_on can''t be read'
  ELSE CASE
  WHEN (review.held_on > :conferences_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (review.due_on IS NULL) THEN 'not computable: no day on which it was due'
  WHEN (review.held_on <= review.due_on) THEN 'met'
  WHEN (review.held_on IS NOT NULL OR review.due_on < :as_at_on) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  review.due_on,
  review.held_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(review.held_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = review.due_on
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(review.held_on, :as_at_on)
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = review.due_on
  ) END AS working_days_late,
  review.outcome
FROM conferences AS review
WHERE review.kind = 'review'
  AND coalesce(review.due_on, review.held_on) IS NOT NULL
