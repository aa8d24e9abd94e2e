SELECT plan.plan_id AS case_id,
  plan.child_key AS key,
  plan.from_date AS event_date,
  plan.team_id,
  CASE
  WHEN (plan.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (plan.unreadable LIKE '%% from %%') THEN 'not computable: from can''t be read'
  WHEN (plan.unreadable LIKE '%% to %%') THEN 'not computable: to can''t be read'
  WHEN (plan.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
  WHEN (earlier.unreadable LIKE '%% kind %%') THEN 'not computable: kind can''t be read'
  WHEN (earlier.unreadable LIKE '%% from %%') THEN 'not computable: from can''t be read'
  WHEN (earlier.unreadable LIKE '%% to %%') THEN 'not computable: to can''t be read'
  WHEN (earlier.unreadable LIKE '%% child_id %%') THEN 'not computable: child_id can''t be read'
  ELSE CASE
  WHEN (plan.from_date > :plans_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (plan.to_date < plan.from_date) THEN 'not computable: the plan ends before it begins'
  WHEN (
    coalesce(year_before.year_before, began.year_before) < :covers_from
  ) THEN 'not computable: earlier plans not loaded'
  WHEN (
    EXISTS (
      SELECT *
      FROM plans AS before
      WHERE before.child_key = plan.child_key
        AND before.kind = 'cp'
        AND (
          before.from_date < plan.from_date
          OR before.from_date = plan.from_date
          AND before.plan_id < plan.plan_id
        )
        AND (before.to_date IS NULL OR before.to_date >= plan.from_date)
    )
  ) THEN 'not computable: another plan of the child still ran'
  WHEN (earlier.plan_id IS NOT NULL) THEN 'met'
  WHEN (
    EXISTS (
      SELECT *
      FROM plans AS before
      WHERE before.child_key = plan.child_key
        AND before.kind = 'cp'
        AND (
          before.from_date < plan.from_date
          OR before.from_date = plan.from_date
          AND before.plan_id < plan.plan_id
        )
        AND before.to_date < before.from_date
    )
  ) THEN 'not computable: the earlier plan ends before it begins'
  ELSE 'not met' END END AS result,
  plan.to_date AS ends_on,
  earlier.plan_id AS earlier_plan_id,
  earlier.from_date AS earlier_from,
  earlier.to_date AS earlier_to,
  earlier.team_id AS earlier_team_id
FROM plans AS plan
JOIN calendar AS began ON began.day = plan.from_date
LEFT OUTER JOIN calendar AS year_before ON year_before.day = began.year_before
LEFT OUTER JOIN plans AS earlier ON earlier.plan_id = (
  SELECT before.plan_id
  FROM plans AS before
  WHERE before.child_key = plan.child_key
    AND before.kind = 'cp'
    AND (
      before.from_date < plan.from_date
      OR before.from_date = plan.from_date
      AND before.plan_id < plan.plan_id
    )
    AND before.to_date >= before.from_date
  ORDER BY before.from_date DESC,
    before.plan_id DESC
  LIMIT 1
)
WHERE plan.kind = 'cp'
