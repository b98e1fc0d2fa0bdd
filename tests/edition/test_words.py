"""Why there is no text, told to readers."""

from __future__ import annotations

import pytest

from govdigest.edition.words import failure_words
from govdigest.model import FailureClass


@pytest.mark.parametrize(
    ("reason", "detail", "said"),
    [
        (
            FailureClass.NOT_A_DOCUMENT,
            "index: The page lists other documents (12 links) and says little itself.",
            "its address shows something else: the page lists other documents (12 links) and says little itself",
        ),
        (
            FailureClass.NOT_A_DOCUMENT,
            "nothing here: at all",
            "its address shows something else (nothing here: at all)",
        ),
        (FailureClass.BLOCKED, "status 403", "the site refused our request (status 403)"),
        (
            FailureClass.GONE,
            "status 410: the page was removed",
            "the site says that the page is gone (status 410: the page was removed)",
        ),
        (FailureClass.TLS, "", "no secure connection could be made"),
    ],
)
def test_a_failure_is_told_without_slugs(reason: FailureClass, detail: str, said: str) -> None:
    assert failure_words(reason, detail) == said
