"""Sentences that the configuration and the state of a document give, without its text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from govdigest.model import Audience, Document, FailureClass, Kind, Nature, Platform, Scope, State, VerdictKind

_KINDS = {
    Kind.TERMS: "terms of service",
    Kind.PRIVACY: "a privacy policy",
    Kind.DPA: "a data processing agreement",
    Kind.ACCEPTABLE_USE: "an acceptable use policy",
    Kind.COMMERCIAL: "commercial terms",
    Kind.DEVELOPER: "developer terms",
    Kind.COMMUNITY: "community rules",
    Kind.COOKIES: "a cookie policy",
    Kind.OTHER: "a policy document",
}
_AUDIENCES = {
    Audience.CONSUMER: "for consumers",
    Audience.BUSINESS: "for business customers",
    Audience.DEVELOPER: "for developers",
    Audience.EVERYONE: "for everyone who uses the service",
}
SCOPES: Mapping[str, str] = MappingProxyType(
    {Scope.ALL: "", Scope.CONSUMER: "for consumers", Scope.BUSINESS: "for businesses"}
)
_ENOUGH = {(Kind.DEVELOPER, Audience.DEVELOPER)}
"""Kinds that name their audience themselves."""
_NATURES = {
    Nature.CONTRACT: "It is offered as a contract.",
    Nature.NOTICE: "It is a notice: it informs, and asks for no agreement.",
    Nature.COMMITMENT: "It is a page of commitments, not a contract.",
    Nature.GUIDELINE: "It is a guideline, not a contract.",
}
FAILURES = {
    FailureClass.BLOCKED: "the site refused our request",
    FailureClass.NOT_FOUND: "the page was not found",
    FailureClass.GONE: "the site says that the page is gone",
    FailureClass.MOVED: "the page has moved to another site",
    FailureClass.TIMEOUT: "the site did not answer in time",
    FailureClass.TOO_LARGE: "the page is larger than we accept",
    FailureClass.ROBOTS: "the site's robots.txt asks not to be read here",
    FailureClass.TLS: "no secure connection could be made",
    FailureClass.DNS: "the site's name could not be found",
    FailureClass.CONNECTION: "no connection could be made",
    FailureClass.RATE_LIMITED: "the site asked us to come back later",
    FailureClass.SERVER_ERROR: "the site reported an error of its own",
    FailureClass.CLIENT_ERROR: "the site did not accept the request",
    FailureClass.REDIRECT_LOOP: "the page redirects in circles",
    FailureClass.UNSAFE_ADDRESS: "the page led to an address that is not public",
    FailureClass.NOT_A_DOCUMENT: "its address shows something else",
    FailureClass.NEEDS_BROWSER: "the page shows its text only in a browser",
    FailureClass.SELECTOR: "the configured part of the page was not there",
    FailureClass.ENCRYPTED: "the PDF is encrypted",
    FailureClass.IMAGE_ONLY: "the PDF holds images and no text",
    FailureClass.UNREADABLE_BYTES: "what the site sent is no text",
}
MENDABLE = {
    FailureClass.NOT_FOUND,
    FailureClass.GONE,
    FailureClass.MOVED,
    FailureClass.SELECTOR,
    FailureClass.NEEDS_BROWSER,
    FailureClass.NOT_A_DOCUMENT,
    FailureClass.ENCRYPTED,
    FailureClass.IMAGE_ONLY,
    FailureClass.UNREADABLE_BYTES,
    FailureClass.REDIRECT_LOOP,
    FailureClass.UNSAFE_ADDRESS,
    FailureClass.DNS,
    FailureClass.TOO_LARGE,
}
"""Failures that go on until a maintainer changes the configuration."""


def opening(document: Document) -> str:
    """What a document is, from the configuration: kind, audience and nature."""
    kind = _KINDS[document.kind]
    said = kind if (document.kind, document.audience) in _ENOUGH else f"{kind} {_AUDIENCES[document.audience]}"
    return f"{said[:1].upper()}{said[1:]}. {_NATURES[document.nature]}"


def failure_words(reason: FailureClass, detail: str) -> str:
    """A failure in plain words, with what was seen."""
    slug, _, told = detail.partition(": ")
    if reason is FailureClass.NOT_A_DOCUMENT and told and " " not in slug:
        return f"{FAILURES[reason]}: {told[:1].lower()}{told[1:].rstrip('.')}"  # the slug is for programs
    return f"{FAILURES[reason]} ({detail})" if detail else FAILURES[reason]


def status_of(platform: Platform, document: Document, state: State, language: str) -> tuple[str, str]:
    """A document's status and the sentence that tells it."""
    failing = [source for source in state.sources if source.failure is not None]
    why = "; ".join(failure_words(s.failure, s.detail) for s in failing if s.failure is not None)
    if platform.retired is not None:
        return (
            "retired",
            f"{platform.name} was retired on {platform.retired.day} {platform.retired:%B %Y}, and is checked no more.",
        )
    if state.checked is None:
        return "never-read", "This document has not been checked yet."
    if state.current is None:
        if state.memory.pending is not None:
            return "never-read", "A first text was seen and waits for a second look."
        return "never-read", f"This document could not be read: {why or 'no text was found'}."
    if state.announced_gone:
        return "gone", "The site no longer has this document. What it last said stays here."
    if failing:
        since = min(source.failing_since for source in failing if source.failing_since is not None)
        return "unreadable", f"Could not be read since {since.day} {since:%B %Y}: {why}."
    if language not in {"", "en"}:
        return "other-language", "It is kept and compared. What it states is not read, as only English is."
    if state.verdict is not None and state.verdict.kind is VerdictKind.PENDING:
        return "current", "A changed text was seen and waits for a second look before it is announced."
    return "current", "Read and current."


def plural(number: int, noun: str) -> str:
    """'1 document', '2 documents'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
