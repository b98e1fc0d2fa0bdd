"""One document while it is read: its views, where they stand, and what was found in them so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govdigest.model import Text
from govdigest.positions.masks import LEAF, Leaf, leaves
from govdigest.positions.matching import Match, Matcher, Patterns
from govdigest.positions.views import View, views

_STEPS = {"before": (-2, -1), "after": (1, 2), "near": (-2, -1, 0, 1, 2)}
_Path = tuple[str, ...]


@dataclass(slots=True)
class Page:
    """A document's views, and answers to what rules ask of them."""

    matcher: Matcher
    views: list[View]
    leaves: list[Leaf]
    _sections: dict[_Path, list[int]] = field(default_factory=dict)
    _answers: dict[tuple[int, _Path | None], bool] = field(default_factory=dict)
    _possible: dict[tuple[int, int], list[tuple[str, Patterns, int]]] = field(default_factory=dict)
    """Of the values of a list, by leaf, those whose words stand there, and in which views."""

    @classmethod
    def of(cls, text: Text, matcher: Matcher) -> Page:
        """``text``, ready to be asked."""
        seen = views(text)
        return cls(matcher, seen, leaves(seen, matcher.expander))

    def leaf(self, view: View) -> Leaf:
        """The leaf in which ``view`` stands."""
        return self.leaves[view.number // LEAF]

    def matches(self, patterns: Patterns, view: View) -> list[Match]:
        """All matches of ``patterns`` in ``view``."""
        return self.matcher.matches(patterns, view, self.leaf(view))

    def found(self, patterns: Patterns, view: View) -> bool:
        """Whether ``view`` has a match of ``patterns``."""
        return self.matcher.found(patterns, view, self.leaf(view))

    def headed(self, patterns: Patterns, view: View) -> bool:
        """Whether the headings above ``view`` have one."""
        return bool(self.matcher.headed(patterns, self.leaf(view)) & view.bit)

    def standing(self, values: Sequence[tuple[str, Patterns]], view: View) -> Iterator[str]:
        """Those of ``values`` of which ``view`` has a match, in their order."""
        leaf = self.leaf(view)
        key = (id(values), view.number // LEAF)
        known = self._possible.get(key)
        if known is None:
            looked = ((value, of, self.matcher.candidates(of, leaf)[0]) for value, of in values)
            known = self._possible[key] = [one for one in looked if one[2]]
        bit = view.bit
        for value, patterns, mask in known:
            if mask & bit and self.matcher.found(patterns, view, leaf):
                yield value

    def holds(self, where: str, patterns: Patterns, view: View) -> bool:
        """Whether it is found ``before``, ``after`` or ``near`` the view, in its ``section`` or in the ``document``."""
        if where in _STEPS:
            numbers = (view.number + step for step in _STEPS[where])
            return any(
                self.found(patterns, self.views[number])
                for number in numbers
                if 0 <= number < len(self.views) and self.views[number].headings == view.headings
            )
        path = view.headings if where == "section" else None
        key = (patterns.number, path)
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = self._anywhere(patterns, path) or (
                path is not None and self.headed(patterns, view)
            )
        return known

    def _anywhere(self, patterns: Patterns, path: _Path | None) -> bool:
        possible = [self.matcher.candidates(patterns, leaf)[0] & leaf.everything for leaf in self.leaves]
        if not any(possible):
            return False
        if path is None:
            return any(
                self.matcher.found(patterns, view, leaf)
                for leaf, mask in zip(self.leaves, possible, strict=True)
                for view in leaf.views
                if mask & view.bit
            )
        if not self._sections:
            for view in self.views:
                self._sections.setdefault(view.headings, []).append(view.number)
        return any(self.found(patterns, self.views[number]) for number in self._sections[path])
