"""What an answer means: which failure a status is, which media types are documents, how long a site asks us to wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from govdigest.model import FailureClass, Validators
from govdigest.pull.errors import PullError, one_line

DOCUMENTS = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown", "application/pdf"}
)
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_PDF = frozenset({"application/x-pdf", "application/acrobat", "text/pdf"})
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that another try may mend."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_STATUSES = {
    401: FailureClass.BLOCKED,
    403: FailureClass.BLOCKED,
    404: FailureClass.NOT_FOUND,
    407: FailureClass.BLOCKED,
    408: FailureClass.TIMEOUT,
    410: FailureClass.GONE,
    429: FailureClass.RATE_LIMITED,
    451: FailureClass.BLOCKED,
    999: FailureClass.BLOCKED,
}
_WORDS = {
    FailureClass.BLOCKED: "the site refuses us",
    FailureClass.NOT_FOUND: "there is no page at this URL",
    FailureClass.GONE: "the page was removed",
    FailureClass.TIMEOUT: "the site gave up waiting",
    FailureClass.RATE_LIMITED: "the site asks for fewer requests",
    FailureClass.SERVER_ERROR: "the site is out of order",
    FailureClass.CLIENT_ERROR: "the site does not take the request",
}
_CHALLENGES = ("cf-mitigated", "x-amzn-waf-action")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one request. ``body`` is empty where the status or the type already decides."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    def header(self, name: str) -> str:
        """A header's value, empty when it is not there."""
        return self.headers.get(name, "")


def challenged(answer: Answer) -> bool:
    """Whether a bot check answered in the page's place, whatever its status."""
    return any(answer.header(name).lower() in {"challenge", "captcha"} for name in _CHALLENGES)


def refusal(answer: Answer) -> PullError | None:
    """Why an answer that is no redirect brings no document; None for one that may."""
    status = answer.status
    if challenged(answer):
        return PullError(
            FailureClass.BLOCKED, f"status {status}: a bot check answers in the page's place", status=status
        )
    if status in {200, 203, 304}:
        return None
    if status < 400:
        message = f"status {status} brings no document"
        return PullError(FailureClass.NOT_A_DOCUMENT, message, status=status)
    usual = FailureClass.SERVER_ERROR if 500 <= status < 600 else FailureClass.CLIENT_ERROR
    reason = _STATUSES.get(status, usual)
    return PullError(reason, f"status {status}: {_WORDS[reason]}", status=status, again=status in AGAIN)


def readable_type(content_type: str) -> bool:
    """Whether a body of this type is worth reading."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind in DOCUMENTS or kind in _UNNAMED or kind in _PDF


def media_type(content_type: str, body: bytes) -> str:
    """Type and charset of a document; raises ``PullError`` where it is none.

    The bytes decide for PDF, and where the server does not say.
    """
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if not kind and head[:20].lower().startswith((b"<!doctype html", b"<html")):
        kind = "text/html"
    if kind == "application/pdf" or kind in _PDF:
        raise PullError(FailureClass.NOT_A_DOCUMENT, "it says that it is a PDF, and its bytes are not one")
    if kind not in DOCUMENTS:
        shown = one_line(kind, 60) or "no media type"
        raise PullError(FailureClass.NOT_A_DOCUMENT, f"{shown} is neither HTML, Markdown, plain text nor PDF")
    charset = _charset(rest)
    return f"{kind}; charset={charset}" if charset else kind


def _charset(parameters: str) -> str:
    for parameter in parameters[:500].split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            word = value.strip().strip("\"'").lower()
            if word and len(word) <= 40 and all(character.isalnum() or character in "-_.:" for character in word):
                return word
    return ""


def validators_of(answer: Answer) -> Validators:
    """ETag and Last-Modified as they may be sent back; oversized or unprintable ones are none."""

    def fit(value: str) -> str | None:
        return value if 0 < len(value) <= 500 and all(" " <= character <= "~" for character in value) else None

    return Validators(fit(answer.header("etag").strip()), fit(answer.header("last-modified").strip()))


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Seconds that the answer asks us to wait (RFC 9110, section 10.2.3); None when it does not say.

    A date is taken against the answer's own ``Date``, so that clocks that differ do no harm; ``now`` without one.
    """
    value = answer.header("retry-after").strip()[:100]
    if value.isascii() and value.isdigit():
        return float(int(value[:12]))
    until = _date(value)
    if until is None:
        return None
    return max(0.0, (until - (_date(answer.header("date")) or now)).total_seconds())


def _date(value: str) -> datetime | None:
    try:
        day = parsedate_to_datetime(value.strip()[:100])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return day if day.tzinfo else day.replace(tzinfo=UTC)
