"""Why a request brought nothing: raised inside the room, a ``Failure`` outside of it."""

from __future__ import annotations

from govdigest.model import FailureClass

DETAIL_LENGTH = 300


class PullError(Exception):
    """A request that failed in a way that the world may. ``again``: worth another try in this run."""

    def __init__(self, reason: FailureClass, detail: str, *, status: int | None = None, again: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = one_line(detail)
        self.status = status
        self.again = again


def one_line(text: str, limit: int = DETAIL_LENGTH) -> str:
    """``text`` on one line, cut to ``limit`` characters, without control, format and other unprintable ones."""
    head = text[: limit * 8]  # so that a header of megabytes costs nothing
    words = " ".join("".join(character if character.isprintable() else " " for character in head).split())
    return words if len(words) <= limit and len(text) <= limit * 8 else words[: limit - 1] + "…"
