"""What only comparison shows: a capture that is too unlike the current text to be believed at once."""

from __future__ import annotations

from govdigest.changes.compare import Difference
from govdigest.model import DateKind, Text

_STUB_WORDS = 400
_STUB_SHARE = 0.15
_KEPT = 0.45
"""Least share of the current text's words that an ordinary change keeps."""
_LOST = 0.12
"""Share of words that may go with nothing in their place."""
_GROWN = 0.30
"""Share of words that may come with nothing taken out."""
_BALANCE = 0.25
"""Up to this ratio of the smaller to the larger side, a change is all loss, or all growth."""
_REWRITTEN = 0.1
"""Share of words reworded from which a growth is a rewriting: sections that load late change nothing else."""
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
    if 1 - removed < _KEPT:
        return (f"Only {round(100 * (1 - removed))}% of the current text's words are left: it may be another document",)
    if removed >= _LOST and added <= _BALANCE * removed:
        return (f"{round(100 * removed)}% of the text is gone, with nothing in its place",)
    if added >= _GROWN and removed <= _BALANCE * added and difference.share_reworded <= _REWRITTEN:
        return (f"The text grew by {round(100 * added)}% at once",)
    return ()


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


def new_effective_date(before: Text, after: Text) -> bool:
    """Whether ``after`` states a day of effect later than any that ``before`` states."""
    old = [stated.day for stated in before.dates]
    return any(
        stated.kind is DateKind.EFFECTIVE and (not old or stated.day > max(old))
        for stated in after.dates
        if stated not in before.dates
    )
