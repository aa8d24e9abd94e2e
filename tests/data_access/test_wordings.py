"""How measures were defined: kept once, again when the words change, never overwritten."""

from dataclasses import replace

import sqlalchemy as sa

from data_access.database.opening import writing
from data_access.measures import MEASURES
from data_access.queries.definitions import wordings
from data_access.scope import Scope
from data_access.up_to_date import up_to_date
from data_access.wordings import keep_wordings, wordings_are_kept

DEFINITIONS = [measure.definition for measure in MEASURES.values()]
FIRST, *OTHERS = DEFINITIONS


def test_the_words_of_every_measure_are_kept_from_the_start(database: sa.Engine) -> None:
    with database.connect() as connection:
        kept = wordings(Scope.everything(), connection)
        assert {name: [each.how for each in held] for name, held in kept.items()} == {
            definition.id: [definition.how] for definition in DEFINITIONS
        }
        assert wordings_are_kept(connection, DEFINITIONS)


def test_changed_words_are_a_further_edition_and_the_first_stays(database: sa.Engine) -> None:
    changed = [replace(FIRST, how="Otherwise."), *OTHERS]
    with writing(database) as connection:
        assert not wordings_are_kept(connection, changed)
        keep_wordings(connection, changed)
        keep_wordings(connection, changed)
        assert wordings_are_kept(connection, changed)
        kept = wordings(Scope.everything(), connection)
    assert [each.how for each in kept[FIRST.id]] == [FIRST.how, "Otherwise."]
    assert all(len(kept[definition.id]) == 1 for definition in OTHERS)


def test_a_database_with_older_words_is_brought_up_to_date_on_opening(database: sa.Engine) -> None:
    url = database.url.render_as_string(hide_password=False)
    with writing(database) as connection:
        keep_wordings(connection, [replace(FIRST, misleads="Nothing."), *OTHERS])
    opened = up_to_date(url)
    with opened.connect() as connection:
        held = wordings(Scope.everything(), connection)[FIRST.id]
        assert [each.misleads for each in held] == [FIRST.misleads, "Nothing.", FIRST.misleads]
        assert wordings_are_kept(connection, DEFINITIONS)
    opened.dispose()
