SELECT asked.audit_id AS case_id,
  asked.audit_id AS key,
  asked.audited_on AS event_date,
  asked.team_id,
  CASE
  WHEN (asked.unreadable LIKE '%% question %%') THEN 'not computable: question can''t be read'
  WHEN (asked.unreadable LIKE '%% answer %%') THEN 'not computable: answer can''t be read'
  WHEN (asked.unreadable LIKE '%% reason %%') THEN 'not computable: reason can''t be read'
  WHEN (asked.unreadable LIKE '%% assessment_id %%') THEN 'not computable: assessment_id can''t be read'
  ELSE CASE
  WHEN (asked.audited_on > :audits_taken_on) THEN 'not computable: dated after the data were taken'
  ELSE CASE
  WHEN (asked.answer = 'yes') THEN 'met'
  ELSE 'not met' END END END AS result,
  asked.answer,
  asked.assessment_id,
  asked.auditor_staff_id
FROM audits AS asked
LEFT OUTER JOIN assessments AS audited ON audited.assessment_id = asked.assessment_id
WHERE asked.question = 'multi_agency_input'
  AND NOT (asked.answer = 'not_applicable' AND coalesce(trim(asked.reason), '') != '')
  AND (audited.kind IS NULL OR audited.kind = 'core')
