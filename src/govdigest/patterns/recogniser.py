"""All runs of words of a taxonomy as one automaton, which a passage passes once.

Its states are made as they are first reached (subset construction), so that a step costs one look-up, however many
runs and alternatives there are. From each word it goes on only as long as some run does, and no run repeats anything:
the time for a passage is its length times the longest run, at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from govdigest.patterns.lexicon import Lexicon
from govdigest.patterns.parse import LONGEST_PREFIX, SHORTEST_PREFIX, Either, Maybe, Name, Node, PatternError, Row, Word

MOST_LEARNT = 200_000
"""Steps that are kept; then all is forgotten and learnt anew."""
_FEW = 12
_Entry = frozenset[int]
_NOWHERE: _Entry = frozenset()


class _Following(dict[str, "State"]):
    """Where words lead from one state; what is not known is learnt as it is asked."""

    __slots__ = ("learn", "state")

    def __init__(self, state: State, learn: Callable[[State, str], State]) -> None:
        self.state = state
        self.learn = learn

    def __missing__(self, token: str) -> State:
        return self.learn(self.state, token)


class State:
    """A place in some runs: by which words they go on, and which of them end here."""

    __slots__ = ("accepts", "following", "index", "number", "words")

    def __init__(
        self, number: int, accepts: tuple[int, ...], words: tuple[int, ...], learn: Callable[[State, str], State]
    ) -> None:
        self.number = number
        self.accepts = accepts
        """Numbers of runs."""
        self.words = words
        """Numbers of the words that may follow."""
        self.following = _Following(self, learn)
        self.index: dict[str, _Entry] | None = None
        """Words, and prefixes with a star, by which a state with many of them goes on."""


Runs = tuple[list[State], list[tuple[State, int, int]]]
"""Runs that stand in a passage: the state that each of its words leads to, which are the runs of one word (most), and
of the longer ones the last state, the number of the first word, and that of the word after the last."""


@dataclass(slots=True)
class Recogniser:
    """Knows runs by number, and finds them."""

    lexicon: Lexicon
    accepting: dict[int, set[State]] = field(default_factory=dict)
    """By number of a run, the states in which it ends, as far as they were reached."""
    nowhere: State = field(init=False)
    """Where words lead that are not looked for: no run ends there, and none goes on."""
    _words: list[tuple[tuple[str, ...], bool, _Entry]] = field(default_factory=list)
    """Forms, whether they are prefixes, and what may follow; below zero the end of run ``-1 - number``."""
    _entries: set[int] = field(default_factory=set)
    _states: dict[_Entry, State] = field(default_factory=dict)
    _start: State | None = None
    _learnt: int = 0

    def __post_init__(self) -> None:
        self.nowhere = State(-1, (), (), self._learn)

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
        nowhere = self.nowhere
        states = list(map((self._start or self._begin()).following.__getitem__, tokens))
        longer: list[tuple[State, int, int]] = []
        count = len(tokens)
        at = -1
        # the loop over all words of a document: what it does for a word that goes nowhere must be little
        for state, token in zip(states, tokens[1:], strict=False):
            at += 1
            if not state.words:
                continue
            state = state.following[token]
            if state is nowhere:
                continue
            place = at + 2
            while True:
                if state.accepts:
                    longer.append((state, at, place))
                if place == count or not state.words:
                    break
                state = state.following[tokens[place]]
                if state is nowhere:
                    break
                place += 1
        return states, longer

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
            known = self._states[entry] = State(len(self._states), accepts, words, self._learn)
            for number in accepts:
                self.accepting[number].add(known)
        return known

    def _learn(self, state: State, token: str) -> State:
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
        following = self._state(frozenset(entry)) if entry else self.nowhere
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
