"""What the world's documents state, as it is read, against what its labels say."""

from __future__ import annotations

import pytest
import yaml

from govdigest.demo import World
from govdigest.extract import segment
from govdigest.positions import Reader
from govdigest.positions.evaluate import Scores, evaluate
from govdigest.resources import shipped
from govdigest.taxonomy import load as load_taxonomy
from tests.demo.truth import documents, rows


@pytest.fixture(scope="module")
def scores() -> Scores:
    labels = rows("labels.jsonl")
    reader = Reader(load_taxonomy((shipped("content"),)))
    texts = {name: segment(text) for name, text in documents(1).items() if name in {row["doc"] for row in labels}}
    findings = {name: reader.read(text) for name, text in texts.items()}
    return evaluate(labels, findings, {name: text.markdown for name, text in texts.items()})


def test_the_figures_that_the_demo_s_site_shows_are_not_better_than_measured(scores: Scores) -> None:
    shown = yaml.safe_load(World().quality())["positions_of_the_demo_world"]
    assert shown["documents"] == scores.documents
    assert shown["labelled_answers"] == scores.answers.labelled
    assert scores.answers.f1 >= shown["answer_f1"] - 0.005
    assert scores.answers.precision >= shown["answer_precision"] - 0.01
    assert scores.answers.recall >= shown["answer_recall"] - 0.01


def test_every_quote_stands_in_its_document(scores: Scores) -> None:
    assert scores.quotes > 300
    assert scores.verbatim == 1


def test_every_position_of_the_taxonomy_s_first_provisions_is_labelled_somewhere() -> None:
    labelled = {(row["provision"], row["position"]) for row in rows("labels.jsonl")}
    taxonomy = load_taxonomy((shipped("content"),))
    measured = {row["provision"] for row in rows("labels.jsonl")}
    assert len(measured) == 45
    everything = {
        (provision.slug, position.slug)
        for provision in taxonomy.provisions
        if provision.slug in measured
        for position in provision.positions
    }
    assert everything - labelled == set()
