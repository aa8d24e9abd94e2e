"""Merges of children: whatever comes, no circle ever stands, and nothing sound is refused."""

from hypothesis import given
from hypothesis import strategies as st

from data_access.loading.merge.merged_children import survivors, with_merges

CHILDREN = st.sampled_from("ABCDEF")
MERGES = st.dictionaries(CHILDREN, CHILDREN, max_size=6)


def has_a_circle(merges: dict[str, str]) -> bool:
    for start in merges:
        into, steps = start, 0
        while into in merges and steps <= len(merges):
            into, steps = merges[into], steps + 1
        if into in merges:
            return True
    return False


@given(standing=MERGES.filter(lambda merges: not has_a_circle(merges)), added=MERGES)
def test_no_circle_ever_stands(standing: dict[str, str], added: dict[str, str]) -> None:
    merges, refused = with_merges(standing, added)
    assert not has_a_circle(merges)
    assert refused <= added.keys()
    expected = standing | {child: into for child, into in added.items() if child not in refused}
    assert merges == expected
    assert all(into not in merges for into in survivors(merges).values())
    if not has_a_circle(standing | added):
        assert not refused


def test_a_merge_put_back_may_close_a_circle_with_another_that_comes() -> None:
    assert with_merges({"A": "B"}, {"A": "A", "B": "A"}) == ({"A": "B"}, {"A", "B"})
    assert with_merges({"Z": "B"}, {"B": "Z", "Z": "Z"}) == ({"Z": "B"}, {"B", "Z"})
