"""Findings in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govdigest.model import Finding, Taxonomy
from govdigest.patterns import normal_value

_SHOUT = 12
"""Letters; fewer are an abbreviation, as in 'USD 100'."""
_FIGURE = re.compile(r"[0-9$€£¥]|^(?:USD|EUR|GBP|CAD|AUD)$")


def words(finding: Finding, taxonomy: Taxonomy) -> str:
    """The sentence that states ``finding``, with its parameters filled in; follows a document's name.

    Where a parameter that the sentence names was not found, the sentence without parameters.
    """
    provision = taxonomy.provision(finding.provision)
    position = provision.position(finding.position)
    types = {parameter.slug: parameter.type for parameter in provision.parameters}
    values = {
        slug: listed([_shown(value, types.get(slug, "list")) for value in found])
        for slug, found in finding.parameters
        if found
    }
    try:
        return position.sentence.format_map(values)
    except KeyError:
        return position.sentence_without


def shown_values(finding: Finding, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The values of a finding's parameters as a table's cell shows them: in the form of the sentence of ``words``."""
    types = {parameter.slug: parameter.type for parameter in taxonomy.provision(finding.provision).parameters}
    return tuple(_shown(value, types.get(slug, "list")) for slug, found in finding.parameters for value in found)


def listed(values: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"


def _shown(value: str, type_name: str) -> str:
    if type_name == "list":
        return value.replace("-", " ")
    if type_name in {"duration", "age"}:
        return normal_value(value, type_name)
    value = " ".join(value.split())
    return _quieter(value) if type_name == "amount" else value


def _quieter(value: str) -> str:
    """An amount in words that a document shouts, in small letters: not its figures and their currencies."""
    letters = [one for one in value if one.isalpha()]
    if sum(map(str.isupper, letters)) * 10 < len(letters) * 8 or len(letters) < _SHOUT:
        return value
    return " ".join(one if _FIGURE.search(one) else one.lower() for one in value.split())
