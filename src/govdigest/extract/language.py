"""Which language words are in, by the function words that no text can do without."""

from __future__ import annotations

import re
from collections import Counter

FEWEST = 12
"""Function words below which nothing is said."""

_WORD = re.compile(r"[^\W\d_]+")
_KINDS = 5
"""Different function words, and their share of all words: names and lists of links have neither."""
_SHARE = 0.12
_PIECE = 3_000
_FOREIGN = re.compile(r"[\u0370-\uffff]")

# Words that tell the languages apart, with the few that two share left in where each needs them.
_WORDS = {
    "en": """the of and to you your or we our that is are this with not may any for by if be will as from have it
        which these other such when us their can do does use has on at an""",
    "fr": """le la les des du de et à vous votre vos nous notre nos que qui dans pour par sur pas une un est sont ou
        avec ce cette ces aux au si être leur peut peuvent toute tout ne lorsque ainsi en""",
    "de": """der die das und oder sie ihre ihren wir unsere unseren nicht ist sind werden wird von zu mit den dem des
        für auf im eine einer einen bei als auch durch sich wenn kann können dass zum zur ein""",
    "es": """el la los las de del y o usted su sus nosotros nuestro nuestra nuestros que en para por con no una un es
        son como si al puede pueden este esta estos cualquier cuando se más tu tus lo""",
    "it": """il lo la gli le di del della dei delle e o che in per con non un una è sono si tuo tua tuoi nostro nostra
        nostri come da dal alla nel nella al se può possono questo questa anche i""",
    "nl": """de het een en of van je jouw uw wij we onze ons niet is zijn wordt worden met voor op te dat die in aan
        als door bij kan kunnen ook om deze dit naar uit""",
    "pt": """o a os as de do da dos das e ou você seu sua seus suas nós nosso nossa nossos que em para por com não uma
        um é são como se ao à pode podem este esta quando no na nos nas mais""",
    "sv": """och eller att det som en ett är för av på med den inte du din dina vi vår våra har kan till om de från
        när ska""",
    "da": """og eller at det som en et er for af på med den ikke du din dine vi vores har kan til om de fra når skal""",
    "pl": """i lub w na z do że się nie jest są dla oraz przez o od które który nasze nasz twoje jak może może to po""",
}
_PROFILES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_OWNERS: dict[str, tuple[str, ...]] = {}
for _language, _words in sorted(_PROFILES.items()):
    for _word in sorted(_words):
        _OWNERS[_word] = (*_OWNERS.get(_word, ()), _language)

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)


def detect(text: str) -> str:
    """ISO 639-1 code of the language of ``text``; empty when there are too few words to tell."""
    sample = text
    if len(text) > 3 * _PIECE:
        middle = len(text) // 2
        sample = f"{text[:_PIECE]} {text[middle : middle + _PIECE]} {text[-_PIECE:]}"
    if not sample.isascii():
        foreign = "".join(_FOREIGN.findall(sample))
        if len(foreign) > 8:
            for language, script in _SCRIPTS:
                if len(script.findall(foreign)) > max(8, len(sample) * (0.15 if language != "ja" else 0.05)):
                    return language
    scores: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    words = _WORD.findall(sample.lower())
    for word, count in Counter(words).items():
        owners = _OWNERS.get(word)
        if owners:
            # a word that several languages share says less for each
            for language in owners:
                scores[language] += 6 * count // len(owners)
                hits[language] += count
                kinds[language] += 1
    if not scores:
        return ""
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if score < 3 * FEWEST or score < second * 1.25 or kinds[best] < _KINDS or hits[best] < _SHARE * len(words):
        return ""
    return best
