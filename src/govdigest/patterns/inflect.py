"""Regular English inflection, and the irregular verbs that policies use."""

from __future__ import annotations

_IRREGULAR: dict[str, tuple[str, ...]] = {
    "be": ("be", "is", "are", "was", "were", "been", "being"),
    "become": ("became", "becoming", "becomes"),
    "begin": ("began", "begun", "beginning", "begins"),
    "bind": ("bound", "binding", "binds"),
    "bring": ("brought", "bringing", "brings"),
    "build": ("built", "building", "builds"),
    "buy": ("bought", "buying", "buys"),
    "choose": ("chose", "chosen", "choosing", "chooses"),
    "do": ("does", "did", "done", "doing"),
    "find": ("found", "finding", "finds"),
    "forbid": ("forbade", "forbidden", "forbids", "forbidding"),
    "forgo": ("forgoes", "forwent", "forgone", "forgoing"),
    "get": ("got", "gotten", "getting", "gets"),
    "give": ("gave", "given", "giving", "gives"),
    "go": ("goes", "went", "gone", "going"),
    "have": ("has", "had", "having"),
    "hear": ("heard", "hearing", "hears"),
    "hold": ("held", "holding", "holds"),
    "keep": ("kept", "keeping", "keeps"),
    "leave": ("left", "leaving", "leaves"),
    "lose": ("lost", "losing", "loses"),
    "make": ("made", "making", "makes"),
    "mean": ("meant", "meaning", "means"),
    "meet": ("met", "meeting", "meets"),
    "pay": ("paid", "paying", "pays"),
    "put": ("puts", "putting"),
    "read": ("reads", "reading"),
    "see": ("saw", "seen", "seeing", "sees"),
    "seek": ("sought", "seeking", "seeks"),
    "sell": ("sold", "selling", "sells"),
    "send": ("sent", "sending", "sends"),
    "set": ("sets", "setting"),
    "take": ("took", "taken", "taking", "takes"),
    "tell": ("told", "telling", "tells"),
    "withdraw": ("withdrew", "withdrawn", "withdrawing", "withdraws"),
    "write": ("wrote", "written", "writing", "writes"),
}
_VOWELS = "aeiou"


def forms(word: str) -> tuple[str, ...]:
    """``word`` with its plural or third person, past and -ing forms, base first.

    Both the doubled and the plain consonant are given ('submitted', 'offered'), since a form that no one
    writes costs nothing.
    """
    if word in _IRREGULAR:
        return tuple(dict.fromkeys((word, *_IRREGULAR[word])))
    made = [word]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        made += [word + "es", word + "ed", word + "ing"]
    elif word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        made += [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    elif word.endswith("e"):
        made += [word + "s", word + "d", word[:-1] + "ing"]
    else:
        made += [word + "s", word + "ed", word + "ing"]
        if len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
            made += [word + word[-1] + "ed", word + word[-1] + "ing"]
    return tuple(dict.fromkeys(made))
