"""A small taxonomy of a test's own, and what a document states by it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.model import Finding
from govdigest.positions import Reader

VOCABULARY = """\
data: ["your? (personal)? (data | information)"]
business-scope: ["(business | enterprise) customer~"]
consumer-scope: ["consumer~"]
regional-heading: ["(california | european union)"]
"""
_PROVISION = """\
---
group: data
order: 1
name: Sale
question: Is it sold?
positions:
  sells:
    name: Sells
    exposure: high
    sentence: "sells it for {{period}}"
    sentence-without: sells it
    why: It is sold.
    ask: To whom?
  keeps:
    name: Keeps
    exposure: low
    sentence: does not sell it
    why: It is kept.
    ask: For good?
  asks:
    name: Asks first
    exposure: low
    sentence: asks before it sells
    why: You decide.
    ask: How?
parameters:
  period:
    name: Period
    type: duration
    patterns: ["for <period>"]
    phrases: ["(at once | for (a)? (very)? short time)"]
  buyers:
    name: Buyers
    type: list
    values:
      brokers: ["broker~"]
      partners: ["partner~"]
    phrases: ["advertising partners (in (france | spain))?", "(trusted | known) brokers"]
find:
{find}
---
About selling.
"""
FIND = """\
rules:
  - position: sells
    polarity: affirmed
    any: ["sell~ …6 {data}"]
  - position: keeps
    polarity: denied
    any: ["sell~ …6 {data}"]
  - position: asks
    any: ["ask~ … before … sell~"]
decide:
  order: [asks, sells, keeps]
"""


def reader_of(folder: Path, find: str = FIND) -> Reader:
    """A reader of the provision ``sale`` with rules of the test's own."""
    (folder / "provisions").mkdir(exist_ok=True)
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    text = _PROVISION.format(find=indent(dedent(find), "  "))
    (folder / "provisions" / "sale.md").write_text(text, encoding="utf-8")
    return Reader(taxonomy.load([folder]))


def read(folder: Path, markdown: str, find: str = FIND) -> tuple[Finding, ...]:
    """What ``markdown`` states."""
    return reader_of(folder, find).read(segment(markdown, language="en"))


def stated(folder: Path, markdown: str, find: str = FIND) -> list[str]:
    """The positions alone."""
    return [finding.position for finding in read(folder, markdown, find)]
