# ruff: noqa: E501 - the toys are tables: their lines are as long as the table is wide
"""A toy council: for every rule rows that break it and rows that don't.

The last column names the rules that a row breaks, without the extract's name that each begins with. What a table does
not say is harmless (`standing.py`); everything was taken on 29 March 2010 at 07:00. Extracts have several tables
where their rows need different columns.
"""

TOYS = {
    "teams": [
        """
        team_id | kind       | opened     | closed     | successor_id | breaks
        T1      | assessment | 2008-01-01 |            |              |
        T2      | knitting   | 2008-01-01 | 2007-12-31 | T9           | kind_unknown_code closed_before_opened successor_id_leads_nowhere
        T3      | other      | 2008-01-01 | 2008-01-01 | T1           |
        """,
    ],
    "schools": [
        """
        school_id | opened     | closed     | breaks
        H1        | 2008-01-01 | 2009-01-01 |
        H2        | 2008-01-01 | 2007-01-01 | closed_before_opened
        """,
    ],
    "staff": [
        """
        staff_id | from       | to         | team_id   | role          | breaks
        S1       | 2008-01-01 | 2010-12-31 | T1        | social_worker |
        S2       | 2008-01-01 | 2007-12-31 | T1        | wizard        | to_before_from role_unknown_code
        S3       | 2008-01-01 |            |           | other         | no_team
        S4       | 2008-01-01 |            | T8        | other         | team_id_leads_nowhere
        """,
    ],
    "posts": [
        """
        post_id | from       | to         | team_id   | role   | filled_by | breaks
        PO1     | 2008-01-01 | 2010-12-31 | T1        | other  | staff     |
        PO2     | 2008-01-01 | 2007-12-31 | T8        | wizard | ghost     | to_before_from team_id_leads_nowhere role_unknown_code filled_by_unknown_code
        PO3     | 2008-01-01 |            | (no team) | other  | vacant    | no_team
        """,
    ],
    "contacts": [
        """
        contact_id | received_at      | decided_at       | decision | source    | team_id | referral_id | breaks
        K1         | 2010-03-01 09:00 | 2010-03-01 09:00 | referral | school    | T1      | R1          | referral_id_of_another_child
        K2         | 2010-03-01 09:00 | 2010-03-01 08:59 | maybe    | rumour    | T8      | R99         | decided_at_before_received_at decision_unknown_code source_unknown_code team_id_leads_nowhere referral_id_leads_nowhere
        K3         | 2010-03-30 09:00 | 2010-03-31 09:00 |          | unknown   |         |             | received_at_in_the_future decided_at_in_the_future source_missing no_team
        K4         | 2010-03-01       | 2010-03-01       |          |           | T1      |             | received_at_without_time decided_at_without_time source_missing
        K5         | 2010-03-29 09:00 |                  |          | school    | T1      |             |
        """,
        """
        contact_id | child_id | received_at      | source | referral_id | breaks
        K10        | C1       | 2010-03-01 09:00 | school |             |
        K11        | C1       | 2010-03-01 17:00 | school |             | twice
        K12        | C1       | 2010-03-01 18:00 | health |             |
        K13        | C1       | 2010-03-02 09:00 | school |             |
        K14        | Unknown  | 2010-03-01 09:00 | school |             | child_is_a_placeholder
        K15        | Unknown  | 2010-03-01 09:00 | school |             | child_is_a_placeholder
        """,
        """
        contact_id | child_id    | received_at      | source | referral_id | breaks
        K20        | child of R1 | 2010-03-02 09:00 | school | R1          |
        K21        | C70         | 2010-03-02 09:00 | school |             | child_under_two_references
        K22        | 00c 70      | 2010-03-03 09:00 | school |             | child_under_two_references
        """,
    ],
    "referrals": [
        """
        referral_id | received_at      | decided_at       | decision           | decided_by_role | referrer_told_at | closed_on  | breaks
        R1          | 2010-03-01 09:00 | 2010-03-01 10:00 | initial_assessment | team_manager    | 2010-03-01 10:00 | 2010-03-01 |
        R2          | 2010-03-01 09:00 | 2010-03-01 08:00 | magic              | wizard          | 2010-03-01 07:59 | 2010-02-28 | decided_at_before_received_at referrer_told_at_before_decided_at closed_on_before_received_at decision_unknown_code decided_by_role_unknown_code
        R3          | 2010-03-01       | 2010-02-28       | advice             | team_manager    | 2010-02-28       |            | decided_at_before_received_at received_at_without_time decided_at_without_time
        R4          | 2010-03-01 09:00 | 2010-03-01       | advice             | team_manager    | 2010-02-28 09:00 |            | decided_at_without_time referrer_told_at_before_decided_at
        R5          | 2010-03-30 09:00 | 2010-03-30 10:00 | advice             | team_manager    | 2010-03-31 10:00 | 2010-03-31 | received_at_in_the_future decided_at_in_the_future referrer_told_at_in_the_future closed_on_in_the_future
        R6          | 2010-03-01 09:00 | 2010-03-02 10:00 |                    |                 |                  |            | decided_without_decision decided_by_nobody
        R7          | 2010-03-01 09:00 |                  | advice             |                 |                  |            | decision_without_date
        R8          | 2009-02-28 09:00 | 2010-03-01 09:00 | advice             | team_manager    |                  |            | decided_at_more_than_a_year_after_received_at
        R9          | 2009-03-01 09:00 | 2010-03-01 09:00 | advice             | team_manager    |                  |            |
        """,
        """
        referral_id | contact_id | received_at      | team_id   | worker_id | source  | age_band | sex     | ethnicity | disability | breaks
        R10         | K1         | 2010-03-01 08:59 | T1        | S1        | school  | 5_to_9   | male    | white     | no         | before_their_contact contact_id_of_another_child
        R11         | K1         | 2010-03-01       | T1        | S1        | school  | 5_to_9   | male    | white     | no         | received_at_without_time contact_id_of_another_child
        R12         | K1         | 2010-02-28       | T1        | S1        | school  | 5_to_9   | male    | white     | no         | received_at_without_time before_their_contact contact_id_of_another_child
        R13         | K99        | 2010-03-01 09:00 | T8        | S99       | rumour  | old      | either  | other?    | some       | contact_id_leads_nowhere team_id_leads_nowhere worker_id_leads_nowhere source_unknown_code age_band_unknown_code sex_unknown_code ethnicity_unknown_code disability_unknown_code
        R14         |            | 2010-03-01 09:00 | (no team) |           | unknown |          | unknown |           | unknown    | no_team source_missing age_band_missing sex_missing ethnicity_missing disability_missing
        R15         | K99        | 2007-12-31 09:00 | T1        | S99       | school  | 5_to_9   | male    | white     | no         |
        """,
        """
        referral_id | child_id | received_at      | source | decided_at       | decided_by_role | decision            | closed_on  | breaks
        R20         | C1       | 2010-01-04 09:00 | school | 2010-01-04 10:00 | team_manager    | initial_assessment  |            |
        R21         | C1       | 2010-02-01 09:00 | school |                  |                 |                     |            | while_a_case_is_open open_with_another
        R22         | C1       | 2010-02-01 17:00 | school |                  |                 |                     | 2010-02-02 | while_a_case_is_open twice
        R23         | C1       | 2010-02-03 17:00 | school | 2010-02-03 18:00 | team_manager    | passed_to_open_case |            |
        R24         | C2       | 2010-01-04 09:00 | school | 2010-01-04 10:00 | team_manager    | initial_assessment  | 2010-02-01 |
        R25         | C2       | 2010-02-01 09:00 | school | 2010-02-01 10:00 | team_manager    | no_further_action   |            |
        R26         | C2       | 2010-02-02 09:00 | school | 2010-02-05 10:00 | team_manager    | no_further_action   |            |
        R27         | C2       | 2010-02-04 09:00 | police |                  |                 |                     |            | while_a_case_is_open
        R30         | C4       | 2010-02-01 09:00 | school | 2010-02-02 10:00 | team_manager    | advice              |            |
        R28         | TBC      | 2010-01-04 09:00 | school |                  |                 |                     |            | child_is_a_placeholder
        R29         | TBC      | 2010-01-04 09:00 | school |                  |                 |                     |            | child_is_a_placeholder
        """,
        """
        referral_id | child_id    | contact_id | received_at      | source | breaks
        R40         | child of K1 | K1         | 2010-03-04 09:00 | school |
        R41         | C70         |            | 2010-03-05 09:00 | school |
        R42         | C80         |            | 2010-03-05 09:00 | school | child_under_two_references
        R43         | c80         |            | 2010-03-05 09:00 | school | child_under_two_references
        R44         | 0           |            | 2010-03-05 09:00 | school | child_is_a_placeholder
        R45         | 0x1         |            | 2010-03-05 09:00 | school |
        """,
    ],
    "notifications": [
        """
        notification_id | child_id | kind   | received_at      | screened_at      | outcome   | referral_id | breaks
        N1              | C1       | merlin | 2010-03-01 09:00 | 2010-03-01 10:00 | held_back | R1          | referral_id_of_another_child
        N2              | C1       | merlin | 2010-03-01 17:00 | 2010-03-01 16:00 | lost      | R99         | twice screened_at_before_received_at outcome_unknown_code referral_id_leads_nowhere
        N3              | C1       | owl    | 2010-03-01       | 2010-03-01       |           |             | kind_unknown_code received_at_without_time screened_at_without_time
        N4              |          | merlin | 2010-03-30 09:00 | 2010-03-30 10:00 |           |             | received_at_in_the_future screened_at_in_the_future
        N5              |          | merlin | 2010-03-01 09:00 |                  |           |             |
        N6              |          | merlin | 2010-03-01 09:00 |                  |           |             |
        """,
        """
        notification_id | child_id    | kind   | received_at      | referral_id | breaks
        N20             | child of R1 | merlin | 2010-03-02 09:00 | R1          |
        """,
    ],
    "cafs": [
        """
        caf_id | started_on | completed_on | closed_on  | offered_on | declined_on | agency | outcome | school_id | referral_id | breaks
        F1     | 2010-03-01 | 2010-03-01   | 2010-03-01 | 2010-02-01 | 2010-02-01  | school | other   | H1        | R1          | referral_id_of_another_child
        F2     | 2010-03-01 | 2010-02-28   | 2010-02-28 | 2010-02-01 | 2010-01-31  | guild  | magic   | H99       | R99         | completed_on_before_started_on closed_on_before_started_on declined_on_before_offered_on agency_unknown_code outcome_unknown_code school_id_leads_nowhere referral_id_leads_nowhere
        F3     | 2010-03-30 | 2010-03-31   | 2010-03-31 |            |             | school |         |           |             | started_on_in_the_future completed_on_in_the_future closed_on_in_the_future
        """,
        """
        caf_id | child_id | started_on | agency | breaks
        F10    | C1       | 2010-03-01 | school |
        F11    | C1       | 2010-03-01 | school | twice
        F12    | C1       |            | school |
        F13    | C1       |            | school |
        F14    | n/a      | 2010-03-01 | school | child_is_a_placeholder
        """,
        """
        caf_id | child_id    | started_on | agency | referral_id | breaks
        F20    | child of R1 | 2010-03-01 | school | R1          |
        F21    | C\u00a080         | 2010-03-01 | school |             | child_under_two_references
        """,
    ],
    "assessments": [
        """
        assessment_id | referral_id | kind    | started_on | completed_on | terminated_on | child_seen_on | seen_by | team_id   | worker_id | breaks
        A1            | R6          | initial | 2010-03-01 | 2010-03-01   |               | 2010-03-01    | social_worker | T1    | S1        | referral_id_of_another_child
        A2            | R6          | core    | 2010-03-01 | 2010-02-28   | 2010-02-28    |               |         | T1        | S1        | completed_on_before_started_on terminated_on_before_started_on completed_and_terminated referral_id_of_another_child
        A3            |             | core    | 2010-03-30 | 2010-03-31   | 2010-03-31    | 2010-03-30    |         | T1        | S1        | started_on_in_the_future completed_on_in_the_future terminated_on_in_the_future completed_and_terminated child_seen_on_in_the_future
        A4            | R99         | quick   | 2010-03-01 |              |               |               | nobody  | T8        | S99       | referral_id_leads_nowhere kind_unknown_code seen_by_unknown_code team_id_leads_nowhere worker_id_leads_nowhere
        A5            | R6          | initial | 2010-02-28 | 2010-03-02   |               | 2010-02-28    |         | (no team) | S1        | before_their_referral child_seen_before_their_referral no_team referral_id_of_another_child
        A6            |             | core    | 2009-02-28 | 2010-03-01   |               |               |         | T1        | S1        | completed_on_more_than_a_year_after_started_on
        A7            |             | core    | 2009-03-01 | 2010-03-01   |               |               |         | T1        | S1        |
        A8            | R1          | core    | 2010-03-01 |              |               |               |         | T1        | S1        | open_on_a_closed_case referral_id_of_another_child
        A9            | R5          | core    | 2010-03-30 | 2010-03-30   |               |               |         | T1        | S1        | started_on_in_the_future completed_on_in_the_future after_no_further_action referral_id_of_another_child
        """,
        """
        assessment_id | child_id | referral_id | kind    | started_on | completed_on | breaks
        A20           | C2       | R25         | initial | 2010-02-01 | 2010-02-02   | after_no_further_action
        A21           | C2       |             | initial | 2010-02-03 | 2010-02-03   |
        A22           | C2       |             | initial | 2010-02-04 | 2010-02-04   |
        A23           | C3       |             | initial | 2010-02-01 |              |
        A24           | C3       |             | initial | 2010-02-01 |              | twice open_with_another
        A25           | C3       |             | core    | 2010-02-01 |              |
        A26           | C3       |             | core    | 2010-02-02 | 2010-02-02   |
        A27           | C4       |             | initial | 2010-02-01 | 2010-02-01   |
        A28           | C4       |             | core    | 2010-02-02 | 2010-02-02   | after_no_further_action
        A29           | none     |             | core    | 2010-02-02 | 2010-02-02   | child_is_a_placeholder
        A30           | C8       |             | initial | 2010-02-05 | 2010-02-05   |
        """,
        """
        assessment_id | child_id    | referral_id | kind | started_on | completed_on | breaks
        A40           | child of R1 | R1          | core | 2010-03-01 | 2010-03-02   |
        A41           | C70         |             | core | 2010-03-06 | 2010-03-07   | child_under_two_references
        A42           | C 70        |             | core | 2010-03-06 | 2010-03-07   | child_under_two_references
        """,
    ],
    "section_47_enquiries": [
        """
        enquiry_id | child_id | referral_id | strategy_discussion_on | ended_on   | outcome    | team_id   | breaks
        E1         | C1       | R6          | 2010-03-01             | 2010-03-01 | conference | T1        | referral_id_of_another_child
        E2         | C1       | R6          | 2010-02-28             | 2010-02-27 | magic      | T8        | before_their_referral ended_on_before_strategy_discussion_on outcome_unknown_code team_id_leads_nowhere referral_id_of_another_child
        E3         | C1       | R99         | 2010-03-01             |            |            | (no team) | twice referral_id_leads_nowhere no_team
        E4         | C1       |             | 2010-03-30             |            |            | T1        | strategy_discussion_on_in_the_future
        E5         | C4       |             | 2010-02-02             |            |            | T1        | after_no_further_action
        E6         | C4       |             | 2010-02-01             |            |            | T1        |
        E7         | C9       | R25         | 2010-02-01             |            |            | T1        | after_no_further_action referral_id_of_another_child
        E8         | nil      |             | 2010-02-01             |            |            | T1        | child_is_a_placeholder
        """,
        """
        enquiry_id | child_id    | referral_id | strategy_discussion_on | team_id | breaks
        E20        | child of R1 | R1          | 2010-03-02             | T1      |
        E21        | c80         |             | 2010-03-06             | T1      | child_under_two_references
        E22        | C81         |             | 2010-03-06             | T1      |
        """,
    ],
    "conferences": [
        """
        conference_id | child_id | kind    | held_on    | outcome | breaks
        O1            | C1       | initial | 2010-03-01 | plan    |
        O2            | C1       | initial | 2010-03-01 | magic   | twice outcome_unknown_code
        O3            | C1       | party   | 2010-03-01 |         | kind_unknown_code
        O4            | C1       | review  | 2010-03-30 |         | held_on_in_the_future
        O5            | C1       | review  |            |         |
        O6            | C1       | review  |            |         |
        """,
    ],
    "plans": [
        """
        plan_id | child_id | kind | from       | to         | visit_every_working_days | team_id   | breaks
        P1      | C1       | cin  | 2010-03-01 | 2010-03-01 | 65                       | T1        |
        P2      | C5       | cin  | 2010-03-01 | 2010-02-28 | 66                       | T8        | to_before_from visits_too_rare team_id_leads_nowhere
        P3      | C6       | wish | 2010-03-01 |            |                          | (no team) | kind_unknown_code no_team
        P4      | C7       | cp   | 2010-01-04 | 2010-02-01 |                          | T1        |
        P5      | C7       | cp   | 2010-02-01 |            |                          | T1        |
        P6      | C7       | cp   | 2010-03-01 |            |                          | T1        | overlapping_another
        P7      | C7       | cin  | 2010-03-01 | 2010-03-02 |                          | T1        |
        P8      | C7       | cin  | 2010-03-01 | 2010-03-02 |                          | T1        | overlapping_another twice
        P9      | C4       | cin  | 2010-02-02 |            |                          | T1        | after_no_further_action
        P10     | C4       | cp   | 2010-01-31 |            |                          | T1        |
        P11     | test     | cp   | 2010-01-31 |            |                          | T1        | child_is_a_placeholder
        """,
        """
        plan_id | child_id | kind | from       | to         | team_id | breaks
        P20     | 0C80     | cin  | 2010-03-06 | 2010-03-07 | T1      | child_under_two_references
        P21     | C82      | cin  | 2010-03-06 | 2010-03-07 | T1      |
        """,
    ],
    "core_groups": [
        """
        meeting_id | plan_id | due_on     | held_on    | agencies_invited | agencies_attended | breaks
        G1         | P1      | 2010-03-01 | 2010-03-01 | 4                | 4                 |
        G2         | P1      | 2010-03-01 | 2010-03-30 | 4                | 5                 | twice held_on_in_the_future agencies_attended_more_than_agencies_invited
        G3         | P99     | 2010-03-01 |            |                  | 5                 | plan_id_leads_nowhere
        """,
    ],
    "visits": [
        """
        visit_id | child_id | plan_id | made_on    | recorded_on | staff_id | team_id   | breaks
        V1       | C1       | P1      | 2010-03-01 | 2010-03-01  | S1       | T1        |
        V2       | C1       | P99     | 2010-03-01 | 2010-03-30  | S1       | T8        | twice plan_id_leads_nowhere recorded_on_in_the_future team_id_leads_nowhere
        V3       | C1       |         | 2010-03-30 |             | S99      | T1        | made_on_in_the_future staff_id_leads_nowhere
        V4       | C1       |         |            |             |          | (no team) | no_team
        """,
        """
        visit_id | child_id | plan_id | made_on    | staff_id | team_id | breaks
        V20      | C82      | P21     | 2010-03-06 | S1       | T1      |
        V21      | C83      | P21     | 2010-03-07 | S1       | T1      | plan_id_of_another_child
        """,
    ],
    "allocations": [
        """
        allocation_id | child_id | staff_id | team_id   | from       | to         | kind         | breaks
        L1            | C1       | S1       | T1        | 2010-01-04 | 2010-02-01 | case_holder  |
        L2            | C1       | S1       | T1        | 2010-02-01 |            | case_holder  |
        L3            | C1       | S2       | T1        | 2010-02-01 |            | case_holder  | overlapping_another
        L4            | C1       | S2       | T1        | 2010-02-01 |            | joint_worker |
        L5            | C1       | S2       | T1        | 2010-02-01 |            | joint_worker | twice
        L6            | C2       | S99      | T8        | 2010-02-01 | 2010-01-31 | boss         | staff_id_leads_nowhere team_id_leads_nowhere to_before_from kind_unknown_code
        L7            | C3       |          | (no team) | 2010-02-01 |            |              | no_team
        """,
    ],
    "oversight": [
        """
        oversight_id | child_id | staff_id | recorded_on | kind     | breaks
        M1           | C1       | S1       | 2010-03-01  | sign_off |
        M2           | C1       | S1       | 2010-03-01  | sign_off | twice
        M3           | C1       | S99      | 2010-03-30  | glance   | staff_id_leads_nowhere recorded_on_in_the_future kind_unknown_code
        """,
    ],
    "supervisions": [
        """
        supervision_id | staff_id | kind     | due_on     | held_on    | recorded_on | child_id | breaks
        U1             | S1       | personal | 2010-03-01 | 2010-03-01 | 2010-03-01  |          |
        U2             | S1       | personal | 2010-03-01 | 2010-03-30 | 2010-03-30  |          | twice held_on_in_the_future recorded_on_in_the_future
        U3             | S99      | chat     | 2010-03-01 |            |             | C1       | staff_id_leads_nowhere kind_unknown_code
        U4             | S1       | casework | 2010-03-01 | 2010-03-02 | 2010-03-01  |          | recorded_on_before_held_on
        """,
    ],
    "audits": [
        """
        audit_id | question             | answer | audited_on | auditor_staff_id | team_id   | assessment_id | breaks
        D1       | child_views_recorded | yes    | 2010-03-01 | S1               | T1        | A1            |
        D2       | why                  | maybe  | 2010-03-30 | S99              | T8        | A99           | question_unknown_code answer_unknown_code audited_on_in_the_future auditor_staff_id_leads_nowhere team_id_leads_nowhere assessment_id_leads_nowhere
        D3       | child_views_recorded | yes    | 2010-03-01 | S1               | (no team) |               | no_team
        """,
        """
        audit_id | question             | answer | audited_on | team_id | child_id    | assessment_id | breaks
        D20      | child_views_recorded | yes    | 2010-03-01 | T1      | child of R1 | A40           |
        D21      | child_views_recorded | yes    | 2010-03-01 | T1      | C82         | A40           | assessment_id_of_another_child
        """,
        """
        audit_id | question             | answer | audited_on | team_id | action_due_on | action_closed_on | breaks
        D30      | child_views_recorded | no     | 2010-03-01 | T1      | 2010-03-01    | 2010-03-01       |
        D31      | child_views_recorded | no     | 2010-03-01 | T1      | 2010-02-28    | 2010-02-27       | action_due_on_before_audited_on action_closed_on_before_audited_on
        D32      | child_views_recorded | no     | 2010-03-01 | T1      | 2010-04-30    | 2010-03-30       | action_closed_on_in_the_future
        """,
    ],
    "absences": [
        """
        absence_id | staff_id | from       | to         | kind     | breaks
        B1         | S1       | 2009-03-01 | 2010-03-01 | sickness |
        B2         | S1       | 2009-03-01 | 2010-03-02 | sickness | twice to_more_than_a_year_after_from
        B3         | S99      | 2010-03-01 | 2010-02-28 | whim     | staff_id_leads_nowhere to_before_from kind_unknown_code
        """,
    ],
    "system_use": [
        """
        staff_id | week       | system | breaks
        S1       | 2010-03-01 | ics    |
        S99      | 2010-03-01 | slate  | staff_id_leads_nowhere system_unknown_code
        """,
    ],
    "system_incidents": [
        """
        incident_id | system | started_at       | ended_at         | kind   | breaks
        I1          | ics    | 2010-03-01 09:00 | 2010-03-01 10:00 | outage |
        I2          | slate  | 2010-03-01 09:00 | 2010-03-01 08:00 | yawn   | system_unknown_code ended_at_before_started_at kind_unknown_code
        I3          | ics    | 2010-03-01       | 2010-03-01       | slow   | started_at_without_time ended_at_without_time
        """,
    ],
    "feedback": [
        """
        feedback_id | kind       | received_on | answered_on | team_id | breaks
        Q1          | complaint  | 2010-03-01  | 2010-03-01  | T1      |
        Q2          | serenade   | 2010-03-01  | 2010-02-28  | T8      | kind_unknown_code answered_on_before_received_on team_id_leads_nowhere
        Q3          | complaint  | 2010-03-01  |             |         | no_team
        Q4          | compliment | 2010-03-30  |             | T1      | received_on_in_the_future
        """,
    ],
    "surveys": [
        """
        survey | question | team_id   | answered | agreed | breaks
        Y1     | aware    | T1        | 10       | 10     |
        Y2     | aware    | T8        | 10       | 11     | team_id_leads_nowhere agreed_more_than_answered
        Y3     | aware    | (no team) | 10       | 0      |
        """,
    ],
    "standards": [
        """
        standard_id | from       | to         | breaks
        W1          | 2010-03-01 | 2010-03-01 |
        W2          | 2010-03-01 | 2010-02-28 | to_before_from
        """,
    ],
    "comparators": [
        """
        comparator_id | from       | to         | breaks
        X1            | 2010-03-01 | 2010-03-01 |
        X2            | 2010-03-01 | 2010-02-28 | to_before_from
        """,
    ],
}
