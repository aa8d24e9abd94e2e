"""Ofsted Annex A workbooks: the child-level lists 1 to 7 in the native shape, whatever their layout.

What each list becomes, and what Annex A can't tell:

- List 1, contacts. A contact is taken to have become the child's next referral (list 3): see `linking`.
- List 2, early help, as CAFs; an organisation that no spelling knows counts as other, with a remark.
- List 3, referrals. "Referral NFA? yes" is the decision no further action; "no" says only that something followed,
  not what, so the decision stays blank. The day of a decision is never told, nor who took it. A referral's closing
  day is that of the episode in list 6, which shows each child's latest episode alone.
- List 4, assessments, of kind single; older layouts with columns for initial and core assessments give those.
  Which referral an assessment answers is left to the measures, which link by child and date over all that is loaded.
- List 5, section 47 enquiries, and initial conferences from the rows that give a conference's date.
- List 6, children in need: one plan of kind CIN an episode of need, whatever the case status, since by Ofsted's
  guidance the list is of episodes. List 7, child protection plans.
- Lists 8 to 11 are named in a notice and not used; neither are columns that show only the latest of several things
  (visits, reviews), since the next workbook would seem to withdraw the one before.

Annex A asks for days, so times of day are dropped. It has no references of its own: keys are made of child, day
and the row's order on that day, so that the same rows keep their keys. A row that repeats another in every column
is refused as standing there already, and counts once.
"""

from data_access.loading.formats.annex_a.finding import is_annex_a
from data_access.loading.formats.annex_a.reading import read

__all__ = ["is_annex_a", "read"]
