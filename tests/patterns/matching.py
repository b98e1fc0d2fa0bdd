"""What a pattern meets, asked as a provision file would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govdigest.extract import segment
from govdigest.patterns import Expander, Lexicon
from govdigest.positions.matching import Matcher
from govdigest.positions.page import Page

VOCABULARY: Mapping[str, Sequence[str]] = {
    "we": ["(we | us)", "the company"],
    "data": ["{we}? (data | information)"],
    "far": ["{we} …3 {data}"],
}


def met(pattern: str, passage: str, types: Mapping[str, str] | None = None) -> bool:
    """Whether ``pattern`` stands in the last passage of ``passage``."""
    return bool(values(pattern, passage, types))


def values(pattern: str, passage: str, types: Mapping[str, str] | None = None) -> list[tuple[tuple[str, str], ...]]:
    """The values of each match of ``pattern`` in the last passage of ``passage``."""
    matcher = Matcher(Expander(Lexicon(VOCABULARY)))
    patterns = matcher.patterns([pattern], types)
    page = Page.of(segment(passage, language="en"), matcher)
    return [match.values for match in page.matches(patterns, page.views[-1])]
