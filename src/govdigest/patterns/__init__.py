"""The pattern language of provision files: what lawyers write, and what the reader matches."""

from govdigest.patterns.chains import Chain, Expander, Link, Segment
from govdigest.patterns.parse import PatternError, parse
from govdigest.patterns.values import TYPES, normal_value

__all__ = ["TYPES", "Chain", "Expander", "Link", "PatternError", "Segment", "normal_value", "parse"]
