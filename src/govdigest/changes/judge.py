"""The judge: what a new text is, against the current one and those that were seen before.

Verdicts depend on the texts, the instant, the memory, the taxonomy and the settings, and on nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from govdigest.changes.compare import Difference, Read, bounded, differ, moves_of
from govdigest.changes.normal import fold, normal_hash
from govdigest.changes.odd import announced_day, oddities, retired, rewritten, stub
from govdigest.changes.rebase import onto_current
from govdigest.changes.telling import headline_of, reason_of, telling
from govdigest.changes.weigh import Weight
from govdigest.extract import examine
from govdigest.model import (
    Change,
    DateKind,
    EventKind,
    Judgement,
    JudgeSettings,
    KnownText,
    Memory,
    Pending,
    Returning,
    Taxonomy,
    Text,
    Verdict,
    VerdictKind,
)

_KNOWN = 400
"""Texts of a document that are remembered; the oldest that were never accepted are forgotten first."""
_SKETCH = 96
_NEAR_SAME = 0.9
_HEADLINE = 156
"""Letters of a headline that quotes."""
_HEADLINE_OF_MOVES = 120
"""Letters of one that tells a move, before the count of others."""
_ANEW = "Written anew. "


@dataclass(frozen=True)
class _Case:
    """What the judge was asked, with what it needs at every step. Hashes are made when they are first needed."""

    new: Text
    current: Text
    memory: Memory
    at: datetime
    read: Read
    taxonomy: Taxonomy
    settings: JudgeSettings
    current_version: str | None

    @cached_property
    def new_hash(self) -> str:
        """Of the new text's normal form."""
        return normal_hash(self.new.markdown)

    @cached_property
    def current_hash(self) -> str:
        """Of the current text's; remembered, where the current text was accepted with its version."""
        for known in self.memory.known:
            if known.version is not None and known.version == self.current_version:
                return known.normal_hash
        return normal_hash(self.current.markdown)


def judge(
    new: Text,
    current: Text | None,
    memory: Memory,
    at: datetime,
    *,
    read: Read,
    taxonomy: Taxonomy,
    settings: JudgeSettings,
    baseline: Text | None = None,
    resettled: bool = False,
    current_version: str | None = None,
) -> Judgement:
    """What ``new``, captured at ``at``, is against the ``current`` text (None: none was ever accepted).

    ``baseline`` is the last accepted capture, extracted again as ``new`` was; ``resettled`` says that the current
    version was extracted otherwise. With a baseline, ``new`` is judged against it, so that only what the site
    changed is news; the change is told in spans of the archived current text all the same. Without one, the first
    text after a change of the extractor is accepted as ``re-extraction``.

    The memory that comes back is what to store; an accepted text stands in it without its version, which the
    caller fills. Where ``returns_to`` is set, the spans of the change are of ``new``, whose normal form is that of
    the earlier version: a caller that shows the archived earlier text calls ``compare`` with it.
    """
    if current is None:
        doubt = examine(new, new.language or "en")
        if doubt is not None:
            return Judgement(Verdict(VerdictKind.BROKEN, (bounded(doubt.detail),)), memory)
        first = Memory(known=_remember(memory.known, normal_hash(new.markdown), at, new.language))
        return Judgement(
            Verdict(VerdictKind.FIRST, ("The first text of this document that was read",)),
            replace(first, variants=memory.variants, last_variant=memory.last_variant),
            accept=True,
            event=EventKind.FIRST,
            headline="First version read",
            effective=_effective(new, None),
        )
    if new.markdown == current.markdown:
        return Judgement(Verdict(VerdictKind.UNCHANGED), _settled(memory))
    case = _Case(new, current, memory, at, read, taxonomy, settings, current_version)
    why = _doubt(new, current)
    if why:
        return Judgement(Verdict(VerdictKind.BROKEN, (why,)), memory)
    if resettled:
        return _resettled(case, baseline)
    return _judge(case)


def _doubt(new: Text, current: Text) -> str:
    """Why the page itself shows that it is not the document; a current text of the same kind excuses it."""
    language = current.language or new.language or "en"
    doubt = examine(new, language)
    if doubt is None or doubt.reason == "other-language":
        return ""  # another language's edition is a variant
    same = examine(current, language)
    if same is not None and same.reason == doubt.reason:
        return ""
    return bounded(doubt.detail)


def _resettled(case: _Case, baseline: Text | None) -> Judgement:
    """After a change of the extractor or of a source's settings."""
    # the site's text is as old as it was: only the way of reading it is new
    seen = next((k.first_seen for k in case.memory.known if k.version and k.version == case.current_version), case.at)
    extracted = Judgement(
        Verdict(VerdictKind.RE_EXTRACTION, ("The page is read in a new way; the site did not change it",)),
        replace(_settled(case.memory), known=_remember(case.memory.known, case.new_hash, seen, case.new.language)),
        accept=True,
    )
    if baseline is None:
        difference = differ(case.current, case.new)
        if stub(difference):
            return Judgement(Verdict(VerdictKind.BROKEN, (stub(difference),)), case.memory)
        return extracted
    # a version of its own would lend the baseline the hash of the archived text
    judgement = _judge(replace(case, current=baseline, current_version=None))
    if judgement.verdict.kind is VerdictKind.COSMETIC:
        return extracted
    if judgement.change is None:
        return judgement
    return replace(judgement, change=onto_current(judgement.change, baseline, case.current, case.read(case.current)))


def _judge(case: _Case) -> Judgement:
    """A text that differs from the current one in its normal form, and is a document."""
    new, current, memory = case.new, case.current, case.memory
    difference = differ(current, new)
    if not difference.alignment.differs:
        return Judgement(
            Verdict(VerdictKind.COSMETIC, ("Nothing differs but marks, spaces or dates of update",)), _settled(memory)
        )
    known = _earlier(case)
    if known is not None:
        return _known(case, known, difference)
    short = stub(difference)
    if short:
        return Judgement(Verdict(VerdictKind.BROKEN, (short,)), memory)
    if new.language and current.language and new.language != current.language:
        reason = f"The site served an edition in another language ({new.language}, not {current.language})"
        return _variant(case, reason)
    if difference.weight is Weight.NOTHING and not oddities(difference) and not retired(difference):
        return Judgement(
            Verdict(VerdictKind.COSMETIC, ("Nothing differs but labels, references or dates of update",)),
            _settled(memory),
        )
    odd = oddities(difference) or _restless(case)
    if odd:
        waiting = _pending(case, odd)
        if waiting is not None:
            return waiting
    return _accept(case, difference)


def _restless(case: _Case) -> tuple[str, ...]:
    """Why even an ordinary change waits: the site has just served other texts. Empty where it has not.

    A document rarely changes twice within days; a site that serves several texts in turn does so all the time.
    """
    if case.memory.pending is not None:
        return ("It differs from the current text and from the odd one that was served before it",)
    earlier = [k.first_seen for k in case.memory.known if k.version is not None]
    lately = timedelta(days=case.settings.revert_days)
    if len(earlier) >= 2 and case.at - max(earlier) < lately:
        return (f"The text changed already on {max(earlier):%Y-%m-%d}: the site may serve several texts in turn",)
    return ()


def _accept(case: _Case, difference: Difference) -> Judgement:
    """News: the new text becomes the current one."""
    kind, reasons, change, headline = _told(case, difference)
    memory = replace(
        case.memory,
        known=_remember(
            _remember(case.memory.known, case.current_hash, case.at, case.current.language, case.current_version),
            case.new_hash,
            case.at,
            case.new.language,
        ),
        pending=None,
        returning=None,
    )
    if kind is VerdictKind.COSMETIC:
        return Judgement(Verdict(kind, reasons), _settled(case.memory))
    return Judgement(
        Verdict(kind, reasons),
        memory,
        change,
        accept=True,
        event=EventKind.MATERIAL if kind is VerdictKind.MATERIAL else EventKind.EDITORIAL,
        headline=headline,
        effective=_effective(case.new, case.current) or announced_day(difference),
    )


def _told(case: _Case, difference: Difference) -> tuple[VerdictKind, tuple[str, ...], Change, str]:
    """Verdict, reasons, change and headline of a difference."""
    spans = difference.spans
    if retired(difference):
        reason = "The earlier terms, which stood beside the present ones, were taken off the page"
        return VerdictKind.EDITORIAL, (reason,), spans, reason
    moves = moves_of(difference, case.read, case.taxonomy)
    change = Change(spans.added, spans.removed, spans.reworded, spans.moved, tuple(one.move for one in moves))
    ranked = sorted(moves, key=lambda move: -telling(move, case.taxonomy))
    told = [reason_of(move, case.taxonomy) for move in ranked]
    material = bool(moves) or difference.weight is Weight.MATERIAL
    reasons = tuple(dict.fromkeys(bounded(text) for text in [*told[:4], *difference.reasons]))[:8]
    anew = rewritten(difference) if material else ""
    lead = headline_of(ranked[0], case.taxonomy, _HEADLINE_OF_MOVES) if ranked else (*reasons, "The wording changed")[0]
    headline = _headline(lead, len(ranked) - 1, anew)
    if not material:
        kind = VerdictKind.EDITORIAL if difference.weight is Weight.EDITORIAL else VerdictKind.COSMETIC
        return kind, reasons, change, headline
    return VerdictKind.MATERIAL, ((anew, *reasons)[:8] if anew else reasons), change, headline


def _headline(lead: str, more: int, anew: str) -> str:
    """One line, the ``lead`` cut at a word where it is long; ``more``: other answers that changed."""
    text = f"{_ANEW}{lead}" if anew else lead
    if len(text) > _HEADLINE:
        text = text[: _HEADLINE - 3].rsplit(" ", 1)[0].rstrip(" ,;:…“") + " …"
        text += "”" * (text.count("“") - text.count("”"))
    if more <= 0:
        return text
    pause = ";" if "," in lead else ", and"  # no chain of 'and … and'
    return f"{text}{pause} {more} more {'answer' if more == 1 else 'answers'} changed"


# --------------------------------------------------------------------------- time


def _remember(
    known: Sequence[KnownText], text_hash: str, at: datetime, language: str, version: str | None = None
) -> tuple[KnownText, ...]:
    """``known`` with one more text, bounded; a text that is known stays as it is."""
    if any(k.normal_hash == text_hash for k in known):
        return tuple(known)
    known = (*known, KnownText(text_hash, version, at, language))
    while len(known) > _KNOWN:
        loose = next((i for i, k in enumerate(known) if k.version is None), 0)
        known = (*known[:loose], *known[loose + 1 :])
    return known


def _settled(memory: Memory) -> Memory:
    """The memory after the current text was seen: what waited was a passing edition, and is known as one."""
    known = memory.known
    if memory.pending is not None:
        known = _remember(known, memory.pending.normal_hash, memory.pending.since, "")
    return replace(memory, known=known, pending=None, returning=None)


def _variant(case: _Case, reason: str, returning: Returning | None = None) -> Judgement:
    memory = replace(
        case.memory,
        known=_remember(case.memory.known, case.new_hash, case.at, case.new.language),
        returning=returning,
        variants=case.memory.variants + 1,
        last_variant=case.at,
    )
    return Judgement(Verdict(VerdictKind.VARIANT, (bounded(reason),)), memory)


def _earlier(case: _Case) -> KnownText | None:
    """The known text that the new one is, other than the current one."""
    others = [k for k in case.memory.known if k.version is None or k.version != case.current_version]
    if not others or case.new_hash == case.current_hash:
        return None
    return next((k for k in others if k.normal_hash == case.new_hash), None)


def _known(case: _Case, known: KnownText, difference: Difference) -> Judgement:
    """A text that was seen before: a variant, until it stays."""
    old = case.memory.returning
    if old is not None and old.normal_hash == case.new_hash:
        returning = replace(old, captures=old.captures + 1)
    else:
        returning = Returning(case.new_hash, case.at, 1)
    what = "An earlier text" if known.version is not None else "A text that the site served before"
    foreign = bool(case.new.language and case.current.language and case.new.language != case.current.language)
    stays = returning.captures >= case.settings.revert_captures and case.at - returning.since >= timedelta(
        days=case.settings.revert_days
    )
    if foreign or not stays:
        return _variant(
            case, f"{what} is served again (first seen on {known.first_seen.day} {known.first_seen:%B %Y})", returning
        )
    if known.version is None:
        return _accept(case, difference)
    kind, reasons, change, _ = _told(case, difference)
    if kind is VerdictKind.COSMETIC:
        kind = VerdictKind.EDITORIAL
    reason = f"The text first seen on {known.first_seen.day} {known.first_seen:%B %Y} is in force again"
    return Judgement(
        Verdict(kind, (reason, *reasons)[:8]),
        replace(case.memory, pending=None, returning=None),
        change,
        returns_to=known.version,
        event=EventKind.REVERTED,
        headline=reason,
        effective=_effective(case.new, case.current),
    )


def _pending(case: _Case, reasons: tuple[str, ...]) -> Judgement | None:
    """The judgement that an odd text waits; None when this capture confirms it."""
    old = case.memory.pending
    sketch = _sketch(case.new)
    if old is not None and (old.normal_hash == case.new_hash or _alike(old.sketch, sketch)):
        if case.at - old.since >= timedelta(hours=case.settings.confirm_after_hours):
            return None
        pending = Pending(case.new_hash, old.since, old.reasons, sketch)
    else:
        pending = Pending(case.new_hash, case.at, reasons, sketch)
    wait = f"It waits for a second capture, at least {case.settings.confirm_after_hours:g} hours later"
    return Judgement(
        Verdict(VerdictKind.PENDING, (*reasons, wait)), replace(case.memory, pending=pending, returning=None)
    )


def _sketch(text: Text) -> tuple[int, ...]:
    """The smallest hashes of a text's sentences: two sketches tell how much two texts share (Broder 1997)."""
    raws = [text.slice(p.span) for p in text.passages]
    hashes = {
        int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest())
        for key in fold(raws)
        if key.count(" ") >= 4
    }
    return tuple(sorted(hashes)[:_SKETCH])


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two sketches are of nearly the same text."""
    if not one or not other:
        return False
    union = sorted(set(one) | set(other))[:_SKETCH]
    shared = set(one) & set(other)
    return sum(value in shared for value in union) >= _NEAR_SAME * len(union)


def _effective(new: Text, current: Text | None) -> date | None:
    """The day that ``new`` says it takes effect: the latest that ``current`` does not state."""
    old = {stated.day for stated in current.dates if stated.kind is DateKind.EFFECTIVE} if current else set()
    days = [stated.day for stated in new.dates if stated.kind is DateKind.EFFECTIVE and stated.day not in old]
    return max(days, default=None)
