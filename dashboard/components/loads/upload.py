"""Load files: hand them over, see what would change, then load exactly these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.access import current_actor
from dashboard.cache import loads
from dashboard.cache.page_run import page_run
from dashboard.components.layout.links import plain
from dashboard.components.loads.confirm import draw_confirmations
from dashboard.components.loads.report import report_html
from dashboard.components.loads.templates import draw_templates
from dashboard.settings import current_settings
from dashboard.uploading.uploads import Asked, Handed, Job, begin
from dashboard.words.loads import counted
from data_access.dates.london_time import to_utc
from data_access.dates.working_calendar import FIRST_DAY, LAST_DAY
from data_access.loading.delivery.manifest import Terms
from data_access.problems import ExtractProblem

KINDS: Final = ("csv", "txt", "xlsx", "xls", "xlsm", "xlsb", "ods", "xml")
_JOB: Final = "upload_job"
_ROUND: Final = "upload_round"
_ASKS: Final = "upload_asks_terms_for"
_EVERY_SECONDS: Final = 0.5

Key = tuple[tuple[str, ...], Terms | None]
"""Which files, by the ids of their uploads, under which terms."""


@dataclass(frozen=True)
class Given:
    """What the form holds: the files, their terms where those are asked for, and what is missing or wrong."""

    files: Sequence[UploadedFile]
    terms: Terms | None
    missing: str | None

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the uploads."""
        return tuple(file.file_id for file in self.files)

    @property
    def key(self) -> Key:
        """Return the mark by which a preview is known to be of exactly this."""
        return self.ids, self.terms


def draw_upload() -> None:
    """Draw the form, what is going on, and how it ended."""
    job: Job | None = st.session_state.get(_JOB)
    if job is not None and job.report is not None and not job.asked.dry_run and job.key is not None:
        # what was loaded need not be handed over again
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        job.key = None
    st.html('<div class="part-line"><h2 class="part">Load files</h2></div>')
    with st.container(key="upload", gap="small"):
        left, right = st.columns([1, 1], gap="medium")
        with left:
            given = _draw_form(is_busy=job is not None and not job.is_over)
        with right:
            st.html(f'<p class="freshness">{escape(_explained())}</p>')
            draw_templates()
    if job is not None and not job.is_over:
        _draw_progress()
    elif job is not None:
        _draw_end(job, given)


def _explained() -> str:
    limit = st.get_option("server.maxUploadSize")
    return (
        "Give all files of a delivery together: CSV files with their manifest, workbooks, Annex A workbooks or a CIN "
        f"census, each up to {limit:,} MB. A preview first tells what would change. What can identify people is "
        "dropped, and the files themselves are deleted as soon as they are read."
    )


def _draw_form(*, is_busy: bool) -> Given:
    files = st.file_uploader(
        "Files to load",
        type=KINDS,
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get(_ROUND, 0)}",
        label_visibility="collapsed",
        disabled=is_busy,
    )
    ids = tuple(file.file_id for file in files)
    terms, missing = None, None
    if files and st.session_state.get(_ASKS) == ids:
        terms, missing = _draw_terms()
    given = Given(files, terms, missing)
    if files:
        if missing:
            st.html(f'<p class="freshness">{escape(missing)}</p>')
        st.button(
            "Preview", key="preview", on_click=_begin, args=(given, True), disabled=is_busy or missing is not None
        )
    return given


def _draw_terms() -> tuple[Terms | None, str | None]:
    """Draw the fields for what neither a manifest nor the files say; return the terms, or what is missing."""
    st.html(
        '<p class="asks">Nothing in these files says when they were taken and which days they cover. It decides '
        "which weeks show a figure; say it here for all of them.</p>"
    )
    taken = st.datetime_input(
        "Taken when",
        value=None,
        format="DD/MM/YYYY",
        min_value=datetime.combine(FIRST_DAY, datetime.min.time()),
        max_value=datetime.combine(LAST_DAY, datetime.max.time()),
        key="upload_taken",
        help="The moment at which the case system was read, in local time: cases are late or not as at this moment.",
    )
    first, last = st.columns(2)
    with first:
        begins = _day("Covers from", "The first day of which the files hold everything that was recorded.")
    with last:
        ends = _day("Covers to", "The last such day; usually the day before the files were taken.")
    complete = st.radio(
        "What they list",
        (False, True),
        format_func={False: "Changes only", True: "Everything of these days"}.__getitem__,
        captions=(
            "Rows that are new or were corrected; nothing else changes.",
            "Every row of these days: rows that are no longer listed are withdrawn.",
        ),
        key="upload_complete",
    )
    if taken is None or begins is None or ends is None:
        return None, "Fill in when they were taken and which days they cover."
    try:
        return Terms(to_utc(taken), begins, ends, complete=bool(complete)), None
    except ExtractProblem as problem:
        return None, str(problem)


def _day(label: str, explained: str) -> date | None:
    day: date | None = st.date_input(
        label,
        value=None,
        format="DD/MM/YYYY",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=f"upload_{label}",
        help=explained,
    )
    return day


def _begin(given: Given, dry_run: bool, confirmed: frozenset[str] = frozenset()) -> None:
    asked = Asked(current_settings().database, current_actor(), given.terms, dry_run, confirmed)
    files = [Handed(file.name, file.getvalue()) for file in given.files]
    st.session_state[_JOB] = begin(given.key, asked, files)


@st.fragment(run_every=_EVERY_SECONDS)
def _draw_progress() -> None:
    job: Job = st.session_state[_JOB]
    if job.is_over:
        st.rerun()
    doing = "Preview" if job.asked.dry_run else "Loading"
    st.progress(job.share, text=plain(f"{doing}: {job.what[:1].lower()}{job.what[1:]} …"))


def _draw_end(job: Job, given: Given) -> None:
    is_of_these = job.key == given.key
    if job.asks_terms:
        if is_of_these and st.session_state.get(_ASKS) != given.ids:
            st.session_state[_ASKS] = given.ids
            st.rerun()
        return
    if job.problem is not None:
        if is_of_these:
            st.html(problem_html(job))
        return
    if job.report is None or (job.asked.dry_run and not is_of_these) or (not job.asked.dry_run and given.files):
        return
    with st.container(key="report", gap="small"):
        st.html(report_html(job.report, dry_run=job.asked.dry_run))
        if job.asked.dry_run and job.report.loaded:
            if _is_stale(job):
                st.html('<p class="freshness">Something else was loaded since this preview: preview again.</p>')
                return
            asked = job.report.to_confirm
            is_confirmed = draw_confirmations(asked)
            rows = counted(sum(extract.read for extract in job.report.loaded), "row")
            st.button(
                f"Load these files ({rows})",
                key="load",
                type="primary",
                on_click=_begin,
                args=(given, False, frozenset(extract.mark for extract in asked)),
                disabled=not is_confirmed,
            )


def _is_stale(job: Job) -> bool:
    """Return whether another load came between: what the preview told may no longer hold."""
    latest = max((load["load_id"] for load in loads.latest_loads(page_run())), default=0)
    return job.report is not None and job.report.load_id is not None and job.report.load_id != latest + 1


def problem_html(job: Job) -> str:
    """Return what is wrong, as a box that is read out at once."""
    title = "No preview" if job.asked.dry_run else "Not loaded"
    advice = ""
    if job.is_unconfirmed:
        advice = "<p>It is not what the preview told: the data have changed since. Preview these files again.</p>"
    elif job.is_about_files:
        advice = "<p>Mend the file, or take it away, and give it again. Everything stands as it did before.</p>"
    return f'<div class="problem" role="alert"><h3>{title}</h3><p>{escape(job.problem or "")}</p>{advice}</div>'
