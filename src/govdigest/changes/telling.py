"""Moves in words: a sentence for a headline, a line for a list, and which move leads.

A headline follows the names of platform and document, and has the document for its subject: 'now states …'. What a
document does not state any more may be done all the same: so 'no longer says that it …', and never 'no longer …'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

from govdigest import positions
from govdigest.changes.moves import Moved, value_key
from govdigest.changes.snippets import about
from govdigest.marks import plain
from govdigest.model import Finding, Parameter, Position, Provision, Scope, Taxonomy

_SCOPES = {Scope.CONSUMER: " (consumers)", Scope.BUSINESS: " (businesses)", Scope.ALL: ""}
_FOR = {Scope.CONSUMER: "For consumers, ", Scope.BUSINESS: "For businesses, ", Scope.ALL: ""}
_QUOTE = 64
"""Letters of a document's own words in a headline."""
_MANY = 6
"""Values that a line of a list names."""
_SPEAKS = re.compile(r"(?:states|names|says|lists|promises|claims|asks|forbids)\b")
"""How a position's sentence begins that tells what the document does, not what the platform does."""
_TERMS = frozenset({"legal", "commerce", "account"})
"""Groups of provisions whose sentences are terms: a document that has users pay, or renews plans, does so itself."""
_COMMENT = re.compile(r", and (?:names|states|offers|promises|says|does not say)\b.*$")
"""What a position's sentence adds about the document: it was not said, so it is not said no longer."""
_LABELLED = re.compile(r"[:(][^{]{0,12}\{")
"""A sentence that gives values behind a colon or in brackets: they are not its object."""

_BRACKETS = re.compile(r" \(([^()]*)\)(?= and ‘|$)")
"""Values in brackets behind a name: within brackets, a comma does."""

_Values = dict[str, list[str]]
"""By parameter: its values as readers see them, each once."""


def reason_of(moved: Moved, taxonomy: Taxonomy) -> str:
    """'Retention: 30 days, now 60 days', and 'Retention: ‘Stated period’ (30 days), now ‘As long as necessary’'."""
    move = moved.move
    provision = taxonomy.provision(move.provision)
    name = move.name + _SCOPES[move.scope]
    if not move.before:
        return f"{name}: Not stated before, now {_named(move.after, provision, moved)}"
    if not move.after:
        return f"{name}: {_named(move.before, provision, moved)}, no longer stated"
    if _stated(move.before) != _stated(move.after):
        # values that stand on both sides are no part of the news
        old = _named(move.before, provision, moved, moved.went)
        new = _named(move.after, provision, moved, moved.came)
        return f"{name}: {old}, now {new}"
    parts = []
    for parameter in provision.parameters:
        words = _exchange(_Exchange(moved, provision, parameter.slug))
        if words:
            parts.append(f"{_lower(parameter.name)}: {words}" if len(provision.parameters) > 1 else words)
    return f"{name}: {_capital('; '.join(parts))}"


def headline_of(moved: Moved, taxonomy: Taxonomy, room: int) -> str:
    """'Now states how long data is kept: 60 days (was 30 days)', and 'No longer says that it …'.

    In at most ``room`` letters, where the provision's words allow it.
    """
    provision = taxonomy.provision(moved.move.provision)
    text = ""
    for text in _headlines(moved, provision):
        if len(text) <= room:
            break
    return text


def telling(moved: Moved, taxonomy: Taxonomy) -> int:
    """How far a move matters: by the exposure that it leaves, the step it takes, and whether both sides speak."""
    move = moved.move
    provision = taxonomy.provision(move.provision)
    ranks = {position.slug: position.exposure.rank for position in provision.positions}
    old = max((ranks.get(f.position, 0) for f in move.before), default=0)
    new = max((ranks.get(f.position, 0) for f in move.after), default=0)
    if {f.position for f in move.before} == {f.position for f in move.after}:
        return new * 2 + 2 if moved.came else new + 1  # a value that went may only be told otherwise
    both = 2 if move.before and move.after else 0
    return abs(new - old) * 3 + new * 2 + both


# --------------------------------------------------------------------------- headlines


def _headlines(moved: Moved, provision: Provision) -> Iterator[str]:
    """The same news in ever fewer words."""
    move = moved.move
    who = _FOR[move.scope]
    was, now = _stated(move.before), _stated(move.after)
    if was == now:
        yield from (_capital(f"{who}{text}") for text in _values_moved(moved, provision))
        return
    come = _most_exposed(provision, now - was) or _most_exposed(provision, now)
    gone = _most_exposed(provision, was - now) or _most_exposed(provision, was)
    if not now - was and gone is not None:
        values = _shown(_at(move.before, gone), provision, moved, moved.went)
        told = next((each for slug, each in values.items() if slug in _fields(gone)), [])
        if told and _SPEAKS.match(gone.sentence) and _LABELLED.search(gone.sentence):
            for most in (3, 2, 1):  # the document may state others of their kind
                yield _capital(f"{who}on {_lower(move.name)}, no longer states {_listed(told, 'or', most)}")
        for text in _sentences(gone, values):
            yield _capital(f"{who}{_no_longer(text)}")
        return
    if come is None:
        yield _capital(f"{who}states something else on {_lower(move.name)}")
        return
    values = _shown(_at(move.after, come), provision, moved, moved.came)
    opening = "now" if was - now or not was else "now also"
    olds = [""]
    if was - now:
        gone_findings = [f for f in move.before if f.position not in now]
        olds = [
            _named(gone_findings, provision, moved, values) for values in (moved.went, frozenset[tuple[str, str]]())
        ]
        olds.append("")
    for text in _sentences(come, values):
        for old in olds:
            yield _capital(f"{who}{_was(_now(text, provision, opening), old)}")


def _values_moved(moved: Moved, provision: Provision) -> Iterator[str]:
    """Headlines of a move under the same positions."""
    exchanges = [_Exchange(moved, provision, parameter.slug) for parameter in provision.parameters]
    exchanges = [one for one in exchanges if one.differs]
    if not exchanges:
        yield f"states something else on {_lower(moved.move.name)}"
        return
    first, others = exchanges[0], exchanges[1:]
    position = next(
        (p for p in provision.positions if p.slug in _stated(moved.move.after) and first.slug in _fields(p)), None
    )
    rest = "".join(f"; {_lower(one.parameter.name)}: {_exchange(one)}" for one in others)
    if position is not None:
        for most in (_MANY, 3, 2, 1):
            told = _in_sentence(first, position, provision, moved, most)
            if told:
                yield told + rest
                yield told
    on = f"on {_lower(moved.move.name)}"
    quoted = _in_its_words(first, moved)
    if quoted:
        yield f"{on}, now says {quoted} (was {_listed(first.gone, 'and')})" + rest
    for most in (3, 2, 1):
        told = f"{on}, {_exchange_in_words(first, most)}"
        yield told + rest
        yield told


class _Exchange:
    """How the values of one parameter moved."""

    def __init__(self, moved: Moved, provision: Provision, slug: str) -> None:
        self.slug = slug
        self.parameter = next(parameter for parameter in provision.parameters if parameter.slug == slug)
        move = moved.move
        self.old = _shown(move.before, provision, moved).get(slug, [])
        self.new = _shown(move.after, provision, moved).get(slug, [])
        unread_new = [new for at, old, new in moved.swapped if at == slug and old in self.old]
        unread_old = [old for at, old, new in moved.swapped if at == slug and new in self.new]
        gone = _shown(move.before, provision, moved, moved.went).get(slug, [])
        come = _shown(move.after, provision, moved, moved.came).get(slug, [])
        self.gone = list(dict.fromkeys([*gone, *unread_old]))
        self.come = list(dict.fromkeys([*come, *unread_new]))

    @property
    def differs(self) -> bool:
        return bool(self.gone or self.come) and (self.gone or self.old) != (self.come or self.new)

    @property
    def replaced(self) -> bool:
        """Whether what came stands in place of what went."""
        everything = set(self.gone) >= set(self.old)
        return bool(self.gone and (self.come or self.new)) and (everything or len(self.gone) == len(self.come) == 1)

    @property
    def whole(self) -> bool:
        """Whether nothing that was stated before still is."""
        return set(self.gone) >= set(self.old)


def _exchange(one: _Exchange) -> str:
    """'30 days, now 60 days', as a line of a list has it."""
    if not one.differs:
        return ""
    if not one.old and not one.gone:
        return f"now states {_listed(one.come or one.new, 'and')}"
    if one.replaced:
        return f"{_listed(one.gone, 'and')}, now {_listed(one.come or one.new, 'and')}"
    also = [f"now also {_listed(one.come, 'and')}"] if one.come else []
    return "; ".join([*also, f"no longer states {_listed(one.gone or one.old, 'or')}"] if one.gone else also)


def _in_its_words(one: _Exchange, moved: Moved) -> str:
    """The words of the document about the value that stands in another's place; empty where no quote has it."""
    if not (one.replaced and len(one.come) == 1):
        return ""
    for finding in moved.move.after:
        values = [value for slug, each in finding.parameters if slug == one.slug for value in each]
        for value in values:
            if _as_shown(value, one.parameter) != one.come[0]:
                continue
            for quote in finding.quotes:
                told = about(plain(quote.text), value, _QUOTE)
                if told:
                    return told
    return ""


def _exchange_in_words(one: _Exchange, most: int) -> str:
    """'now states 60 days (was 30 days)', behind what it is about."""
    if one.replaced:
        return f"now states {_listed(one.come or one.new, 'and', most)} instead of {_listed(one.gone, 'and', most)}"
    if not one.old and not one.gone:
        return f"now states {_listed(one.come or one.new, 'and', most)}"
    also = [f"now also states {_listed(one.come, 'and', most)}"] if one.come else []
    parts = [*also, f"no longer states {_listed(one.gone, 'or', most)}"] if one.gone else also
    return ", and ".join(parts)


def _in_sentence(one: _Exchange, position: Position, provision: Provision, moved: Moved, most: int) -> str:
    """The exchange in the position's own sentence; empty where it would say more than happened."""
    labelled = bool(_LABELLED.search(position.sentence))
    if not one.come and not (one.replaced and one.new):
        if labelled or one.whole or one.parameter.type != "list" or _SPEAKS.match(position.sentence):
            return ""
        text = _fill(position, {one.slug: one.gone}, most, "or")
        return _no_longer(text) if text else ""
    if one.replaced and not one.whole:
        return ""  # others of its kind are still stated: the sentence would tell the one as if it were all
    others = {slug: values for slug, values in _shown(moved.move.after, provision, moved).items() if slug != one.slug}
    text = _fill(position, {**others, one.slug: one.come or one.new}, most)
    if not text:
        return ""
    if one.replaced or not (one.old or one.gone):
        return _was(_now(text, provision, "now"), _listed(one.gone, "and", most))
    told = _now(text, provision, "now also")
    return f"{told}; no longer states {_listed(one.gone, 'or', most)}" if one.gone else told


def _sentences(position: Position, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The position's sentence with ever fewer values."""
    for most in (_MANY, 3, 2, 1):
        text = _fill(position, values, most)
        if text:
            yield text
    yield position.sentence_without or _COMMENT.sub("", position.sentence)
    if not _fields(position):
        yield _COMMENT.sub("", position.sentence)


def _fill(position: Position, values: Mapping[str, Sequence[str]], most: int, joint: str = "and") -> str:
    """The position's sentence with ``values``; empty where it needs others."""
    fields = _fields(position)
    if not fields:
        return position.sentence
    if not all(values.get(field) for field in fields):
        return ""
    return position.sentence.format_map({field: _listed(values[field], joint, most) for field in fields})


def _fields(position: Position) -> tuple[str, ...]:
    return tuple(field for _, field, _, _ in Formatter().parse(position.sentence) if field)


def _now(sentence: str, provision: Provision, opening: str) -> str:
    """'now states …', 'now says that it collects …', 'is now governed by …'."""
    if _SPEAKS.match(sentence) or (provision.group in _TERMS and not sentence.startswith("may ")):
        if sentence.startswith("is "):
            return f"is {opening} {sentence.removeprefix('is ')}"
        return f"{opening} {sentence}"
    return f"{opening} says that it {sentence}"


def _no_longer(sentence: str) -> str:
    sentence = _COMMENT.sub("", sentence)
    return f"no longer {sentence}" if _SPEAKS.match(sentence) else f"no longer says that it {sentence}"


def _was(text: str, old: str) -> str:
    if not old:
        return text
    old = _BRACKETS.sub(r", \1", old)
    return f"{text[:-1]}, was {old})" if text.endswith(")") else f"{text} (was {old})"


# --------------------------------------------------------------------------- words


def _stated(findings: Sequence[Finding]) -> set[str]:
    return {finding.position for finding in findings}


def _most_exposed(provision: Provision, stated: set[str]) -> Position | None:
    known = [position for position in provision.positions if position.slug in stated]
    return max(known, key=lambda position: position.exposure.rank, default=None)


def _at(findings: Sequence[Finding], position: Position) -> list[Finding]:
    return [finding for finding in findings if finding.position == position.slug]


def _shown(
    findings: Sequence[Finding],
    provision: Provision,
    moved: Moved,
    news: frozenset[tuple[str, str]] | None = None,
) -> _Values:
    """The values of all parameters as readers see them, in the provision's order; of ``news`` alone where given."""
    text = moved.before_markdown if findings and findings[0] in moved.move.before else moved.after_markdown
    told: _Values = {}
    for parameter in provision.parameters:
        values = [v for f in findings for slug, each in f.parameters if slug == parameter.slug for v in each]
        if news is not None:
            values = [v for v in values if (parameter.slug, value_key(v, parameter.type)) in news]
        shown = list(dict.fromkeys(_as_shown(value, parameter, text) for value in values))
        if shown:
            told[parameter.slug] = shown
    return told


def _as_shown(value: str, parameter: Parameter, text: str = "") -> str:
    return parameter.labels.get(value) or positions.shown_value(value, parameter.type, text)


def _named(
    findings: Sequence[Finding], provision: Provision, moved: Moved, news: frozenset[tuple[str, str]] | None = None
) -> str:
    """The positions' names, as tables show them, with their values; of ``news`` alone where given."""
    names: list[str] = []
    for finding in findings:
        try:
            name = provision.position(finding.position).name
        except KeyError:
            name = _capital(finding.position.replace("-", " "))
        values = _shown([finding], provision, moved, news)
        told = ", ".join(_listed(each, "and", 3) for each in values.values())
        names.append(f"‘{name}’ ({told})" if told else f"‘{name}’")
    return " and ".join(dict.fromkeys(names))


def _listed(values: Sequence[str], joint: str, most: int = _MANY) -> str:
    """'a', 'a and b', 'a, b and 3 more'; 'a, b; and c' where a value has a comma of its own."""
    shown = list(values[:most])
    if len(values) > most:
        shown.append(f"{len(values) - most} more")
    if any("," in value for value in shown):
        return f"; {joint} ".join(["; ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
    if len(shown) < 2:
        return "".join(shown)
    pause = "," if any(" and " in value for value in shown) else ""
    return f"{', '.join(shown[:-1])}{pause} {joint} {shown[-1]}"


def _lower(text: str) -> str:
    """``text`` as it stands within a sentence: a name in capitals keeps them."""
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
