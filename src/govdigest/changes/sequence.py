"""A row of captures, as daily pulls of them would judge it: what ``govdigest diff`` and the evaluation run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from govdigest.changes.compare import Read
from govdigest.changes.judge import judge
from govdigest.extract import ExtractError, extract
from govdigest.marks import plain
from govdigest.model import (
    Change,
    EventKind,
    Judgement,
    JudgeSettings,
    KnownText,
    Memory,
    Taxonomy,
    Text,
    Verdict,
    VerdictKind,
    stamp,
)

START = datetime(2020, 1, 1, tzinfo=UTC)
"""When the first capture is taken to be: captures stand a day apart, and no clock is read."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one capture was judged to be, and the passages that an announced change reports, as readers see them."""

    verdict: Verdict
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    event: EventKind | None = None
    headline: str = ""
    change: Change | None = None


def replay(
    captures: Iterable[tuple[bytes, str]], *, read: Read, taxonomy: Taxonomy, settings: JudgeSettings | None = None
) -> tuple[Step, ...]:
    """A step for each of ``captures`` (body and media type), in order, a day apart."""
    return tuple(_steps(_texts(captures), read, taxonomy, settings or JudgeSettings()))


def replay_texts(
    texts: Iterable[Text], *, read: Read, taxonomy: Taxonomy, settings: JudgeSettings | None = None
) -> tuple[Step, ...]:
    """The same for texts that were extracted already."""
    return tuple(_steps(texts, read, taxonomy, settings or JudgeSettings()))


def _texts(captures: Iterable[tuple[bytes, str]]) -> Iterator[Text | str]:
    """The text of each capture, or why there is none; the same bytes are extracted once."""
    done: dict[tuple[bytes, str], Text | str] = {}
    for body, media_type in captures:
        if (body, media_type) not in done:
            try:
                done[body, media_type] = extract(body, media_type)
            except ExtractError as error:
                done[body, media_type] = str(error) or type(error).__name__
        yield done[body, media_type]


def _steps(texts: Iterable[Text | str], read: Read, taxonomy: Taxonomy, settings: JudgeSettings) -> Iterator[Step]:
    memory = Memory()
    current: Text | None = None
    version: str | None = None
    accepted: dict[str, Text] = {}
    for day, text in enumerate(texts):
        if isinstance(text, str):
            yield Step(Verdict(VerdictKind.BROKEN, (text[:280],)))
            continue
        at = START + timedelta(days=day)
        before = current
        judgement = judge(
            text, current, memory, at, read=read, taxonomy=taxonomy, settings=settings, current_version=version
        )
        memory = judgement.memory
        if judgement.accept:
            current, version = text, stamp(at)
            accepted[version] = text
            memory = Memory(
                tuple(_with_version(known, at, version) for known in memory.known),
                memory.pending, memory.returning, memory.variants, memory.last_variant,
            )  # fmt: skip
        elif judgement.returns_to is not None:
            current, version = accepted[judgement.returns_to], judgement.returns_to
        yield _step(judgement, before, text)


def _with_version(known: KnownText, at: datetime, version: str) -> KnownText:
    if known.version is None and known.first_seen == at:
        return KnownText(known.normal_hash, version, known.first_seen, known.language)
    return known


def _step(judgement: Judgement, before: Text | None, after: Text) -> Step:
    change = judgement.change
    if before is None or change is None:
        return Step(judgement.verdict, event=judgement.event, headline=judgement.headline)
    return Step(
        judgement.verdict,
        tuple(plain(after.slice(span)) for span in [*change.added, *(pair.after for pair in change.reworded)]),
        tuple(plain(before.slice(span)) for span in [*change.removed, *(pair.before for pair in change.reworded)]),
        judgement.event,
        judgement.headline,
        change,
    )
