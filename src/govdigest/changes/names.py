"""Names and enumerations: who and what a passage lists, and what was renamed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from govdigest.changes.lexicon import Sense, concepts, is_small
from govdigest.marks import plain


def runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Where two sequences of words differ: (words gone, words come) of each place."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    gone: list[str] = []
    come: list[str] = []
    for op in LCSseq.opcodes(before, after):
        if op.tag == "equal":
            if gone or come:
                found.append((tuple(gone), tuple(come)))
                gone, come = [], []
            continue
        gone += before[op.src_start : op.src_end]
        come += after[op.dest_start : op.dest_end]
    if gone or come:
        found.append((tuple(gone), tuple(come)))
    return found


_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'&.-]{0,40}(?: (?:(?:of|for|de|du) )?(?:[A-ZÀ-Þ][\w’'&.-]{0,40}|\d{1,4}\b)){0,6}")
_STARTS = re.compile(r"(?:^|[.!?:;•]\s{0,3}|[“\"(]\s?)$")
_BESIDE_LEFT = re.compile(r"(?:,|;|/|\b(?:and|or|et|ou|und|oder|y|o|sowie))\s*$")
_BESIDE_RIGHT = re.compile(r"\s*(?:,|;|/|(?:and|or|et|ou|und|oder|y|o|sowie)\b)")


_KEY = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
"""A word as the normal form has it."""


_GERMAN = frozenset(
    [
        "der",
        "die",
        "das",
        "und",
        "nicht",
        "ist",
        "den",
        "dem",
        "zu",
        "mit",
        "von",
        "für",
        "auf",
        "oder",
        "eine",
        "einer",
        "ihre",
        "ihrem",
        "ihren",
        "ihrer",
        "ihres",
        "sie",
        "wir",
        "wenn",
        "dein",
        "deine",
        "deinem",
        "deinen",
        "deiner",
        "deines",
        "dich",
        "keine",
        "im",
        "zur",
        "zum",
        "bei",
        "als",
        "auch",
        "sich",
    ]
)
_DEFINED = frozenset(
    [
        "policy",
        "terms",
        "service",
        "services",
        "app",
        "apps",
        "user",
        "users",
        "site",
        "sites",
        "website",
        "websites",
        "company",
        "agreement",
        "account",
        "accounts",
        "content",
        "member",
        "members",
        "customer",
        "customers",
        "platform",
        "privacy",
        "product",
        "products",
        "party",
        "parties",
        "software",
        "order",
        "conditions",
        "notice",
        "subscription",
        "subscriptions",
        "materials",
        "feature",
        "features",
        "data",
        "you",
        "we",
        "postaladdress",
    ]
)
"""What documents call themselves, their parties and their objects, with a capital: no names of others."""


def _german(words: str) -> bool:
    """Whether ``words`` are German, where every noun has a capital."""
    return len(_GERMAN.intersection(words.split())) >= 2


def _stands(key: str, words: str) -> bool:
    """Whether ``words`` hold a name, if need be with up to two words more between its own."""
    return re.search(rf"(?<!\S){r'(?: [^ ]+){0,2}? '.join(map(re.escape, key.split()))}(?!\S)", words) is not None


def _names(text: str) -> dict[str, str]:
    """Names that stand among others in ``text``, by their lower-case words."""
    found: dict[str, str] = {}
    for match in _NAME.finditer(text):
        name = match[0].rstrip(".,'’-")
        opens = bool(_STARTS.search(text[max(0, match.start() - 4) : match.start()]))
        if (opens and " " not in name) or len(name) < 3 or name.lower() in _DEFINED:
            continue
        beside = _BESIDE_LEFT.search(text[max(0, match.start() - 8) : match.start()]) or _BESIDE_RIGHT.match(
            text[match.start() + len(name) : match.end() + 8]
        )
        if beside:
            found.setdefault(" ".join(_KEY.findall(name.lower().replace("’", "'"))), name)
    return found


def moved_names(before: str, after: str, words_before: str, words_after: str) -> tuple[str, bool] | None:
    """A name that was added to, or dropped from, an enumeration: in words, and whether it came; None where none was."""
    if before.isupper() or after.isupper() or (_german(words_before) and _german(words_after)):
        return None
    gone = [name for key, name in _names(before).items() if not _stands(key, words_after)]
    come = [name for key, name in _names(after).items() if not _stands(key, words_before)]
    if gone and not come:
        return f"Drops ‘{gone[0]}’", False
    if come and not gone:
        return f"Adds ‘{come[0]}’", True
    return None


_NAMED = re.compile(r"[\W_]{0,8}([A-ZÀ-Þ][\w.&'’ -]{1,40}?)[*_\s\\]{0,6}(?:[:|]|\s[–—-]\s|$)")


def named(raw: str) -> str:
    """The name with which an entry of a list or a row begins; empty where it begins with none."""
    found = _NAMED.match(raw)
    return " ".join(found[1].split()) if found else ""


_FORBIDDEN = re.compile(
    r"(?<!\w)(?:(you|users?|members?|customers?) (?:may|shall|must) not|(?:is|are) not (?:permitted|allowed) to)(?!\w)"
)
_DOCUMENT = re.compile(
    r"(?<!\w)((?:privacy|cookies?|legal|this|copyright|data protection|transparency|our) )"
    r"(?:notice|statement|policy|declaration)(?:s|ies)?(?!\w)"
)


def called(words: str) -> str:
    """``words`` with one name for what a document calls itself, and one form of what is forbidden to its users.

    A privacy notice notifies no more than a policy, and who may not do a thing must not do it.
    """
    if " not " in words:
        words = _FORBIDDEN.sub(lambda match: f"{match[1] or ''} must not".strip(), words)
    return _DOCUMENT.sub(r"\1policy", words)


def respelt(before: str, differing: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> str:
    """``before`` with the words whose spelling alone was mended as they are written now."""
    mended = {
        old: new
        for gone, come in differing
        if len(gone) == len(come)
        for old, new in zip(gone, come, strict=True)
        if _misspelt(old, new) or _american(old) == _american(new)
    }
    return " ".join([mended.get(word, word) for word in before.split()]) if mended else before


_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|es|ing|ations?|er|ers|able)$)"), "iz"),
    (re.compile(r"(?<=\w{3})ys(?=(?:e[drs]?|es|ing)$)"), "yz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|al|able|ite|ites)?$)"), "or"),
    (re.compile(r"(?<=licen|defen|offen)c(?=e[ds]?$|ing$)"), "s"),
    (re.compile(r"^(cent|theat|met|lit)re(?=[ds]?$)"), r"\1er"),
    (re.compile(r"^(program|catalog)(?:me|ue)(?=s?$)"), r"\1"),
    (re.compile(r"(?<=\w{4})ll(?=(?:ed|ing|er|ers|ation)$)"), "l"),
)


def _american(word: str) -> str:
    """``word`` as it is spelt in the United States: only to be compared."""
    for british, spelt in _BRITISH:
        word = british.sub(spelt, word)
    return word


def _misspelt(one: str, other: str) -> bool:
    """Whether two long words differ in one letter, or in the order of two, well within: an end may turn a meaning."""
    short, long = sorted((one, other), key=len)
    if len(short) < 7 or len(long) - len(short) > 1 or not (one + other).isalpha():
        return False
    within = range(3, len(long) - 2)
    if len(short) < len(long):
        return any(long[:i] + long[i + 1 :] == short for i in within)
    wrong = [i for i in range(len(one)) if one[i] != other[i]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == other[wrong[1]]
    return (len(wrong) == 1 or (swapped and one[wrong[1]] == other[wrong[0]])) and all(i in within for i in wrong)


_JOINS = frozenset({"or", "and", "et", "ou", "und", "oder", "y", "o", "sowie"})
_PRESSED = frozenset({"click", "clicking", "tap", "press", "select", "cliquez", "klicken", "tippen"})
_JOINED = 14
"""Words and commas of the longest run that is taken for one more member of an enumeration."""
_WORD_OR_COMMA = re.compile(r"\w+(?:['’-]\w+)*|[,;]")


def moved_items(before: str, after: str) -> tuple[str, bool] | None:
    """What was added to, or dropped from, an enumeration: in words, and whether it came; None where nothing was."""
    old, new = _WORD_OR_COMMA.findall(before), _WORD_OR_COMMA.findall(after)
    if len(old) > 600 or len(new) > 600:
        return None
    low_old, low_new = [token.lower() for token in old], [token.lower() for token in new]
    for gone, come, tokens, there in _insertions(low_old, low_new, old, new):
        run = come or gone
        if "," not in run and ";" not in run and not (len(run) <= _JOINED and {run[0], run[-1]} & _JOINS):
            continue
        if not _PRESSED.isdisjoint(run[:3]) or "postaladdress" in run:
            continue  # how to get to a setting, or where to write to
        content = [word for word in run if len(word) > 3 and not is_small(word)]
        if content and not all(word in there for word in content):
            item = " ".join(tokens).replace(" ,", ",").replace(" ;", ";").strip(" ,;")
            for word in ("and ", "or ", "the "):
                item = item.removeprefix(word)
            for word in (" and", " or", " the"):
                item = item.removesuffix(word)
            item = item.strip(" ,;")
            item = item if len(item) <= 80 else item[:80].rsplit(" ", 1)[0] + " …"
            return f"{'Adds' if come else 'Drops'} ‘{item}’", bool(come)
    return None


LAWS = re.compile(
    r"(?<!\w)(?:laws?|courts?|jurisdiction|governed|complain\w*|droit|lois?|tribuna\w+|recht|gericht\w*"
    r"|ley(?:es)?|legge|rechter)(?!\w)",
    re.IGNORECASE,
)


def other_law(differing: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], said_before: str, said_after: str) -> str:
    """That a passage on law or courts names another place or body, in words; empty where it does not."""
    if said_before.isupper() or not LAWS.search(said_before) or not LAWS.search(said_after):
        return ""
    for gone, come in differing:
        if 1 <= len(gone) <= 3 and 1 <= len(come) <= 3 and not _DEFINED.intersection(gone + come):
            old, new = _written(gone, said_before), _written(come, said_after)
            if old and new:
                return f"Replaces ‘{old}’ with ‘{new}’"
    return ""


def _written(run: tuple[str, ...], text: str) -> str:
    """``run`` as ``text`` has it, where every word has a capital within a sentence; else empty."""
    match = re.search(
        r"(?<=[a-z,] )" + r"\W{1,3}".join(re.escape(word) for word in run) + r"(?!\w)", text, re.IGNORECASE
    )
    if match is None or any(word.isdigit() for word in run):
        return ""
    return match[0] if all(part[:1].isupper() for part in match[0].split()) else ""


_ENTRY = re.compile(r"<br ?/?>|\\?\n|\|")


def moved_entries(before: str, after: str) -> tuple[str, bool] | None:
    """What came to, or went from, the entries of a row's cells (raw): in words, and whether it came; None for more."""
    if "<br" not in before or "<br" not in after:
        return None
    old, new = _entries(before), _entries(after)
    gone, come = [key for key in old if key not in new], [key for key in new if key not in old]
    if len(gone) + len(come) != 1:
        return None  # a rewording is told by its words
    return (f"Drops ‘{old[gone[0]]}’", False) if gone else (f"Adds ‘{new[come[0]]}’", True)


def _entries(raw: str) -> dict[str, str]:
    """Entries of a row's cells as readers see them, by their words."""
    found: dict[str, str] = {}
    for piece in _ENTRY.split(raw):
        said = plain(piece).strip(" ,;.*•·-")
        words = " ".join(_KEY.findall(said.lower()))
        if words and words.count(" ") < _JOINED:
            found.setdefault(words, said[:80])
    return found


def _insertions(
    low_old: list[str], low_new: list[str], old: list[str], new: list[str]
) -> list[tuple[list[str], list[str], list[str], set[str]]]:
    """Runs that only went or only came: (gone, come, the tokens as written, words of the other side)."""
    found: list[tuple[list[str], list[str], list[str], set[str]]] = []
    for op in LCSseq.opcodes(low_old, low_new):
        if op.tag == "insert":
            run = slice(op.dest_start, op.dest_end)
            if op.dest_start == 0:
                continue  # an opening such as 'In particular,' lists nothing
            found.append(([], low_new[run], new[run], set(low_old)))
        elif op.tag == "delete":
            run = slice(op.src_start, op.src_end)
            if op.src_start == 0:
                continue
            found.append((low_old[run], [], old[run], set(low_new)))
    return found


def renamed_words(before: str, after: str) -> str:
    """What was renamed, as written."""
    old, new = before.split(), after.split()
    gone = [token for op in LCSseq.opcodes(old, new) if op.tag == "delete" for token in old[op.src_start : op.src_end]]
    come = [
        token for op in LCSseq.opcodes(old, new) if op.tag == "insert" for token in new[op.dest_start : op.dest_end]
    ]
    if gone and come and len(gone) <= 8 and len(come) <= 8:
        return f"Renames ‘{_once(gone)}’ to ‘{_once(come)}’ throughout"
    return "A name was changed throughout"


def _once(tokens: Sequence[str]) -> str:
    """A name without the marks around it, once where it is given twice, as in 'Acme ("Acme")'."""
    words = [bare for token in tokens if (bare := token.strip("\"“”‘’'()[]*_"))]
    keys = [word.strip(".,;:") for word in words]
    for size in range(1, len(words) // 2 + 1):
        if keys == keys[:size] * (len(keys) // size):
            words = words[:size]
            break
    return " ".join(words).strip(" ,;:")


def renamings(pairs: Sequence[tuple[str, str, str, str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names that were replaced throughout; ``pairs`` are (text before, text after, normal form before, after).

    A name is a run of words that stood with a capital; a run that carries force of its own is none. It must have
    been replaced at least twice, and never be left standing in a reworded passage.
    """
    seen: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    for said_before, said_after, before, after in pairs:
        for gone, come in runs(before.split(), after.split()):
            if (
                gone
                and come
                and len(gone) <= 5
                and len(come) <= 5
                and _capital(gone, said_before)
                and _capital(come, said_after)
            ):
                seen[gone, come] = seen.get((gone, come), 0) + 1
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    afters = [f" {after} " for _, _, _, after in pairs]
    for (gone, come), times in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        force = {sense for sense, _ in concepts(" ".join(gone)) | concepts(" ".join(come))}
        forceful = force - {Sense.DATA, Sense.PURPOSE}
        left = sum(f" {' '.join(gone)} " in after for after in afters)
        if times >= 2 and not forceful and gone not in names and (left == 0 or set(gone) <= set(come)):
            names[gone] = come
    return names


def _capital(run: tuple[str, ...], text: str) -> bool:
    match = re.search(r"(?<!\w)" + r"\W{1,3}".join(re.escape(word) for word in run), text, re.IGNORECASE)
    if match is None or any(word.isdigit() for word in run):
        return False
    return any(part[:1].isupper() for part in match[0].split())
