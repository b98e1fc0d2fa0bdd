"""All runs of words of a taxonomy as one automaton, which a passage passes once.

Its states are made as they are first reached (subset construction), so that a step costs one look-up, however many
runs and alternatives there are. From each word it goes on only as long as some run does, and no run repeats anything:
the time for a passage is its length times the longest run, at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govdigest.patterns.lexicon import Lexicon
from govdigest.patterns.parse import LONGEST_PREFIX, SHORTEST_PREFIX, Either, Maybe, Name, Node, PatternError, Row, Word

MOST_LEARNT = 200_000
"""Steps that are kept; then all is forgotten and learnt anew."""
_FEW = 12
_Entry = frozenset[int]
_NOWHERE: _Entry = frozenset()


BITS = 14
"""Of a number of a word: more than a view's characters."""


@dataclass(slots=True, eq=False)
class State:
    """A place in some runs: by which words they go on, and which of them end here."""

    number: int
    accepts: tuple[int, ...]
    """Numbers of runs."""
    words: tuple[int, ...]
    """Numbers of the words that may follow."""
    following: dict[str, State | None] = field(default_factory=dict)
    """What was learnt."""
    index: dict[str, _Entry] | None = None
    """Words, and prefixes with a star, by which a state with many of them goes on."""


Runs = list[int]
"""Runs that stand in a passage. Each is the number of its last state, of its first word, and of the word after its
last, in one number (see ``BITS``): a document has so many that they must not burden the garbage collector."""
_UNKNOWN = State(-1, (), ())


@dataclass(slots=True)
class Recogniser:
    """Knows runs by number, and finds them."""

    lexicon: Lexicon
    accepting: dict[int, set[int]] = field(default_factory=dict)
    """By number of a run, the numbers of the states in which it ends, as far as they were reached."""
    accepts: list[tuple[int, ...]] = field(default_factory=list)
    """By number of a state, the runs that end in it."""
    _words: list[tuple[tuple[str, ...], bool, _Entry]] = field(default_factory=list)
    """Forms, whether they are prefixes, and what may follow; below zero the end of run ``-1 - number``."""
    _entries: set[int] = field(default_factory=set)
    _states: dict[_Entry, State] = field(default_factory=dict)
    _start: State | None = None
    _learnt: int = 0

    def add(self, number: int, node: Node) -> None:
        """Know the run ``node`` by ``number``; raises PatternError for a run that may be empty."""
        entry = self._entry(node, frozenset((-1 - number,)))
        if any(word < 0 for word in entry):
            raise PatternError("it matches nothing at all: every part may be missing")
        self._entries |= entry
        self.accepting[number] = set()
        self._start = None

    def scan(self, tokens: Sequence[str]) -> Runs:
        """All runs that stand in ``tokens``."""
        if self._learnt > MOST_LEARNT:
            self._forget()
        start = self._start or self._begin()
        made: Runs = []
        put = made.append
        count = len(tokens)
        first = start.following.get
        for at, token in enumerate(tokens):
            state = first(token, _UNKNOWN)
            if state is None:
                continue
            if state is _UNKNOWN:
                state = self._learn(start, token)
            place = at + 1
            while state is not None:
                if state.accepts:
                    put((state.number << BITS | at) << BITS | place)
                if place == count or not state.words:
                    break
                token = tokens[place]
                following = state.following.get(token, _UNKNOWN)
                state = self._learn(state, token) if following is _UNKNOWN else following
                place += 1
        return made

    def _forget(self) -> None:
        """Begin anew, before a passage is passed; what was found in others keeps its numbers."""
        for state in self._states.values():
            state.following.clear()
        self._start = None
        self._learnt = 0

    def _begin(self) -> State:
        self._start = self._state(frozenset(self._entries))
        return self._start

    def _entry(self, node: Node, follow: _Entry) -> _Entry:
        match node:
            case Word(forms, prefix):
                return frozenset((self._word(forms, prefix, follow),))
            case Row(items):
                for item in reversed(items):
                    follow = self._entry(item, follow)
                return follow
            case Maybe(item):
                return self._entry(item, follow) | follow
            case Name(name):
                return self._entry(self.lexicon.node(name), follow)
            case Either(options):
                made: set[int] = set()
                plain: list[str] = []
                for option in options:
                    if isinstance(option, Word) and not option.prefix:
                        plain += option.forms
                    else:
                        made |= self._entry(option, follow)
                if plain:
                    made.add(self._word(tuple(dict.fromkeys(plain)), False, follow))
                return frozenset(made)
            case _:
                raise PatternError("a gap or a value stands where only words can")

    def _word(self, forms: tuple[str, ...], prefix: bool, follow: _Entry) -> int:
        self._words.append((forms, prefix, follow))
        return len(self._words) - 1

    def _state(self, entry: _Entry) -> State:
        known = self._states.get(entry)
        if known is None:
            accepts = tuple(sorted(-1 - number for number in entry if number < 0))
            words = tuple(sorted(number for number in entry if number >= 0))
            known = self._states[entry] = State(len(self.accepts), accepts, words)
            self.accepts.append(accepts)
            for number in accepts:
                self.accepting[number].add(known.number)
        return known

    def _learn(self, state: State, token: str) -> State | None:
        """Where ``token`` leads from ``state``."""
        entry: set[int] = set()
        if len(state.words) > _FEW:
            index = state.index or self._index(state)
            entry |= index.get(token, _NOWHERE)
            for length in range(SHORTEST_PREFIX, min(len(token), LONGEST_PREFIX) + 1):
                # a prefix stands under itself with a star, which no word has
                entry |= index.get(token[:length] + "*", _NOWHERE)
        else:
            for number in state.words:
                forms, prefix, follow = self._words[number]
                if token.startswith(forms) if prefix else token in forms:
                    entry |= follow
        following = self._state(frozenset(entry)) if entry else None
        state.following[token] = following
        self._learnt += 1
        return following

    def _index(self, state: State) -> dict[str, _Entry]:
        made: dict[str, set[int]] = {}
        for number in state.words:
            forms, prefix, follow = self._words[number]
            for form in forms:
                made.setdefault(f"{form}*" if prefix else form, set()).update(follow)
        state.index = {form: frozenset(entry) for form, entry in made.items()}
        return state.index
