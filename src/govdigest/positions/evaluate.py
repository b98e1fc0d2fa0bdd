"""How well findings agree with labelled ones.

An answer is a (document, provision, position). A predicted one is right when a labelled row has it and it has
one to four quotes, one of which stands in the document and has 5 to 120 words. Rows marked ``borderline`` or
``ignore`` spare their document and provision: what is found there is neither rewarded nor punished.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govdigest.model import Basis, Finding
from govdigest.positions.quoting import LONGEST, MOST, SHORTEST

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Share:
    """How many were labelled, predicted and right, and what follows."""

    labelled: int
    predicted: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the predicted that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled that were found."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.labelled + self.predicted
        return 2 * self.right / both if both and self.right else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of one evaluation."""

    documents: int
    answers: Share
    presence: Share
    by_provision: Mapping[str, Share]
    by_position: Mapping[tuple[str, str], Share]
    by_basis: Mapping[str, Share]
    """Precision alone means something here: labels have no basis."""
    macro_f1: float
    """Mean over provisions with three labelled answers at least."""
    evidence: float
    parameters: float
    verbatim: float
    quotes: int
    wrong: tuple[tuple[str, str, str], ...]
    missed: tuple[tuple[str, str, str], ...]


_Key = tuple[str, str, str]


def evaluate(
    labels: Iterable[Mapping[str, Any]],
    findings: Mapping[str, Sequence[Finding]],
    documents: Mapping[str, str],
    provisions: Iterable[str] | None = None,
) -> Scores:
    """Score ``findings`` (by document) against ``labels``; ``documents`` holds the texts that quotes must stand in.

    ``provisions`` limits what is scored; by default, the provisions that the labels cover.
    """
    rows = [row for row in labels if row["doc"] in documents]
    asked = set(provisions) if provisions is not None else {row["provision"] for row in rows}
    rows = [row for row in rows if row["provision"] in asked]
    spared = {(row["doc"], row["provision"]) for row in rows if row.get("borderline") or row.get("ignore")}
    gold: dict[_Key, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if (row["doc"], row["provision"]) not in spared:
            gold[row["doc"], row["provision"], row["position"]].append(row)
    found: dict[_Key, list[Finding]] = defaultdict(list)
    grounded: set[_Key] = set()
    basis: dict[_Key, Basis] = {}
    quotes = standing = 0
    for doc, of in findings.items():
        if doc not in documents:
            continue
        text = _folded(documents[doc])
        for finding in of:
            if finding.provision not in asked:
                continue
            stands = [quote.text for quote in finding.quotes if _folded(quote.text) in text]
            quotes, standing = quotes + len(finding.quotes), standing + len(stands)
            if (doc, finding.provision) in spared:
                continue
            key = (doc, finding.provision, finding.position)
            found[key].append(finding)
            basis[key] = finding.basis if basis.get(key) is not Basis.EXPLICIT else Basis.EXPLICIT
            fit = any(SHORTEST <= len(_words(quote)) <= LONGEST for quote in stands)
            if fit and len(finding.quotes) <= MOST:
                grounded.add(key)
    right = gold.keys() & grounded
    by_provision = {
        name: Share(
            *(sum(1 for key in keys if key[1] == name) for keys in (gold.keys(), found.keys(), right)),
        )
        for name in sorted({key[1] for key in gold} | {key[1] for key in found})
    }
    by_position = {
        name: Share(*(sum(1 for key in keys if key[1:] == name) for keys in (gold.keys(), found.keys(), right)))
        for name in sorted({key[1:] for key in gold} | {key[1:] for key in found})
    }
    macro = [share.f1 for share in by_provision.values() if share.labelled >= 3]
    present, seen = {key[:2] for key in gold}, {key[:2] for key in found}
    evidence, parameters = _grounds(gold, found, right)
    return Scores(
        documents=len(documents),
        answers=Share(len(gold), len(found), len(right)),
        presence=Share(len(present), len(seen), len(present & seen)),
        by_provision=by_provision,
        by_position=by_position,
        by_basis={
            kind.value: Share(
                0,
                sum(1 for of in basis.values() if of is kind),
                sum(1 for key, of in basis.items() if of is kind and key in right),
            )
            for kind in Basis
        },
        macro_f1=sum(macro) / len(macro) if macro else 0.0,
        evidence=evidence,
        parameters=parameters,
        verbatim=standing / quotes if quotes else 0.0,
        quotes=quotes,
        wrong=tuple(sorted(found.keys() - right)),
        missed=tuple(sorted(gold.keys() - right)),
    )


def _grounds(
    gold: Mapping[_Key, Sequence[Mapping[str, Any]]], found: Mapping[_Key, Sequence[Finding]], right: Iterable[_Key]
) -> tuple[float, float]:
    """Share of right answers whose quotes overlap a labelled one; F1 of parameter values on right answers."""
    evidence = total = hits = wanted = offered = 0
    for key in right:
        total += 1
        labelled = [str(quote) for row in gold[key] for quote in row.get("quotes", ())]
        mine = [quote.text for finding in found[key] for quote in finding.quotes]
        evidence += any(overlap(a, b) for a in mine for b in labelled)
        want = {value for row in gold[key] for value in _values((row.get("parameters") or {}).items())}
        have = {value for finding in found[key] for value in _values(finding.parameters)}
        wanted, offered = wanted + len(want), offered + (len(have) if want else 0)
        hits += sum(any(name == other and _agree(a, b) for other, b in have) for name, a in want)
    return (evidence / total if total else 0.0), Share(wanted, offered, hits).f1


def _values(parameters: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, str]]:
    for name, value in parameters:
        for item in value if isinstance(value, list | tuple) else [value]:
            yield name, " ".join(_words(str(item)))


def _agree(one: str, other: str) -> bool:
    """Equal, or one inside the other by whole words and at most four words longer."""
    short, long = sorted((one.split(), other.split()), key=len)
    return bool(short) and len(long) <= len(short) + 4 and f" {' '.join(short)} " in f" {' '.join(long)} "


def overlap(one: str, other: str) -> bool:
    """Whether two quotes share half of the shorter one's words."""
    a, b = Counter(_words(one)), Counter(_words(other))
    return sum((a & b).values()) >= 0.5 * max(1, min(sum(a.values()), sum(b.values())))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
