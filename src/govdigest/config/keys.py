"""The keys of ``platforms.yaml``: what each means, whether it must be there, and the noun that they make.

The descriptions are what editors show beside a key and what an error about a missing key says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import yaml
from cssselect import HTMLTranslator, SelectorError

from govdigest.config.shapes import (
    Choice,
    Day,
    Flag,
    Key,
    Many,
    Names,
    Nodes,
    Number,
    Place,
    Record,
    Words,
    nearest,
    scalar,
    shown,
    slug,
)
from govdigest.config.urls import base_url, link, page_url
from govdigest.model import (
    Audience,
    Config,
    Document,
    JudgeSettings,
    Kind,
    Nature,
    Platform,
    PullSettings,
    Site,
    Source,
)

SOURCE_KEYS = ("select", "remove", "from", "to", "render", "region")
"""Keys of a source that a document with a plain ``url`` may have itself."""


def _authority(value: str) -> str | None:
    day = value.partition(",")[2]
    padded = day + "-01" * (2 - day.count("-"))
    try:
        date.fromisoformat(padded)
    except ValueError:
        return f"{day!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD) on which you held the domain"
    return None


def _selector(value: str) -> str | None:
    try:
        HTMLTranslator().css_to_xpath(value)
    except (SelectorError, RecursionError) as error:
        return f"{value[:60]!r} is no CSS selector that can be used here ({str(error)[:100]})"
    return None


_SELECTORS = Many(
    Words(300, right="a CSS selector such as 'main article'", check=_selector), 20, "selectors", bare=True
)


_LANGUAGE = Words(2, "[a-z]{2}", "a language code of two letters (ISO 639-1), such as 'en'")
_REGION = Words(2, "[A-Z]{2}", "a region code of two capitals (ISO 3166-1), such as 'IE'")
_HEADING = Words(200, right="the words of a heading on the page")

_PARTS = (
    Key("select", _SELECTORS, "CSS selectors of what to keep, one or a list; must match something"),
    Key("remove", _SELECTORS, "CSS selectors of what to drop, one or a list; each must match something"),
    Key("from", _HEADING, "heading at which the document begins"),
    Key("to", _HEADING, "heading before which the document ends"),
    Key("render", Flag(), "true where the page is empty without a browser; needs the 'browser' extra"),
)
_REGION_KEY = Key("region", _REGION, "region to ask for beside the language, such as IE")


def _source(values: Mapping[str, Any], language: str = "en") -> Source:
    return Source(
        url=values["url"],
        select=values.get("select", ()),
        remove=values.get("remove", ()),
        start=values.get("from"),
        end=values.get("to"),
        render=values.get("render", False),
        language=values.get("language", language),
        region=values.get("region"),
    )


SOURCE = Record(
    "a source",
    (
        Key("url", page_url(), "where the page is", required=True),
        *_PARTS,
        Key("language", _LANGUAGE, "language to ask for; the document's when not given"),
        _REGION_KEY,
    ),
    dict,
)


def _document(values: Mapping[str, Any]) -> Document:
    language = values.get("language", "en")
    given = values.get("sources", (values,))
    return Document(
        slug=values["slug"],
        name=values["name"],
        kind=Kind(values["kind"]),
        audience=Audience(values["audience"]),
        nature=Nature(values["nature"]),
        sources=tuple(_source(source, language) for source in given),
        language=language,
    )


def _document_check(found: Nodes, node: yaml.Node, place: Place) -> None:
    if "url" not in found and "sources" not in found:
        place.wrong(node, "has neither 'url' (one page) nor 'sources' (several pages in order); it needs one of them")
    if "sources" not in found:
        return
    for name in ("url", *SOURCE_KEYS):
        if name in found:
            key = place.key(name)
            key.wrong(found[name][0], f"stands beside 'sources'; put '{name}' into the source that it is about")


DOCUMENT = Record(
    "a document",
    (
        Key("slug", slug(), "its name in URLs and in the archive; never change it", required=True),
        Key("name", Words(120), "what readers see, such as 'Terms of Service'", required=True),
        Key("kind", Choice(tuple(Kind)), "what sort of document it is", required=True),
        Key("audience", Choice(tuple(Audience)), "whom it addresses", required=True),
        Key("nature", Choice(tuple(Nature)), "what force it claims: a commitments page is no contract", required=True),
        Key("language", _LANGUAGE, "its language; 'en' when not given"),
        Key("url", page_url(), "where it is, when it is one page"),
        *_PARTS,
        _REGION_KEY,
        Key(
            "sources", Many(SOURCE, 40, "sources"), "the pages that make the document, in order, when there are several"
        ),
    ),
    _document,
    _document_check,
    {
        "oneOf": [
            {"required": ["url"]},
            {"required": ["sources"], "not": {"anyOf": [{"required": [name]} for name in SOURCE_KEYS]}},
        ]
    },
)

PLATFORM = Record(
    "a platform",
    (
        Key("slug", slug(), "its name in URLs and in the archive; never change it", required=True),
        Key("name", Words(80), "what readers see", required=True),
        Key("sector", slug(), "one of the slugs under site.sectors", required=True),
        Key("homepage", link(), "where the platform is", required=True),
        Key("retired", Day(), "the day since which it is pulled no more; its pages stay"),
        Key("documents", Many(DOCUMENT, 100, "documents", unique="slug"), "its policies", required=True),
    ),
    lambda values: Platform(**values),
)


def _site_check(found: Nodes, node: yaml.Node, place: Place) -> None:
    value = found.get("id_authority", (None, None))[1]
    if not isinstance(value, yaml.ScalarNode) or not re.fullmatch(r"[^,]+,\d{4}(?:-\d{2}){0,2}", value.value):
        return
    if message := _authority(value.value):
        place.key("id_authority").wrong(value, message)


SITE = Record(
    "the site",
    (
        Key("title", Words(80), "the site's name", required=True),
        Key("base_url", base_url(), "where the site is published; feeds and the sitemap need it", required=True),
        Key(
            "id_authority",
            Words(
                120,
                r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9],\d{4}(?:-\d{2}){0,2}",
                "a domain of yours, a comma, and a day on which you held it: 'example.org,2026'",
            ),
            "'DOMAIN,DATE' for feed ids (RFC 4151); never change it, not even when the site moves",
            required=True,
        ),
        Key(
            "contact",
            Words(200),
            "e-mail address or URL; goes into the user agent, so that sites can reach you",
            required=True,
        ),
        Key("feedback_url", link(), "where 'report an error' leads", required=True),
        Key("description", Words(300, empty=True), "one sentence about the site"),
        Key("repository", link(), "where the archive and the configuration are kept in public"),
        Key(
            "sectors",
            Names("sector"),
            "sector slugs and the names that readers see, in the order of the pages",
            required=True,
        ),
    ),
    lambda values: Site(**{**values, "sectors": MappingProxyType(dict(values["sectors"]))}),
    _site_check,
)

_DAY = 86_400.0
PULL = Record(
    "pull",
    (
        Key("pace", Number(0, _DAY), "least seconds between two requests to one host"),
        Key("timeout", Number(0.01, 3600), "seconds that one request may take in all"),
        Key("max_bytes", Number(1, 1_000_000_000, whole=True), "largest page, in bytes, after decompression"),
        Key("retries", Number(0, 10, whole=True), "how often a request is tried again"),
        Key("max_wait", Number(0, _DAY), "longest 'Retry-After' or crawl delay, in seconds, that a run waits for"),
        Key("concurrency", Number(1, 200, whole=True), "how many hosts are asked at the same time"),
        Key("gateway", base_url(), "asks for https://HOST/PATH as GATEWAY/HOST/PATH: for mirrors and replays"),
        Key("browser", Words(1000, right="a path"), "the Chromium to drive; found on the PATH when not given"),
    ),
    lambda values: PullSettings(**values),
)

_HOURS = Number(0, 24 * 366)
JUDGE = Record(
    "judge",
    (
        Key("confirm_after_hours", _HOURS, "hours after which a capture that looks wrong may be confirmed by another"),
        Key(
            "revert_captures", Number(1, 100, whole=True), "captures that an older text must stay for to be a rollback"
        ),
        Key("revert_days", Number(0, 366), "days that an older text must stay for to be a rollback"),
        Key("gone_after_hours", _HOURS, "hours between two answers of 404 or 410 for a document to be gone"),
        Key("unreadable_after_hours", _HOURS, "hours of failures after which a document is announced as unreadable"),
    ),
    lambda values: JudgeSettings(**values),
)


def _sector_check(found: Nodes, node: yaml.Node, place: Place) -> None:
    site, platforms = (found.get(name, (None, None))[1] for name in ("site", "platforms"))
    if not isinstance(site, yaml.MappingNode) or not isinstance(platforms, yaml.SequenceNode):
        return
    named = [value for key, value in site.value if key.value == "sectors" and isinstance(value, yaml.MappingNode)]
    sectors = list(dict.fromkeys(str(key.value) for mapping in named for key, _ in mapping.value))
    for index, platform in enumerate(platforms.value if sectors else ()):
        sector = scalar(platform, "sector")
        if sector is not None and sector.value not in sectors:
            message = (
                f"{shown(sector)} is not among site.sectors ({', '.join(sectors)}){nearest(sector.value, sectors)}"
            )
            place.key("platforms").item(index).key("sector").wrong(sector, message)


CONFIG = Record(
    "the file",
    (
        Key("site", SITE, "what the site is called and where it lives", required=True),
        Key("pull", PULL, "how the network is used; all keys have defaults"),
        Key("judge", JUDGE, "when an odd capture or a returning text is believed; all keys have defaults"),
        Key("platforms", Many(PLATFORM, 5000, "platforms", unique="slug"), "whose policies are read", required=True),
    ),
    lambda values: Config(**values),
    _sector_check,
)
