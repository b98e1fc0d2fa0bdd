"""What stands on a page beside its document: dialogs that ask for cookies, and what sells the product."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govdigest.changes.labels import CONSENT, IDLE
from govdigest.changes.lexicon import Concept, Sense, concepts
from govdigest.changes.quantities import quantities
from govdigest.model import PassageKind, Text

_CONTROL = re.compile(
    r"(?<!\w)(?:accept(?: all| cookies| and (?:close|continue))?|reject(?: all)?|decline|agree|more options|allow all"
    r"|deny(?: all)?|confirm my choices|save (?:preferences|choices|settings)|manage (?:consent|preferences|cookies"
    r"|options|choices)|cookie settings|personali[sz]e my choices|always active|back button"
    r"|only (?:necessary|essential)|apply cancel|consent leg interest|view full legal text"
    r"|(?:list of )?iab vendors|vendor search|switch label|checkbox label"
    r"|continuer sans accepter|tout accepter|tout refuser|accepter(?: et fermer)?|refuser|paramétrer|gérer (?:les|mes)"
    r"|alle (?:cookies )?(?:akzeptieren|zulassen|ablehnen)|nur (?:notwendige|erforderliche)|akzeptieren|ablehnen"
    r"|aceptar(?: tod[oa]s?)?|rechazar(?: tod[oa]s?)?|configurar)(?!\w)"
)
"""Names of buttons of such a dialog, in the normal form: none that a policy has as a heading."""
_BESIDE = 2
"""Words that may stand in a button's passage beside names of buttons: a sentence that has such a word is no button."""
_ASKS = re.compile(
    r"(?<!\w)(?:cookies?|tracking|partners|your privacy|personali[sz]ed advertising|traceurs|vie privée|partenaires"
    r"|privatsphäre|datenschutz|privacidad)(?!\w)"
)
_LABEL = 10
"""Words of a button or of a row of them."""
_DENSE = 150
"""Words of a dialog for each of its buttons, at most: a policy that names one has more."""
_BEFORE, _AFTER = 7, 3
"""Passages of a dialog before its first button and behind its last."""
_OFFER = re.compile(
    r"^(?:sign up|join|get started|get the app|start (?:your|for|free|now|today)|try|download|subscribe|stay in"
    r"|ready to|book a demo|create your|contact sales"
    r"|(?:see|discover|learn|watch|find out) (?:how|why) (?!we |you |your |long |much |many |often )\w+ \w+s(?!\w)"
    r"|s'inscrire|inscrivez|essayez|téléchargez|jetzt|kostenlos"
    r"|regístrate|prueba|empieza|descarga)(?!\w)"
)
_OFFERED = 80
"""Words of what surrounds an offer."""
_SENTENCE = 18
_EASY = {Sense.EXTENT, Sense.PLACE}
_EASY_CONCEPTS: frozenset[Concept] = frozenset(
    {
        (Sense.RIGHT, "cancel"),
        (Sense.RIGHT, "opt out"),
        (Sense.PERMISSION, "can"),
        (Sense.PURPOSE, "marketing"),
        (Sense.PURPOSE, "personalisation"),
        (Sense.PURPOSE, "improvement"),
        (Sense.DATA, "financial data"),
        (Sense.PROMISE, "will"),
    }
)
"""What an offer may promise: 'no credit card, cancel any time'."""
_CHEER = re.compile(
    r"(?<!\w)(?:(?:never|do not|don't) miss(?: out)?|no (?:credit card|commitments?|obligations?|strings|fuss|ads?)"
    r"(?: (?:is )?(?:required|needed|attached))?)(?!\w)"
)
"""Phrases with a 'no' that denies nothing to anybody."""


def asides(text: Text, numbers: Sequence[int], keys: Sequence[str]) -> set[int]:
    """Passages, among ``numbers`` of ``text`` (with their normal forms), that are a dialog's or an offer's."""
    found = _consent(text, numbers, keys)
    for run in _runs(numbers):
        own = [(numbers[index], keys[index]) for index in run]
        found |= _dialog(text, own) | _offer(text, own)
    return found


def _runs(numbers: Sequence[int]) -> list[range]:
    """Stretches of passages without another between them, as indices of ``numbers``."""
    runs: list[range] = []
    for index, number in enumerate(numbers):
        if runs and number - numbers[index - 1] == 1:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs


def _consent(text: Text, numbers: Sequence[int], keys: Sequence[str]) -> set[int]:
    """Passages of a dialog whose words say that to click is to agree, with the heading above it."""
    asks = {text.passages[n].block for n, key in zip(numbers, keys, strict=True) if CONSENT.search(key)}
    above = {text.passages[n].block for n in numbers if text.passages[n].kind is PassageKind.HEADING}
    blocks = asks | {block - 1 for block in asks if block - 1 in above}
    return {number for number in numbers if text.passages[number].block in blocks}


def _dialog(text: Text, run: Sequence[tuple[int, str]]) -> set[int]:
    buttons: list[int] = []
    count = 0
    for index, (number, key) in enumerate(run):
        if key.count(" ") < _LABEL and not text.slice(text.passages[number].span).rstrip(" *_").endswith(
            (".", ";", ":")
        ):
            names = _CONTROL.findall(key)
            if names and len(_CONTROL.sub(" ", key).split()) <= _BESIDE:
                count += len(names)
                buttons.append(index)
    if count < 2:
        return set()
    first, last = buttons[0], buttons[-1]
    # what stands before the dialog speaks of something else, and so does what stands behind it
    begin = next((at for at in range(max(0, first - _BEFORE), first) if _ASKS.search(run[at][1])), first)
    behind = [one for one in run[last + 1 : last + 1 + _AFTER] if _ASKS.search(one[1])]
    inside = [*run[begin : last + 1], *behind]
    words = sum(key.count(" ") + 1 for _, key in inside)
    if words > _DENSE * count or not any(_ASKS.search(key) for _, key in inside):
        return set()
    return {number for number, _ in inside}


def _offer(text: Text, run: Sequence[tuple[int, str]]) -> set[int]:
    if sum(key.count(" ") + 1 for _, key in run) > _OFFERED:
        return set()
    if not any(_OFFER.match(key) for _, key in run):
        return set()
    return {
        number
        for number, key in run
        if key.count(" ") < _SENTENCE and _is_easy(text.slice(text.passages[number].span), key)
    }


def _is_easy(raw: str, key: str) -> bool:
    """Whether a passage says nothing that binds but what an offer says; a sentence with a sum or a period may bind."""
    if raw.rstrip(" *_").endswith((".", ";")) and any(one.kind != "number" for one in quantities(raw, key)):
        return False
    said = concepts(_CHEER.sub(" ", IDLE.sub(" ", key)))
    return all(concept[0] in _EASY or concept in _EASY_CONCEPTS for concept in said)
