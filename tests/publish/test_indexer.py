"""Pagefind over its pipes: pages in, an index out; and what is said when the program fails."""

from __future__ import annotations

import sys

import pytest

from govdigest.publish.errors import SearchIndexError
from govdigest.publish.indexer import index_of

PAGE = '<!doctype html><html lang="en"><body><main data-pagefind-body><h1>{}</h1><p>{}</p></main></body></html>'


def pages(number: int, words: int = 40) -> dict[str, str]:
    return {f"notes/{one}/index.html": PAGE.format(f"Note {one}", f"word{one} " * words) for one in range(number)}


def program(code: str) -> tuple[str, ...]:
    return sys.executable, "-c", code


def test_an_index_has_a_fragment_for_each_page_and_is_the_same_twice() -> None:
    made = index_of(pages(30))
    assert len([name for name in made if name.startswith("fragment/")]) == 30
    assert "pagefind-entry.json" in made
    again = index_of(pages(30))
    fragments = {name: body for name, body in made.items() if name.startswith(("fragment/", "index/"))}
    assert fragments == {name: body for name, body in again.items() if name in fragments}


def test_more_pages_than_pipes_hold_go_through() -> None:
    made = index_of(pages(300, words=2000))
    assert len([name for name in made if name.startswith("fragment/")]) == 300


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "ended, or was stopped, after 0 of 4 answers"),
        ("import sys; sys.stdin.read(9); print('no base64,', flush=True)", "what is no answer"),
        ("print('bnVsbA==,', flush=True)", "what is no answer"),
        (
            "print('eyJwYXlsb2FkIjogeyJ0eXBlIjogIkVycm9yIiwgIm1lc3NhZ2UiOiAidG9vIG9kZCJ9fQ==,', flush=True)",
            "refused a page: too odd",
        ),
    ],
)
def test_a_program_that_fails_is_told_of(code: str, said: str) -> None:
    with pytest.raises(SearchIndexError, match=said):
        index_of(pages(2), command=program(code))


def test_a_program_that_never_answers_is_stopped() -> None:
    with pytest.raises(SearchIndexError, match="was stopped, after 0 of 4"):
        index_of(pages(2), command=program("import time; time.sleep(60)"), seconds=0.3)


def test_a_program_that_is_not_there_is_told_of() -> None:
    with pytest.raises(SearchIndexError, match="did not run"):
        index_of(pages(2), command=("/nowhere/pagefind",))
