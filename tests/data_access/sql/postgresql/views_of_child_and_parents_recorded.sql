SELECT audited.audit_id AS case_id,
  audited.audit_id AS key,
  coalesce(child.audited_on, parents.audited_on) AS event_date,
  coalesce(child.team_id, parents.team_id) AS team_id,
  CASE
  WHEN (child.unreadable LIKE '%% question %%') THEN 'not computable: question can''t be read'
  WHEN (child.unreadable LIKE '%% answer %%') THEN 'not computable: answer can''t be read'
  WHEN (child.unreadable LIKE '%% reason %%') THEN 'not computable: reason can''t be read'
  WHEN (parents.unreadable LIKE '%% question %%') THEN 'not computable: question can''t be read'
  WHEN (parents.unreadable LIKE '%% answer %%') THEN 'not computable: answer can''t be read'
  WHEN (parents.unreadable LIKE '%% reason %%') THEN 'not computable: reason can''t be read'
  ELSE CASE
  WHEN (
    child.audited_on > :audits_taken_on
    OR parents.audited_on > :audits_taken_on
  ) THEN 'not computable: dated after the data were taken'
  WHEN (
    CASE
    WHEN (child.answer = 'yes') THEN 'yes'
    WHEN (
      child.answer = 'not_applicable'
      AND coalesce(trim(child.reason), '') != ''
    ) THEN 'not applicable'
    WHEN (child.answer IS NOT NULL) THEN 'no' END IS NULL
    OR CASE
    WHEN (parents.answer = 'yes') THEN 'yes'
    WHEN (
      parents.answer = 'not_applicable'
      AND coalesce(trim(parents.reason), '') != ''
    ) THEN 'not applicable'
    WHEN (parents.answer IS NOT NULL) THEN 'no' END IS NULL
  ) THEN 'not computable: only one question was asked'
  WHEN (
    CASE
    WHEN (child.answer = 'yes') THEN 'yes'
    WHEN (
      child.answer = 'not_applicable'
      AND coalesce(trim(child.reason), '') != ''
    ) THEN 'not applicable'
    WHEN (child.answer IS NOT NULL) THEN 'no' END = 'no'
    OR CASE
    WHEN (parents.answer = 'yes') THEN 'yes'
    WHEN (
      parents.answer = 'not_applicable'
      AND coalesce(trim(parents.reason), '') != ''
    ) THEN 'not applicable'
    WHEN (parents.answer IS NOT NULL) THEN 'no' END = 'no'
  ) THEN 'not met'
  ELSE 'met' END END AS result,
  CASE
  WHEN (child.answer = 'yes') THEN 'yes'
  WHEN (
    child.answer = 'not_applicable'
    AND coalesce(trim(child.reason), '') != ''
  ) THEN 'not applicable'
  WHEN (child.answer IS NOT NULL) THEN 'no' END AS child_views,
  CASE
  WHEN (parents.answer = 'yes') THEN 'yes'
  WHEN (
    parents.answer = 'not_applicable'
    AND coalesce(trim(parents.reason), '') != ''
  ) THEN 'not applicable'
  WHEN (parents.answer IS NOT NULL) THEN 'no' END AS parents_views,
  coalesce(child.auditor_staff_id, parents.auditor_staff_id) AS auditor_staff_id
FROM (
  SELECT DISTINCT asked.audit_id AS audit_id
  FROM audits AS asked
  WHERE asked.question IN ('child_views_recorded', 'parents_views_recorded')
) AS audited
LEFT OUTER JOIN audits AS child ON child.audit_id = audited.audit_id
  AND child.question = 'child_views_recorded'
LEFT OUTER JOIN audits AS parents ON parents.audit_id = audited.audit_id
  AND parents.question = 'parents_views_recorded'
WHERE CASE
  WHEN (child.answer = 'yes') THEN 'yes'
  WHEN (
    child.answer = 'not_applicable'
    AND coalesce(trim(child.reason), '') != ''
  ) THEN 'not applicable'
  WHEN (child.answer IS NOT NULL) THEN 'no' END IS NULL
  OR CASE
  WHEN (parents.answer = 'yes') THEN 'yes'
  WHEN (
    parents.answer = 'not_applicable'
    AND coalesce(trim(parents.reason), '') != ''
  ) THEN 'not applicable'
  WHEN (parents.answer IS NOT NULL) THEN 'no' END IS NULL
  OR CASE
  WHEN (child.answer = 'yes') THEN 'yes'
  WHEN (
    child.answer = 'not_applicable'
    AND coalesce(trim(child.reason), '') != ''
  ) THEN 'not applicable'
  WHEN (child.answer IS NOT NULL) THEN 'no' END != 'not applicable'
  OR CASE
  WHEN (parents.answer = 'yes') THEN 'yes'
  WHEN (
    parents.answer = 'not_applicable'
    AND coalesce(trim(parents.reason), '') != ''
  ) THEN 'not applicable'
  WHEN (parents.answer IS NOT NULL) THEN 'no' END != 'not applicable'
