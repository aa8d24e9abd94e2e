SELECT enquiry.enquiry_id AS case_id,
  enquiry.child_key AS "key",
  enquiry.strategy_discussion_on AS event_date,
  enquiry.team_id,
  CASE
  WHEN (
    enquiry.unreadable LIKE '% strategy_discussion_on %'
  ) THEN 'not computable: strategy_discussion_on can''t be read'
  WHEN (enquiry.unreadable LIKE '% outcome %') THEN 'not computable: outcome can''t be read'
  WHEN (enquiry.unreadable LIKE '% child_id %') THEN 'not computable: child_id can''t be read'
  WHEN (held.unreadable LIKE '% kind %') THEN 'not computable: kind can''t be read'
  WHEN (held.unreadable LIKE '% held_on %') THEN 'not computable: held_on can''t be read'
  WHEN (held.unreadable LIKE '% child_id %') THEN 'not computable: child_id can''t be read'
  ELSE CASE
  WHEN (
    enquiry.strategy_discussion_on > :section_47_enquiries_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (held.held_on > :conferences_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = held.held_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = enquiry.strategy_discussion_on
    ) <= 15
  ) THEN 'met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = held.held_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = enquiry.strategy_discussion_on
    ) > 15
  ) THEN 'not met'
  WHEN (
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = enquiry.strategy_discussion_on
    ) > 15
  ) THEN 'not met'
  ELSE 'not yet due' END END AS result,
  enquiry.ended_on,
  enquiry.outcome,
  held.held_on,
  held.outcome AS conference_outcome,
  CASE
  WHEN (
    coalesce(
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = held.held_on
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = enquiry.strategy_discussion_on
      ),
      (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = :as_at_on
      ) - (
        SELECT day_of.working_day_number
        FROM calendar AS day_of
        WHERE day_of.day = enquiry.strategy_discussion_on
      )
    ) >= 0
  ) THEN coalesce(
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = held.held_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = enquiry.strategy_discussion_on
    ),
    (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = :as_at_on
    ) - (
      SELECT day_of.working_day_number
      FROM calendar AS day_of
      WHERE day_of.day = enquiry.strategy_discussion_on
    )
  ) END AS working_days_taken
FROM section_47_enquiries AS enquiry
LEFT OUTER JOIN conferences AS held ON held.conference_id = (
  SELECT conference.conference_id
  FROM conferences AS conference
  WHERE conference.child_key = enquiry.child_key
    AND conference.kind = 'initial'
    AND conference.held_on >= enquiry.strategy_discussion_on
  ORDER BY conference.held_on,
    conference.conference_id
  LIMIT 1 OFFSET 0
)
WHERE enquiry.outcome = 'conference'
  OR enquiry.outcome IS NULL
  AND held.conference_id IS NOT NULL
  AND NOT (
    EXISTS (
      SELECT *
      FROM section_47_enquiries AS later
      WHERE later.child_key = enquiry.child_key
        AND later.strategy_discussion_on > enquiry.strategy_discussion_on
        AND later.strategy_discussion_on <= held.held_on
    )
  )
