SELECT answers.survey || '|' || answers.team_id AS case_id,
  answers.survey AS "key",
  answers.asked_on AS event_date,
  answers.team_id,
  CASE
  WHEN (answers.unreadable LIKE '% asked_on %') THEN 'not computable: asked_on can''t be read'
  WHEN (answers.unreadable LIKE '% question %') THEN 'not computable: question can''t be read'
  WHEN (answers.unreadable LIKE '% answered %') THEN 'not computable: answered can''t be read'
  WHEN (answers.unreadable LIKE '% agreed %') THEN 'not computable: agreed can''t be read'
  ELSE CASE
  WHEN (answers.asked_on > :surveys_taken_on) THEN 'not computable: dated after the data were taken'
  WHEN (answers.agreed > answers.answered) THEN 'not computable: more agreed than answered'
  ELSE 'counted' END END AS result,
  CASE
  WHEN (
    answers.unreadable LIKE '% asked_on %'
    OR answers.unreadable LIKE '% question %'
    OR answers.unreadable LIKE '% answered %'
    OR answers.unreadable LIKE '% agreed %'
  ) THEN 0
  ELSE answers.agreed END AS numerator,
  CASE
  WHEN (
    answers.unreadable LIKE '% asked_on %'
    OR answers.unreadable LIKE '% question %'
    OR answers.unreadable LIKE '% answered %'
    OR answers.unreadable LIKE '% agreed %'
  ) THEN 0
  ELSE answers.answered END AS denominator,
  answers.survey,
  answers.answered,
  answers.agreed
FROM surveys AS answers
WHERE answers.question = 'aware_of_service_plan'
  AND (
    answers.team_id != '(no team)'
    OR NOT (
      EXISTS (
        SELECT *
        FROM surveys AS of_team
        WHERE of_team.survey = answers.survey
          AND of_team.question = 'aware_of_service_plan'
          AND of_team.team_id != '(no team)'
      )
    )
  )
