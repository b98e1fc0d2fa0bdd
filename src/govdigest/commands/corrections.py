"""Corrections: an editor's words about an event that was announced wrongly, announced as an event of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from govdigest.archive import Archive, Entry
from govdigest.content import ContentError, overlaid, read_content
from govdigest.marks import plain
from govdigest.model import Event, EventKind

_LONGEST = 300


def announce_corrections(archive: Archive, content: Sequence[Path], at: datetime) -> tuple[Event, ...]:
    """Append an event for each ``content/corrections/<event id>.md`` that was not announced yet.

    The first paragraph is the headline; the others are the reasons. Raises ContentError for a file that names no
    event, or says nothing.
    """
    announced = []
    for name, path in overlaid(content, "corrections/*.md").items():
        event_id = Path(name).stem
        platform, _, rest = event_id.partition(".")
        document = rest.partition(".")[0]
        try:
            events = archive.events(platform, document)
        except ValueError:
            events = ()
        wrong = next((event for event in events if event.id == event_id), None)
        if wrong is None:
            raise ContentError(path, 1, "names no announced event; the file's name must be the event's id")
        if any(event.corrects == event_id for event in events):
            continue
        paragraphs = [plain(part) for part in read_content(path).body.split("\n\n") if part.strip()]
        if not paragraphs:
            raise ContentError(path, 1, "says nothing: write what was wrong, and what is right")
        event = Event(
            id=f"{event_id}.correction",
            kind=EventKind.CORRECTION,
            platform=platform,
            document=document,
            announced=at,
            headline=paragraphs[0][:_LONGEST],
            reasons=tuple(paragraphs[1:]),
            first_seen=at,
            before=wrong.before,
            after=wrong.after,
            corrects=event_id,
            subject=wrong.subject,
        )
        archive.add(platform, document, Entry(archive.state(platform, document), events=(event,)))
        announced.append(event)
    return tuple(announced)
