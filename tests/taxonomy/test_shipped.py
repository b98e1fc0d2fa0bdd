"""The provisions that we ship: every position can be put into words."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.model import Basis, Exposure, Finding, Position, Provision, Quote, Scope, Span
from govdigest.positions import Reader, shown_values, words

CONTENT = Path(__file__).resolve().parents[2] / "content"
SHIPPED = taxonomy.load([CONTENT])
VALUES = {
    "duration": ("thirty (30) days", "2 years"),
    "amount": ("$100",),
    "jurisdiction": ("the State of Delaware",),
    "place": ("Dublin, Ireland",),
    "age": ("13",),
    "list": ("name", "e-mail"),
}
POSITIONS = [(provision, position) for provision in SHIPPED.provisions for position in provision.positions]
_IDS = [f"{provision.slug}-{position.slug}" for provision, position in POSITIONS]


def finding(provision: Provision, position: Position, *, filled: bool) -> Finding:
    """A finding with a value for each parameter, or with none."""
    parameters = tuple((parameter.slug, VALUES[parameter.type]) for parameter in provision.parameters)
    quote = Quote("five words of a text", Span(0, 20))
    return Finding(provision.slug, position.slug, (quote,), Scope.ALL, parameters if filled else (), Basis.EXPLICIT)


@pytest.mark.parametrize(("provision", "position"), POSITIONS, ids=_IDS)
@pytest.mark.parametrize("filled", [True, False])
def test_every_position_in_words(provision: Provision, position: Position, filled: bool) -> None:
    said = words(finding(provision, position, filled=filled), SHIPPED)
    assert said
    assert not {"{", "}", "\n"} & set(said)
    assert not said.endswith(".")
    assert said[0].islower()


@pytest.mark.parametrize(("provision", "position"), POSITIONS, ids=_IDS)
def test_every_position_says_why_and_what_to_ask(provision: Provision, position: Position) -> None:
    assert position.exposure in Exposure
    assert position.why.endswith(".")
    assert position.ask.endswith("?")
    assert len(position.name) <= 40
    assert provision.question.endswith("?")
    assert provision.body.strip()


def test_the_reader_takes_all_of_it() -> None:
    assert len(SHIPPED.provisions) == 51
    assert {provision.slug for provision in SHIPPED.provisions if not provision.measured} == {
        "data-collection",
        "data-purposes",
        "data-isolation",
        "customer-confidentiality",
        "payouts",
        "monitoring-of-use",
    }
    assert Reader(SHIPPED).key == Reader(SHIPPED).key


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("THE GREATER OF (a) FEES IN 12 MONTHS OR (b) US$100", "the greater of (a) fees in 12 months or (b) US$100"),
        ("THE FEES PAID, OR EUR 100", "the fees paid, or EUR 100"),
        ("USD 100", "USD 100"),
        ("the fees that Acme was paid", "the fees that Acme was paid"),
    ],
)
def test_an_amount_does_not_shout(value: str, shown: str) -> None:
    quote = Quote(value, Span(0, len(value)))
    found = Finding("liability-cap", "fixed-cap", (quote,), Scope.ALL, (("cap", (value,)),), Basis.EXPLICIT)
    assert shown_values(found, SHIPPED) == (shown,)
