"""The native sheet of a list: native names, values as codes, and a remark where one was not known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from data_access.extracts import NO_TEAM
from data_access.extracts.formats import ANNEX_A
from data_access.extracts.placeholders import FAILED_FORMULAS
from data_access.loading.checks.cell_meaning import FAILED, NOT_WORKED_OUT
from data_access.loading.checks.cleaning import Codes
from data_access.loading.checks.column_remarks import MESSAGES
from data_access.loading.checks.nothing import FORMULAS, NOT_CALCULATED, says_nothing
from data_access.loading.delivery.sheet import REMARKS, ROW, Sheet
from data_access.loading.formats.annex_a.rows import TYPED, Listed
from data_access.loading.formats.annex_a.spelling import code_of, yes_or_no

WHOLE_ROW: Final = "(whole row)"
"""What messages call the made key, for which the file has no column."""

_UNKNOWN: Final = ("unknown", "other")
"""The codes of which the first that a list has stands for words that none of its codes fits."""

_LONGEST_VALUE: Final = 100


@dataclass(frozen=True)
class Workbook:
    """The file that the lists stand in, its SHA-256, and the codes by list."""

    file: Path
    digest: str
    codes: Codes


@dataclass
class Shaping:
    """A list on its way into a native sheet, with the remarks met."""

    workbook: Workbook
    listed: Listed
    remarks: list[pl.DataFrame] = field(default_factory=list)

    def code(self, name: str, codes: str, *, required: bool = False) -> pl.Expr:
        """Return a field as codes of a list; words that none fits are remarked on, and count as not known.

        Where the list has no code for that they are blank, or other where a code is `required` in every row.
        """
        known = self.workbook.codes[codes]
        there = set(known.values())
        unknown = next((code for code in (_UNKNOWN if required else _UNKNOWN[:1]) if code in there), None)
        coded = self._translated(name, lambda words: code_of(words, known), pl.String)
        self._unspelled(name, coded, unknown or "blank")
        says = self._says(name)
        if required and self.listed.has(name):
            self.remark(
                ~says,
                "code_missing",
                name,
                f"is empty; it counts as {unknown or 'blank'}",
            )
        return pl.coalesce(coded, pl.when(says | pl.lit(required)).then(pl.lit(unknown)), self.silent(name))

    def yes_no(self, name: str) -> pl.Expr:
        """Return a field as whether it says yes; words that say neither are remarked on, and are blank."""
        told = self._translated(name, yes_or_no, pl.Boolean)
        self._unspelled(name, told, "blank")
        return told

    def cell(self, name: str) -> pl.Expr:
        """Return a field, and as typed what says nothing in it: the loader tells of it, and decides what it means."""
        return pl.coalesce(self.listed.field(name), self.silent(name))

    def silent(self, name: str) -> pl.Expr:
        """Return as typed what says nothing in a field: a word for nothing, or that a formula failed."""
        return pl.when(~self._says(name)).then(self._typed(name))

    def team(self) -> pl.Expr:
        """Return the team as it is named, or the one of rows that name none."""
        return pl.when(self._says("team")).then(self.listed.field("team")).otherwise(pl.lit(NO_TEAM))

    def remark(
        self,
        where: pl.Expr,
        check: str,
        name: str,
        message: str | pl.Expr,
        rows: pl.DataFrame | None = None,
        *,
        quoted: bool = True,
    ) -> None:
        """Note a remark on the list's rows, or on these of them, for which `where` holds.

        The cell is `quoted` unless it may identify people.
        """
        rows = self.listed.rows if rows is None else rows
        typed = self._typed(name) if quoted else pl.lit(None, pl.String)
        remarked = rows.filter(where).select(
            ROW,
            pl.lit(check).alias("check"),
            pl.lit(self.listed.headings.get(name, name)).alias("field"),
            typed.str.slice(0, _LONGEST_VALUE).alias("value"),
            (pl.lit(message) if isinstance(message, str) else message).alias("message"),
        )
        self.remarks.append(remarked.match_to_schema(pl.Schema(REMARKS)))

    def sheet(
        self,
        extract: str,
        cells: pl.DataFrame,
        fields: Mapping[str, str],
        *,
        also: Sequence[str] = (),
        notices: Sequence[str] = (),
    ) -> Sheet:
        """Return the native sheet: `cells` of ROW and native columns, `fields` the list's field by native column.

        `also` are fields that were read and have no native column of their own. Remarks on rows that are not among
        the cells are dropped: another sheet has the rows, and the remarks.
        """
        headings = {"": WHOLE_ROW, **self.listed.headings}
        called = {native: headings[name] for native, name in fields.items() if name in headings}
        for native, name in (*fields.items(), *(("", other) for other in also)):
            if self.listed.has(name):
                self._formulas(name, cells.get_column(native) if native in cells.columns else None, cells)
        return Sheet(
            self.workbook.file,
            self.listed.sheet,
            tuple(cells.columns[1:]),
            cells.lazy(),
            self.workbook.digest,
            from_workbook=True,
            extract=extract,
            format=ANNEX_A,
            called=called,
            remarks=pl.concat([pl.DataFrame(schema=REMARKS), *self.remarks])
            .join(cells, on=ROW, how="semi")
            .sort(ROW, maintain_order=True),
            notices=tuple(notices),
        )

    def _formulas(self, name: str, told: pl.Series | None, cells: pl.DataFrame) -> None:
        """Remark on the field's formulas that give nothing, but for those that the loader will tell of."""
        rows = self.listed.rows
        if told is not None:
            by_loader = cells.filter(told.str.to_lowercase().is_in(FORMULAS)).get_column(ROW)
            rows = rows.filter(~pl.col(ROW).is_in(by_loader.implode()))
        low = pl.col(TYPED + name).str.to_lowercase()
        for where, check in ((low.is_in(FAILED_FORMULAS), FAILED), (low == NOT_CALCULATED, NOT_WORKED_OUT)):
            self.remark(where, check, name, MESSAGES[check], rows)

    def _typed(self, name: str) -> pl.Expr:
        return pl.col(TYPED + name) if self.listed.has(name) else pl.lit(None, pl.String)

    def _says(self, name: str) -> pl.Expr:
        """Return whether a field says something: what is a code always does."""
        return pl.col(name).is_not_null() & ~says_nothing(name) if self.listed.has(name) else pl.lit(value=False)

    def _translated(self, name: str, meaning: Callable[[str], object], dtype: type[pl.DataType]) -> pl.Expr:
        if not self.listed.has(name):
            return pl.lit(None, dtype)
        words = self.listed.rows.get_column(name).drop_nulls().unique().to_list()
        meanings = {word: meaning(word) for word in words}
        return pl.col(name).replace_strict(list(meanings), list(meanings.values()), default=None, return_dtype=dtype)

    def _unspelled(self, name: str, meaning: pl.Expr, becomes: str) -> None:
        if self.listed.has(name):
            unread = self._says(name) & meaning.is_null()
            self.remark(unread, "unknown_spelling", name, f"is no spelling that is known; it counts as {becomes}")
