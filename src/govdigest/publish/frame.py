"""What every page has around its content: title, breadcrumb, feed, notice, links to itself and to its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from govdigest.model import Site
from govdigest.publish.data import encode
from govdigest.publish.words import clean, shorten

NOTICE = (
    "Describes what the document states, permits or reserves; no legal determination; applicability varies by "
    "jurisdiction."
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'"
)
POLICY_SEARCH = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") + "; worker-src 'self'"
"""Pagefind's index is read by a WebAssembly module; the search page alone may compile one."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in its three formats: `<stem>.xml` (RSS), `<stem>.atom`, `<stem>.json`."""

    title: str
    stem: str
    """Site path without the ending."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What `base.html` prints around each page."""

    site: Site
    root: str
    """Relative path from the page to the site's root; prefix of every internal link."""
    path: str
    """Site path of the page, without a leading slash."""
    canonical: str
    """Permanent, absolute URL."""
    title: str
    """Of the page alone."""
    description: str
    """One line of what it says."""
    crumbs: tuple[Crumb, ...]
    """From the home page to the page above this one."""
    section: str
    """Path of the main menu's entry that the page belongs to."""
    feed: FeedLink | None
    """The feed of exactly this page, or of what it is about."""
    data: bool
    """Whether an `index.json` stands beside it."""
    source: str
    """URL of the document as the platform publishes it; empty when the page is about none."""
    report: str
    """Link that reports an error on this page."""
    scripts: tuple[str, ...]
    """Files under `assets/`."""
    policy: str
    """Content-Security-Policy."""
    og_type: str
    json_ld: Markup
    indexed: bool
    """Whether search engines may list it."""
    search_kind: str
    """Kind under which the site's own search lists the page; empty for none."""
    notice: str = NOTICE


def base_of(site: Site) -> str:
    """The site's base URL, with one slash at its end."""
    return site.base_url.rstrip("/") + "/"


def root_of(path: str) -> str:
    """Relative path from a page to the site's root."""
    return "../" * path.count("/") or "./"


def report_link(site: Site, about: str, where: str) -> str:
    """A link that reports an error about ``about`` on the page at ``where``: issue form or e-mail."""
    if not site.feedback_url:
        return ""
    subject, body = f"Error: {about}", f"Page: {where}\n\nWhat is wrong, and what would be right:\n"
    names = ("subject", "body") if site.feedback_url.startswith("mailto:") else ("title", "body")
    joint = "&" if "?" in site.feedback_url else "?"
    values = [quote(clean(value), safe="") for value in (subject, body)]
    return f"{site.feedback_url}{joint}{names[0]}={values[0]}&{names[1]}={values[1]}"


def script_json(value: object) -> Markup:
    """``value`` as JSON that may stand inside a script element."""
    text = encode(value).decode()
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704 - no character is left that HTML or a script's end could be made of


def make_frame(
    site: Site,
    path: str,
    title: str,
    description: str,
    *,
    crumbs: tuple[Crumb, ...] = (),
    section: str = "",
    feed: FeedLink | None = None,
    data: bool = True,
    source: str = "",
    scripts: tuple[str, ...] = (),
    policy: str = POLICY,
    og_type: str = "website",
    thing: Mapping[str, object] | None = None,
    indexed: bool = True,
    search_kind: str = "",
    root: str | None = None,
) -> Frame:
    """The frame of a page; ``thing`` adds schema.org properties to what every page says of itself."""
    canonical = base_of(site) + path
    line = shorten(clean(description))
    trail = (Crumb(site.title, ""), *crumbs) if path else ()
    said: dict[str, object] = {
        "@type": "WebPage",
        "@id": canonical,
        "url": canonical,
        "name": title,
        "description": line,
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": base_of(site)},
    }
    said.update(thing or {})
    graph: list[dict[str, object]] = [said]
    if trail:
        steps = [*trail, Crumb(title, path)]
        graph.append(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": number, "name": step.name, "item": base_of(site) + step.path}
                    for number, step in enumerate(steps, 1)
                ],
            }
        )
    return Frame(
        site=site,
        root=root_of(path) if root is None else root,
        path=path,
        canonical=canonical,
        title=title,
        description=line,
        crumbs=trail,
        section=section,
        feed=feed,
        data=data,
        source=source if urlsplit(source).scheme in {"http", "https"} else "",
        report=report_link(site, title, canonical),
        scripts=scripts,
        policy=policy,
        og_type=og_type,
        json_ld=script_json({"@context": "https://schema.org", "@graph": graph}),
        indexed=indexed,
        search_kind=search_kind,
    )
