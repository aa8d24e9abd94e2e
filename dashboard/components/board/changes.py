"""What changed since the week before: a measure's change, its target, or who waits."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from dashboard.analysis.sentences import assurance_words, target_tag
from dashboard.analysis.wording import VARIATION_WORDS
from dashboard.cache import measures
from dashboard.cache.page_run import PageRun
from dashboard.components.layout.filters import Choice
from dashboard.readings.measure_views import MeasureView
from dashboard.words.phrases import variation_of
from data_access.vocabulary import Assurance

_WEEK: Final = 7
_NOTHING: Final = "No judgement"


def changes(
    run: PageRun, choice: Choice, views: Mapping[str, MeasureView], *, latest_week: date | None
) -> dict[str, str]:
    """Return in words what of each measure differs from the week before, by id; measures as they were are left out.

    Who waits is known as of now alone, so it counts for the latest week and for no older one.
    """
    week = choice.week or latest_week
    if week is None:
        return {}
    earlier = measures.every_measure(run, team=choice.team, up_to=week - timedelta(days=1))
    before = {view.definition.id: view for view in earlier}
    told = {}
    for name, view in views.items():
        newly = 0
        if view.waiting and week == latest_week:
            newly = measures.newly_waiting(run, name, team=choice.team, days=_WEEK)
        if words := _told(view, before[name], newly):
            told[name] = f"{'; '.join(words)}."
    return told


def _told(view: MeasureView, before: MeasureView, newly: int) -> list[str]:
    words = []
    if newly:
        words.append(f"{newly:,} of those waiting did not wait a week before")
    pairs = (
        (VARIATION_WORDS[variation_of(before)], VARIATION_WORDS[variation_of(view)]),
        (target_tag(before.judgement) or "", target_tag(view.judgement) or ""),
        (_assurance(before), _assurance(view)),
    )
    words += [f"{old or _NOTHING} a week before, now {(new or _NOTHING).lower()}" for old, new in pairs if old != new]
    return words


def _assurance(view: MeasureView) -> str:
    return "" if view.judgement.assurance is Assurance.NONE else assurance_words(view.judgement)
