"""Evidence of a move: which passages are touched, which stand in both texts, and what is only said in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govdigest.changes.lexicon import WEAK, concepts, is_small
from govdigest.changes.normal import fold
from govdigest.changes.quantities import quantities
from govdigest.changes.spans import Spans
from govdigest.marks import plain
from govdigest.model import Finding, Pair, Span, Text

_SAME = 0.85
"""Share of a statement's words that a passage must hold to say the same."""
_FEWEST = 3
"""Words that carry meaning which a statement needs, to be looked for in another passage."""


def reach(text: Text, touched: Sequence[Span]) -> Spans:
    """What is touched, and every passage whose lead-in or table header is."""
    spans = Spans(touched)
    if not touched:
        return spans
    below = [p.span for p in text.passages if any(spans.touch(context) for context in p.context)]
    return Spans([*touched, *below])


def standing_text(text: Text, changed: Sequence[Span]) -> Text:
    """``text`` with only the passages that no one ``changed``: what both texts say, and where it stands in this one.

    The others are blanks, so that offsets stay, and so that it is another text to whoever remembers what texts state.
    """
    spans = reach(text, changed)
    kept = []
    parts: list[str] = []
    done = 0
    for passage in text.passages:
        if not spans.touch(passage.span):
            kept.append(passage)
            continue
        start = max(done, passage.span.start)
        if passage.span.end > start:
            parts += [text.markdown[done:start], re.sub(r"[^\n]", " ", text.markdown[start : passage.span.end])]
            done = passage.span.end
    return replace(text, markdown="".join(parts) + text.markdown[done:], passages=tuple(kept))


def stands_in(value: str, findings: Sequence[Finding]) -> bool:
    """Whether a ``value`` with a number is written in the quotes of ``findings``, though they do not give it."""
    if not re.search(r"\d", value):
        return False
    sought = re.compile(rf"(?<![\w.,]){re.escape(value)}s?(?![\w])")
    return any(sought.search(key) for key in fold([quote.text for f in findings for quote in f.quotes]))


def exchanged(value: str, findings: Sequence[Finding], reworded: Sequence[Pair], text: Text, other: Text) -> str:
    """The number that a reworded passage has in place of ``value``, which ``findings`` read in it; empty if none.

    ``reworded``: pairs of a span of ``text`` and its like in ``other``. '5 days' became '5 business days', though the
    second is no value to a reader who does not know the words around it.
    """
    quotes = Spans([quote.span for finding in findings for quote in finding.quotes])
    for pair in reworded:
        if not quotes.touch(pair.before):
            continue
        raws = text.slice(pair.before), other.slice(pair.after)
        keys = fold(raws)
        old, new = (quantities(plain(raw), key) for raw, key in zip(raws, keys, strict=True))
        gone = [q for q in old if (q.kind, q.value) not in {(n.kind, n.value) for n in new}]
        come = [q for q in new if (q.kind, q.value) not in {(o.kind, o.value) for o in old}]
        if len(gone) == len(come) == 1 and gone[0].kind == come[0].kind and gone[0].words == value:
            return come[0].words
    return ""


def restated(findings: Sequence[Finding], text: Text, touched: Spans, other: Text, there: Spans) -> bool:
    """Whether every touched quote of ``findings`` has its words, and their force, in a touched passage of ``other``.

    Then the statement was reworded; that the other text is read as silent is the reader's doing.
    """
    quotes = [text.slice(q.span) for f in findings for q in f.quotes if touched.touch(q.span)]
    if not quotes:
        return False
    passages = fold([other.slice(p.span) for p in other.passages if there.touch(p.span)])
    return all(any(_says(key, passage) for passage in passages) for key in fold(quotes))


def _says(statement: str, passage: str) -> bool:
    """Whether ``passage`` holds the words of ``statement``, its numbers and its force; both in the normal form."""
    sought = {word for word in statement.split() if not is_small(word)}
    held = set(passage.split())
    missing = sought - held
    if len(sought) < _FEWEST or len(missing) > (1 - _SAME) * len(sought) or any(word.isdigit() for word in missing):
        return False
    return set(concepts(statement)) - WEAK == set(concepts(passage)) - WEAK
