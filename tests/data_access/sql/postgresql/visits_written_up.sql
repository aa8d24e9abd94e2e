SELECT visit.visit_id AS case_id,
  visit.child_key AS key,
  visit.made_on AS event_date,
  visit.team_id,
  CASE
  WHEN (visit.unreadable LIKE '%% made_on %%') THEN 'not computable: made_on can''t be read'
  WHEN (visit.unreadable LIKE '%% recorded_on %%') THEN 'not computable: recorded_on can''t be read'
  ELSE CASE
  WHEN (
    visit.made_on > :visits_taken_on
    OR visit.recorded_on > :visits_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (visit.recorded_on < visit.made_on) THEN 'not computable: written up before it was made'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(visit.recorded_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = visit.made_on
    ) > 2
  ) THEN 'not met'
  WHEN (visit.recorded_on IS NULL) THEN 'not yet due'
  ELSE 'met' END END AS result,
  visit.recorded_on,
  CASE
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = coalesce(visit.recorded_on, :as_at_on)
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = visit.made_on
    ) >= 0
  ) THEN (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = coalesce(visit.recorded_on, :as_at_on)
  ) - (
    SELECT day_of.working_day_number
    FROM calendar AS day_of
    WHERE day_of.day = visit.made_on
  ) END AS working_days_taken,
  2 AS working_days_allowed,
  visit.seen_alone,
  visit.staff_id AS visited_by
FROM visits AS visit
WHERE visit.made_on IS NOT NULL
