"""Findings in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from govdigest.model import Finding, Taxonomy
from govdigest.patterns import normal_value


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
    return value.lower() if type_name == "amount" and value.isupper() else value
