"""The positions room: a text and the taxonomy in, findings with their quotes out. It knows no other documents."""

from govdigest.positions.evaluate import Scores, evaluate
from govdigest.positions.reader import READER, Reader
from govdigest.positions.salience import key_sentences
from govdigest.positions.words import shown_value, shown_values, words

__all__ = ["READER", "Reader", "Scores", "evaluate", "key_sentences", "shown_value", "shown_values", "words"]
