SELECT spell.staff_id || '|' || CAST(month.day AS TEXT) AS case_id,
  spell.staff_id AS "key",
  month.day AS event_date,
  coalesce(spell.team_id, '(no team)') AS team_id,
  CASE
  WHEN (spell.unreadable LIKE '% from %') THEN 'not computable: from can''t be read'
  WHEN (spell.unreadable LIKE '% to %') THEN 'not computable: to can''t be read'
  WHEN (spell.unreadable LIKE '% role %') THEN 'not computable: role can''t be read'
  ELSE CASE
  WHEN (month.month_end > :covers_to) THEN 'not yet due'
  ELSE 'counted' END END AS result,
  CASE
  WHEN (
    spell.unreadable LIKE '% from %'
    OR spell.unreadable LIKE '% to %'
    OR spell.unreadable LIKE '% role %'
  ) THEN 0
  ELSE CASE
  WHEN (
    (
      SELECT count(DISTINCT audit.audit_id) AS count_1
      FROM audits AS audit
      WHERE audit.auditor_staff_id = spell.staff_id
        AND audit.audited_on BETWEEN month.day AND month.month_end
    ) > 2
  ) THEN 2
  ELSE (
    SELECT count(DISTINCT audit.audit_id) AS count_1
    FROM audits AS audit
    WHERE audit.auditor_staff_id = spell.staff_id
      AND audit.audited_on BETWEEN month.day AND month.month_end
  ) END END AS numerator,
  CASE
  WHEN (
    spell.unreadable LIKE '% from %'
    OR spell.unreadable LIKE '% to %'
    OR spell.unreadable LIKE '% role %'
  ) THEN 0
  ELSE 2 END AS denominator,
  spell.staff_id AS manager,
  (
    SELECT count(DISTINCT audit.audit_id) AS count_1
    FROM audits AS audit
    WHERE audit.auditor_staff_id = spell.staff_id
      AND audit.audited_on BETWEEN month.day AND month.month_end
  ) AS cases_audited
FROM staff AS spell
JOIN calendar AS month ON month.day = month.month
  AND month.day BETWEEN :covers_from AND :covers_to
  AND spell.from_date <= month.month_end
  AND (spell.to_date IS NULL OR spell.to_date >= month.month_end)
  AND spell.role = 'smt'
WHERE (
  EXISTS (
    SELECT *
    FROM staff AS first_spell
    WHERE first_spell.staff_id = spell.staff_id
      AND first_spell.from_date <= month.day
      AND (first_spell.to_date IS NULL OR first_spell.to_date >= month.day)
      AND first_spell.role = 'smt'
  )
)
  AND NOT (
    EXISTS (
      SELECT *
      FROM staff AS later_spell
      WHERE later_spell.staff_id = spell.staff_id
        AND later_spell.from_date <= month.month_end
        AND (later_spell.to_date IS NULL OR later_spell.to_date >= month.month_end)
        AND later_spell.role = 'smt'
        AND later_spell.from_date > spell.from_date
    )
  )
