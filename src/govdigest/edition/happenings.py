"""Events as pages tell them: with names, moves in words, redlines, and one entry for each piece of news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from govdigest.changes import redline
from govdigest.edition.documents import ReadDocument
from govdigest.edition.nouns import EventView, MoveView
from govdigest.marks import plain
from govdigest.model import (
    Change,
    Document,
    Event,
    EventKind,
    Exposure,
    Finding,
    FindingMove,
    Platform,
    Provision,
    RedlineBlock,
    Taxonomy,
    Text,
    Version,
)

_CHANGES = {EventKind.MATERIAL, EventKind.EDITORIAL, EventKind.REVERTED}


@dataclass(frozen=True, slots=True)
class _Told:
    view: EventView
    news: tuple[object, ...]
    """Events with the same key are one piece of news."""


LoadText = Callable[[Version], Text]
"""An archived version to its text."""


def tell(documents: Sequence[ReadDocument], load: LoadText, taxonomy: Taxonomy) -> tuple[_Told, ...]:
    """Every event of the documents, newest first."""
    corrections = {e.corrects: e for d in documents for e in d.events if e.corrects is not None}
    told = []
    for read in documents:
        by_id = {version.id: version for version in read.versions}
        for event in read.events:
            before, after = by_id.get(event.before or ""), by_id.get(event.after or "")
            compare = partial(_compare, load, before, after, event.change)
            view = _view(read.platform, read.document, event, compare, taxonomy, corrections.get(event.id))
            shared = event.text_hash if event.kind in {EventKind.FIRST, *_CHANGES} else event.id
            # the texts before may differ where nothing is told of it, as in the address of a link
            told.append(_Told(view, (event.kind, event.announced, shared, event.headline, event.reasons)))
    told.sort(key=lambda t: (t.view.platform.slug, t.view.document.slug, t.view.event.id))
    told.sort(key=lambda t: t.view.event.announced, reverse=True)
    return tuple(told)


def news(told: Sequence[_Told]) -> tuple[EventView, ...]:
    """One view for each piece of news, newest first; the other documents that it is about are named in ``also``."""
    groups: dict[tuple[object, ...], list[EventView]] = {}
    for item in told:
        groups.setdefault(item.news, []).append(item.view)
    return tuple(_with_also(views[0], views[1:]) for views in groups.values())


def _compare(
    load: LoadText, before: Version | None, after: Version | None, change: Change | None
) -> tuple[RedlineBlock, ...]:
    if before is None or after is None or change is None:
        return ()
    return redline(load(before), load(after), change)


def _with_also(view: EventView, others: Sequence[EventView]) -> EventView:
    return replace(view, also=tuple((other.platform, other.document) for other in others))


def _view(
    platform: Platform,
    document: Document,
    event: Event,
    compare: Callable[[], tuple[RedlineBlock, ...]],
    taxonomy: Taxonomy,
    corrected_by: Event | None,
) -> EventView:
    change = event.change
    counts = {
        "added": len(change.added) if change else 0,
        "removed": len(change.removed) if change else 0,
        "reworded": len(change.reworded) if change else 0,
        "moved": len(change.moved) if change else 0,
        "findings": len(change.moves) if change else 0,
    }
    base = f"platforms/{platform.slug}/{document.slug}/"
    return EventView(
        event=event,
        platform=platform,
        document=document,
        url=f"{base}changes/{event.id}/",
        moves=_moves(change.moves, event.reasons, taxonomy) if change else (),
        compare=compare,
        counts=counts,
        corrected_by=corrected_by,
    )


def _moves(moves: Sequence[FindingMove], reasons: Sequence[str], taxonomy: Taxonomy) -> tuple[MoveView, ...]:
    """The moves in the order in which they were announced, each with the words of its reason."""
    views = []
    for move in moves:
        view = _move(move, taxonomy)
        opening = f"{view.subject}: "
        place = next((i for i, reason in enumerate(reasons) if reason.startswith(opening)), len(reasons))
        short = reasons[place].removeprefix(opening) if place < len(reasons) else ""
        views.append((place, replace(view, short=short)))
    return tuple(view for _, view in sorted(views, key=lambda item: item[0]))


def _move(move: FindingMove, taxonomy: Taxonomy) -> MoveView:
    provision = next((p for p in taxonomy.provisions if p.slug == move.provision), None)
    before, after = _exposure(provision, move.before), _exposure(provision, move.after)
    meaning = _most_exposed(provision, move.after or move.before)
    return MoveView(
        provision=move.provision,
        name=move.name,
        scope=move.scope,
        before_words=move.before_words,
        after_words=move.after_words,
        before_quotes=tuple(plain(q.text, inside=True) for f in move.before for q in f.quotes),
        after_quotes=tuple(plain(q.text, inside=True) for f in move.after for q in f.quotes),
        exposure_before=before,
        exposure_after=after,
        why=meaning[0],
        ask=meaning[1],
    )


def _exposure(provision: Provision | None, findings: Sequence[Finding]) -> Exposure | None:
    """The highest exposure among the findings; None for silence, and for what the taxonomy no longer has."""
    if provision is None:
        return None
    known = {position.slug: position.exposure for position in provision.positions}
    return max((known[f.position] for f in findings if f.position in known), key=lambda e: e.rank, default=None)


def _most_exposed(provision: Provision | None, findings: Sequence[Finding]) -> tuple[str, str]:
    if provision is None:
        return "", ""
    stated = {finding.position for finding in findings}
    positions = [position for position in provision.positions if position.slug in stated]
    if not positions:
        return "", ""
    worst = max(positions, key=lambda position: position.exposure.rank)
    return worst.why, worst.ask
