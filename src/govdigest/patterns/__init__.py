"""The pattern language of provision files: what lawyers write, and what the reader matches."""

from govdigest.patterns.chains import Chain, Expander, Link, Segment, check
from govdigest.patterns.lexicon import Lexicon
from govdigest.patterns.parse import PatternError, parse
from govdigest.patterns.recogniser import Recogniser
from govdigest.patterns.values import TYPES, normal_value

__all__ = [
    "TYPES",
    "Chain",
    "Expander",
    "Lexicon",
    "Link",
    "PatternError",
    "Recogniser",
    "Segment",
    "check",
    "normal_value",
    "parse",
]
