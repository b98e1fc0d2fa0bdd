"""Measure the reading on the labelled documents beside the checkout, and write ``content/quality.yaml``.

``python -m tests.evaluation.measure --date 2026-01-05`` (``--shared`` says where the labelled documents are). Of the
fold that was kept apart only totals leave this program: no document, no label, no provision by itself.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.model import Finding, PassageKind, Taxonomy, Text
from govdigest.positions import Reader, Scores, evaluate, key_sentences
from govdigest.positions.evaluate import overlap
from tests.shared import SHARED

CONTENT = Path(__file__).resolve().parents[2] / "content"
FOLDS = {"check": "documents that were kept apart", "write": "documents on which the rules were written"}
KEYS = 8
"""Key sentences that were chosen by hand in each document."""
DRAWS = 10
"""Random choices a document, so that the baseline rests on more than luck."""
SHORTEST = 8
"""Words of a sentence that a baseline may choose: menus and labels would make it look worse than it is."""
_HEAD = "# Measured on labelled documents by tests/evaluation/measure.py; the methodology page shows it.\n"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled document, read."""

    fold: str
    markdown: str
    text: Text
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Keys:
    """Means over documents: the share of key sentences that were chosen by hand too."""

    by_fold: Mapping[str, float]
    lead: float
    """Of the first sentences of every document."""
    chance: float
    """Of sentences at random."""


def measure(positions: Path, asked: Taxonomy, on: date) -> dict[str, object]:
    """What ``content/quality.yaml`` holds, of the labelled documents in ``positions``."""
    documents = dict(_read(positions, asked))
    labels = list(_rows(positions / "labels.jsonl"))
    keys = _keys(documents, list(_rows(positions / "key_sentences.jsonl")), asked)
    scores = {fold: _scores(documents, labels, fold, asked) for fold in FOLDS}
    figures = [figure for fold, words in FOLDS.items() for figure in _figures(scores[fold], keys, fold, words)]
    figures.append(
        _figure(
            "Key sentences, the first eight",
            keys.lead,
            "the same for the first eight sentences of each document, to compare",
        )
    )
    figures.append(
        _figure("Key sentences, at random", keys.chance, "the same for eight sentences at random, to compare")
    )
    answers = sum(not row.get("ignore") for row in labels)
    scored = sum(of.answers.labelled for of in scores.values())
    written = sum(labelled.fold == "write" for labelled in documents.values())
    return {
        "reading": {
            "date": on.isoformat(),
            "data": (
                f"{len(documents)} policies in English, in full, with {answers:,} labelled answers, each with its "
                f"words; {scored:,} are scored, the others being borderline. The rules were written on {written} of "
                f"the policies; the other {len(documents) - written} were kept "
                "apart, and only their totals were looked at. Two careful readers agree with each other at 0.96."
            ),
            "told": (
                f"On {len(documents) - written} policies that the rules were not written on, "
                f"{scores['check'].answers.precision:.0%} of the answers found were right, and "
                f"{scores['check'].answers.recall:.0%} of the labelled answers were found."
            ),
            "figures": figures,
            "provisions": [
                {"slug": slug, "f1": round(share.f1, 3), "labelled": share.labelled}
                for slug, share in scores["write"].by_provision.items()
            ],
            "unmeasured": _unmeasured(labels, asked),
        }
    }


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _read(positions: Path, asked: Taxonomy) -> Iterator[tuple[str, Labelled]]:
    reader = Reader(asked)
    for row in _rows(positions / "documents.jsonl"):
        markdown = (positions / "documents" / f"{row['id']}.md").read_text(encoding="utf-8")
        text = segment(markdown)
        yield row["id"], Labelled(row["fold"], markdown, text, reader.read(text))


def _scores(
    documents: Mapping[str, Labelled], labels: Sequence[Mapping[str, Any]], fold: str, asked: Taxonomy
) -> Scores:
    of = {name: labelled for name, labelled in documents.items() if labelled.fold == fold}
    return evaluate(
        labels,
        {name: labelled.findings for name, labelled in of.items()},
        {name: labelled.markdown for name, labelled in of.items()},
        [provision.slug for provision in asked.provisions if provision.measured],
    )


def _figures(scores: Scores, keys: Keys, fold: str, words: str) -> Iterator[dict[str, object]]:
    answers = scores.answers
    for name, value, told in (
        ("Answers", answers.f1, "harmonic mean of precision and recall over every answer that a document gives"),
        ("Answers, precision", answers.precision, "share of the answers found that are right"),
        ("Answers, recall", answers.recall, "share of the labelled answers that were found"),
        ("Answers, mean over provisions", scores.macro_f1, "mean over provisions with three labelled answers at least"),
        ("Provisions spoken of", scores.presence.f1, "whether a document says anything on a provision"),
        ("Quotes", scores.evidence, "share of the right answers whose quotes overlap the labelled ones"),
        ("Values", scores.parameters, "periods, amounts, places and lists read off right answers"),
        ("Verbatim", scores.verbatim, "share of quotes that stand in the document as they are shown"),
        *(
            (f"Precision, {basis}", share.precision, f"share of {share.predicted} {basis} findings that are right")
            for basis, share in scores.by_basis.items()
        ),
        ("Key sentences", keys.by_fold[fold], "share of eight key sentences that were chosen by hand too"),
    ):
        yield _figure(f"{name} ({fold})", value, f"{told}; {words}")


def _figure(name: str, value: float, words: str) -> dict[str, object]:
    return {"name": name, "value": round(value, 3), "words": words}


def _keys(documents: Mapping[str, Labelled], rows: Sequence[Mapping[str, Any]], asked: Taxonomy) -> Keys:
    ours: dict[str, list[float]] = {fold: [] for fold in FOLDS}
    lead: list[float] = []
    chance: list[float] = []
    random = Random(1)
    for row in rows:
        document, chosen = documents[row["doc"]], row["key_sentences"]
        found = key_sentences(document.text, document.findings, asked, KEYS)
        ours[document.fold].append(_hits([quote.text for quote in found], chosen))
        sentences = _sentences(document.text)
        lead.append(_hits(sentences[:KEYS], chosen))
        draws = [random.sample(sentences, min(KEYS, len(sentences))) for _ in range(DRAWS)]
        chance.append(_mean([_hits(draw, chosen) for draw in draws]))
    return Keys({fold: _mean(shares) for fold, shares in ours.items()}, _mean(lead), _mean(chance))


def _sentences(text: Text) -> list[str]:
    kinds = {PassageKind.SENTENCE, PassageKind.ITEM}
    slices = [text.slice(passage.span) for passage in text.passages if passage.kind in kinds]
    return [sentence for sentence in slices if len(sentence.split()) >= SHORTEST]


def _hits(found: Sequence[str], chosen: Sequence[str]) -> float:
    return sum(any(overlap(one, other) for other in chosen) for one in found) / KEYS


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _unmeasured(labels: Sequence[Mapping[str, Any]], asked: Taxonomy) -> list[dict[str, object]]:
    """Positions that no scored label of any document has: nothing is known of how well they are found."""
    seen = {(row["provision"], row["position"]) for row in labels if not (row.get("borderline") or row.get("ignore"))}
    listed = [
        (
            provision.slug,
            [
                position.slug
                for position in provision.positions
                if not provision.measured or (provision.slug, position.slug) not in seen
            ],
        )
        for provision in asked.provisions
    ]
    return [{"provision": slug, "positions": positions} for slug, positions in listed if positions]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, write ``content/quality.yaml``, and print the totals."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.measure", description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="of the measurement, such as 2026-01-05")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of the labelled documents")
    options = parser.parse_args(arguments)
    positions = options.shared / "benchmark" / "positions"
    if not positions.is_dir():
        parser.error(f"{positions}: there are no labelled documents")
    quality: Any = measure(positions, taxonomy.load([CONTENT]), options.date)
    told = yaml.safe_dump(quality, sort_keys=False, allow_unicode=True, width=110)
    (CONTENT / "quality.yaml").write_text(_HEAD + told, encoding="utf-8")
    for figure in quality["reading"]["figures"]:
        print(f"{figure['name']:40}{figure['value']:.3f}")


if __name__ == "__main__":
    main()
