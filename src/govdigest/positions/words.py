"""Findings in plain words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from govdigest.model import Finding, Parameter, Taxonomy
from govdigest.patterns import normal_value

_SHOUT = 12
"""Letters; fewer are an abbreviation, as in 'USD 100'."""
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@]|\.\w)")
"""A word in a text, and no part of an address."""
_FIGURE = re.compile(r"[0-9$€£¥]|^(?:USD|EUR|GBP|CAD|AUD)$")

_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.)+[A-Z]\Z")
_WITH_ARTICLE = re.compile(
    r"United (?:States|Kingdom|Arab)|U\.?S\b|USA\b|U\.?K\b|EU\b|European Union|Netherlands|Isle of"
)


def words(finding: Finding, taxonomy: Taxonomy, text: str = "") -> str:
    """The sentence that states ``finding``, with its parameters filled in; follows a document's name.

    Where a parameter that the sentence names was not found, the sentence without parameters. ``text`` is the
    document's: names in a passage that it shouts are written as elsewhere in it.
    """
    provision = taxonomy.provision(finding.provision)
    position = provision.position(finding.position)
    known = {parameter.slug: parameter for parameter in provision.parameters}
    values = {
        slug: listed([_shown(value, known.get(slug), text) for value in found])
        for slug, found in finding.parameters
        if found
    }
    try:
        return position.sentence.format_map(values)
    except KeyError:
        return position.sentence_without


def shown_values(finding: Finding, taxonomy: Taxonomy, text: str = "") -> tuple[str, ...]:
    """The values of a finding's parameters as a table's cell shows them: in the form of the sentence of ``words``.

    Values of several parameters begin with the names of these: 'Law: Ireland', 'Courts: Dublin'. A value that says no
    more than the position's name is left out.
    """
    provision = taxonomy.provision(finding.provision)
    known = {parameter.slug: parameter for parameter in provision.parameters}
    said = provision.position(finding.position).name.lower()
    values = {
        slug: [one for one in (_shown(value, known.get(slug), text) for value in found) if one.lower() != said]
        for slug, found in finding.parameters
    }
    values = {slug: own for slug, own in values.items() if own}
    if len(values) < 2:
        return tuple(one for own in values.values() for one in own)
    return tuple(f"{known[slug].name if slug in known else slug}: {', '.join(own)}" for slug, own in values.items())


def _shown(value: str, parameter: Parameter | None, text: str) -> str:
    if parameter is None:
        return shown_value(value, "list", text)
    return parameter.labels.get(value) or shown_value(value, parameter.type, text)


def listed(values: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"


def shown_value(value: str, type_name: str, text: str = "") -> str:
    """A parameter's value of this type as readers see it; ``text`` as for ``words``."""
    if type_name == "list":
        return value.replace("-", " ")
    if type_name in {"duration", "age"}:
        return normal_value(value, type_name)
    value = " ".join(value.split())
    if type_name in {"place", "jurisdiction"}:
        return _place(value)
    return _quieter(value, text) if type_name == "amount" else value


def _place(value: str) -> str:
    """A place with the article and the last stop that its name has: 'the United States', 'the U.S.'."""
    if _INITIALS.search(value):
        value += "."
    return f"the {value}" if _WITH_ARTICLE.match(value) else value


def _quieter(value: str, text: str) -> str:
    """An amount in words that a document shouts, in small letters: not its figures and their currencies, nor names.

    A name is a word that ``text``, where it does not shout, writes with capitals at least four times out of five.
    """
    letters = [one for one in value if one.isalpha()]
    if sum(map(str.isupper, letters)) * 10 < len(letters) * 8 or len(letters) < _SHOUT:
        return value
    quiet = " ".join(one if _FIGURE.search(one) else one.lower() for one in value.split())
    wanted = {word for word in _WORD.findall(quiet) if word.islower()}
    forms: dict[str, Counter[str]] = {}
    for word in _WORD.findall(text):
        if (low := word.lower()) in wanted and not (word.isupper() and len(word) > 1):
            forms.setdefault(low, Counter())[word] += 1
    names = {low: seen.most_common(1)[0][0] for low, seen in forms.items() if seen[low] * 5 <= seen.total()}
    return _WORD.sub(lambda word: names.get(word[0], word[0]), quiet)
