"""What only comparison shows: a capture that is too unlike the current text to be believed at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govdigest.changes.align import Alignment, Link
from govdigest.changes.compare import Difference
from govdigest.changes.normal import fold
from govdigest.changes.quantities import announces
from govdigest.extract import stated_dates
from govdigest.model import DateKind, Text

_STUB_WORDS = 400
_STUB_SHARE = 0.15
_KEPT = 0.45
"""Least share of the current text's words that an ordinary change keeps."""
_LOST = 0.12
"""Share of words that may go with nothing in their place."""
_TAIL = 0.05
"""Share of words that may go at the end of the text, where nothing else does."""
_STRAY = 0.01
_FEW_LEFT = 3
"""Passages without words that may stand at a text's end."""
_GROWN = 0.30
"""Share of words that may come with nothing taken out."""
_BALANCE = 0.25
"""Up to this ratio of the smaller to the larger side, a change is all loss, or all growth."""
_REWRITTEN = 0.1
"""Share of words reworded from which a growth is a rewriting: sections that load late change nothing else."""
_ANEW = 0.6
"""Share of words gone from which a text that stays as long was written anew."""
_REPEATED = 0.5
"""Share of the words that came or went whose passage has a twin: two editions of one document on one page."""


def stub(difference: Difference) -> str:
    """Why the new text is no document beside the current one; empty when it may be one."""
    before, after = difference.words_before, difference.words_after
    if before >= 150 and after <= _STUB_SHARE * before and (after <= _STUB_WORDS or difference.share_removed >= 0.9):
        return f"Only {after:,} of {before:,} words are left"
    return ""


def oddities(difference: Difference) -> tuple[str, ...]:
    """Why the new text waits for a second capture; empty for an ordinary change."""
    if announced(difference) or retired(difference):
        return ()
    removed, added = difference.share_removed, difference.share_added
    if cut_short(difference):
        return (cut_short(difference),)
    if 1 - removed < _KEPT:
        return (f"Only {round(100 * (1 - removed))}% of the current text's words are left: it may be another document",)
    if removed >= _LOST and added <= _BALANCE * removed:
        return (f"{round(100 * removed)}% of the text is gone, with nothing in its place",)
    if added >= _GROWN and removed <= _BALANCE * added and difference.share_reworded <= _REWRITTEN:
        return (f"The text grew by {round(100 * added)}% at once",)
    return ()


def cut_short(difference: Difference) -> str:
    """That the text breaks off before its end, in words; empty where it ends as a text does.

    Either its last passage is the beginning of one that stood there, or all that stood behind a place is gone, and
    nothing else is.
    """
    alignment = difference.alignment
    if not alignment.removed and not alignment.reworded:
        return ""
    kept = max((n for link in _links(alignment) for n in link.before), default=-1)
    tail = [number for number in alignment.removed if number > kept]
    if not alignment.after.passages or (tail and tail[-1] < len(alignment.before.passages) - _FEW_LEFT):
        return ""
    stood = [alignment.before.passages[number].span for number in [kept, *tail[:1]] if number >= 0]
    last = fold([alignment.after.slice(alignment.after.passages[-1].span)])[0]
    begun = last.rpartition(" ")[0] or last  # the last word may be broken itself
    olds = fold([alignment.before.slice(span) for span in stood])
    if any(len(key) > len(last) and key.startswith(f"{begun} ") for key in olds):
        end = alignment.after.slice(alignment.after.passages[-1].span).rstrip(' *_)]”"|')
        if last and not end.endswith((".", "!", "?", ":", ";")):
            return "The text breaks off in mid-sentence: it may not have been served whole"
    size = sum(_words_of(alignment.before, number) for number in tail)
    other = sum(_words_of(alignment.before, number) for number in alignment.removed if number <= kept)
    if size >= _TAIL * difference.words_before and other <= _BALANCE * size and difference.share_added <= _STRAY:
        return (
            f"The last {round(100 * size / max(1, difference.words_before))}% of the text are gone, and nothing else is"
        )
    return ""


def _links(alignment: Alignment) -> Iterator[Link]:
    yield from alignment.equal
    yield from alignment.moved
    yield from alignment.reworded


def _words_of(text: Text, number: int) -> int:
    return text.slice(text.passages[number].span).count(" ") + 1


def announced(difference: Difference) -> bool:
    """Whether future terms now stand beside the current ones: most of what came is a revision of what stays."""
    return (
        difference.share_added >= _GROWN
        and difference.share_removed <= 0.1
        and difference.repeated_added >= _REPEATED
        and new_effective_date(difference.alignment.before, difference.alignment.after)
    )


def retired(difference: Difference) -> bool:
    """Whether old terms went that stood beside the new ones: most of what went has a twin that stays."""
    return (
        difference.share_removed >= _LOST
        and difference.share_added <= 0.05
        and difference.repeated_removed >= _REPEATED
    )


def rewritten(difference: Difference) -> str:
    """That the text was written anew, in words; empty where most of it stands as it did."""
    gone = difference.share_removed
    if gone < _ANEW or difference.share_added < 0.5 * gone:
        return ""
    return f"The text was written anew: {round(100 * gone)}% of its words are gone, and others stand in their place"


def announced_day(difference: Difference) -> date | None:
    """The day on which a sentence that came says that the document will change."""
    alignment = difference.alignment
    spans = [alignment.after.passages[number].span for number in alignment.added]
    spans += [alignment.span_after(link) for link in alignment.reworded]
    for words in fold([alignment.after.slice(span) for span in spans]):
        day = announces(words)
        for stated in stated_dates(f"Effective: {day}") if day else ():
            return stated.day
    return None


def new_effective_date(before: Text, after: Text) -> bool:
    """Whether ``after`` states a day of effect later than any that ``before`` states."""
    old = [stated.day for stated in before.dates]
    return any(
        stated.kind is DateKind.EFFECTIVE and (not old or stated.day > max(old))
        for stated in after.dates
        if stated not in before.dates
    )
