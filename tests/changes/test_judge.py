"""The judge: verdicts, reasons, memory and time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdigest.changes import SILENT, judge, normal_hash
from govdigest.changes.names import renamed_words
from govdigest.model import (
    Change,
    EventKind,
    Finding,
    Judgement,
    JudgeSettings,
    Memory,
    Quote,
    Span,
    Taxonomy,
    Text,
    VerdictKind,
)
from tests.changes.texts import POLICY, at, judged, read, taxonomy, text

LONGER = POLICY.replace("for 30 days", "for 60 days")
OTHER = POLICY.replace("laws of Ireland", "laws of Texas")
STUB = POLICY[:520]


def kept(judgement: Judgement, version: str) -> Memory:
    """The memory as a caller stores it: the accepted text stands with its version."""
    known = tuple(replace(k, version=version) if k.version is None else k for k in judgement.memory.known)
    return replace(judgement.memory, known=known)


def first() -> Memory:
    return kept(judged(POLICY, None, day=0), "v1")


def test_the_first_text_is_accepted_and_announced() -> None:
    judgement = judged(POLICY, None, day=0)
    assert judgement.verdict.kind is VerdictKind.FIRST
    assert judgement.accept
    assert judgement.event is EventKind.FIRST
    assert [known.normal_hash for known in judgement.memory.known] == [normal_hash(POLICY)]
    assert judgement.memory.known[0].version is None


def test_a_page_without_words_is_never_the_first_text() -> None:
    judgement = judged("# Oops\n\nSomething went wrong.", None)
    assert judgement.verdict.kind is VerdictKind.BROKEN
    assert judgement.verdict.reasons
    assert not judgement.accept


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([POLICY, LONGER, OTHER, "# A\n\nFew words.", ""]), st.integers(0, 400))
def test_a_text_against_itself_is_unchanged(markdown: str, days: int) -> None:
    judgement = judged(markdown, markdown, day=days)
    assert judgement.verdict.kind is VerdictKind.UNCHANGED
    assert not judgement.accept
    assert judgement.event is None


def test_a_name_that_was_changed_throughout_is_told_once_without_its_marks() -> None:
    before, after = (f'{name} ("{name},") runs the planner.' for name in ("Sorrel Inc", "Fennel"))
    assert renamed_words(before, after) == "Renames ‘Sorrel Inc’ to ‘Fennel’ throughout"


def test_verdicts_depend_on_their_inputs_alone() -> None:
    assert judged(LONGER, POLICY, first(), 1, version="v1") == judged(LONGER, POLICY, first(), 1, version="v1")


def test_a_finding_that_moves_is_told_in_plain_words() -> None:
    judgement = judged(POLICY.replace("for 30 days. After", "as long as necessary. After"), POLICY)
    assert judgement.verdict.kind is VerdictKind.MATERIAL
    assert judgement.change is not None
    (move,) = judgement.change.moves
    assert move.provision == "data-retention"
    assert "30 days" in move.before_words
    assert "as long as necessary" in move.after_words
    assert judgement.headline == ("Now says that it keeps data as long as necessary (was ‘Stated period’, 30 days)")


def test_a_parameter_that_moves_is_told_by_its_values() -> None:
    judgement = judged(LONGER, POLICY)
    assert judgement.headline == "Now says that it keeps data for 60 days (was 30 days)"
    assert any("30 days" in reason and "60 days" in reason for reason in judgement.verdict.reasons)


def test_silence_has_one_wording() -> None:
    judgement = judged(POLICY.replace("We keep deleted content for 30 days. ", ""), POLICY)
    assert judgement.change is not None
    assert judgement.change.moves[0].after_words == SILENT


def test_a_reader_that_changes_its_mind_about_what_did_not_change_makes_no_move() -> None:
    calls = iter([True, False])

    def moody(given_text: Text) -> tuple[Finding, ...]:
        start = given_text.markdown.index("We keep deleted")
        quote = Quote(given_text.markdown[start : start + 20], Span(start, start + 20))
        return (Finding("data-retention", "stated" if next(calls) else "as-needed", (quote,)),)

    judgement = judge(
        text(OTHER),
        text(POLICY),
        Memory(),
        at(1),
        read=moody,
        taxonomy=taxonomy(),
        settings=JudgeSettings(),
    )
    assert judgement.change is not None
    assert judgement.change.moves == ()
    assert judgement.verdict.kind is VerdictKind.MATERIAL  # the law of another place is news without a finding


def test_reasons_are_bounded() -> None:
    lines = "\n\n".join(f"You must not use feature {n} to train models, {'and so on ' * 60}." for n in range(300))
    judgement = judged(POLICY + lines, POLICY + "You may use it.", settings=JudgeSettings(confirm_after_hours=0))
    assert len(judgement.verdict.reasons) <= 8
    assert all(len(reason) <= 280 and "\n" not in reason for reason in judgement.verdict.reasons)
    assert len(judgement.headline) <= 200


# --------------------------------------------------------------------------- time


def test_a_flip_is_a_variant_and_counted() -> None:
    memory = kept(judged(LONGER, POLICY, first(), 5, version="v1"), "v2")
    judgement = judged(POLICY, LONGER, memory, 6, version="v2")
    assert judgement.verdict.kind is VerdictKind.VARIANT
    assert not judgement.accept
    assert judgement.memory.variants == 1
    assert judgement.memory.last_variant == at(6)
    assert judged(LONGER, LONGER, judgement.memory, 7, version="v2").memory.returning is None


def test_a_known_text_that_stays_is_in_force_again() -> None:
    memory = kept(judged(LONGER, POLICY, first(), 5, version="v1"), "v2")
    verdicts = []
    judgement = None
    for day in (10, 11, 12, 13):
        judgement = judged(POLICY, LONGER, memory, day, version="v2")
        memory = judgement.memory
        verdicts.append(judgement.event)
    assert verdicts == [None, None, None, EventKind.REVERTED]
    assert judgement is not None
    assert judgement.returns_to == "v1"
    assert not judgement.accept
    assert judgement.memory.returning is None
    assert judgement.change is not None
    assert judgement.change.moves


def test_three_captures_in_one_day_are_not_three_days() -> None:
    memory = kept(judged(LONGER, POLICY, first(), 5, version="v1"), "v2")
    for hour in range(6):
        judgement = judged(POLICY, LONGER, memory, 10 + hour / 24, version="v2")
        memory = judgement.memory
        assert judgement.verdict.kind is VerdictKind.VARIANT


def test_a_large_loss_waits_for_a_second_capture() -> None:
    waiting = judged(STUB, POLICY, first(), 3, version="v1")
    assert waiting.verdict.kind is VerdictKind.PENDING
    assert waiting.memory.pending is not None
    early = judged(STUB, POLICY, waiting.memory, 3.5, version="v1")
    assert early.verdict.kind is VerdictKind.PENDING
    assert early.memory.pending is not None
    assert early.memory.pending.since == at(3)
    confirmed = judged(STUB, POLICY, early.memory, 3.9, version="v1")
    assert confirmed.verdict.kind is VerdictKind.MATERIAL
    assert confirmed.memory.pending is None
    assert confirmed.accept


def test_a_nearly_equal_odd_capture_confirms() -> None:
    long = POLICY + "\n\n".join(f"Rule {n} says that nobody else may enter room {n} by day." for n in range(120))
    odd = "\n\n".join(long.split("\n\n")[:90])
    waiting = judged(odd, long, first(), 3)
    assert waiting.verdict.kind is VerdictKind.PENDING
    again = odd.replace("enter room 7 by day", "enter room 7 by night")
    assert judged(again, long, waiting.memory, 4).accept


def test_a_different_odd_capture_restarts_the_wait() -> None:
    waiting = judged(STUB, POLICY, first(), 3, version="v1")
    other = judged(POLICY[600:], POLICY, waiting.memory, 4, version="v1")
    assert other.verdict.kind is VerdictKind.PENDING
    assert other.memory.pending is not None
    assert other.memory.pending.since == at(4)


def test_an_odd_text_that_passed_is_known_as_a_variant() -> None:
    waiting = judged(STUB, POLICY, first(), 3, version="v1")
    back = judged(POLICY, POLICY, waiting.memory, 4, version="v1")
    assert back.memory.pending is None
    assert judged(STUB, POLICY, back.memory, 9, version="v1").verdict.kind is VerdictKind.VARIANT


def test_a_broken_capture_neither_confirms_nor_forgets() -> None:
    waiting = judged(STUB, POLICY, first(), 3, version="v1")
    broken = judged("# Error\n\nTry again later.", POLICY, waiting.memory, 3.5, version="v1")
    assert broken.verdict.kind is VerdictKind.BROKEN
    assert broken.memory == waiting.memory


def test_a_second_change_within_days_waits() -> None:
    memory = kept(judged(LONGER, POLICY, first(), 30, version="v1"), "v2")
    both = LONGER.replace("$10", "$12")
    assert judged(both, LONGER, memory, 31, version="v2").verdict.kind is VerdictKind.PENDING
    assert judged(both, LONGER, memory, 40, version="v2").verdict.kind is VerdictKind.MATERIAL


def test_a_passing_text_that_was_never_accepted_and_comes_to_stay_is_ordinary_news() -> None:
    # it has no version that could be in force again: what it changes was never told
    waiting = judged(STUB, POLICY, first(), 3, version="v1")
    memory = judged(POLICY, POLICY, waiting.memory, 4, version="v1").memory
    judgements = []
    for day in (10, 11, 12, 13):
        judgements.append(judged(STUB, POLICY, memory, day, version="v1"))
        memory = judgements[-1].memory
    assert [j.verdict.kind for j in judgements[:3]] == [VerdictKind.VARIANT] * 3
    assert judgements[3].event is EventKind.MATERIAL
    assert judgements[3].accept
    assert judgements[3].returns_to is None


def test_a_text_written_anew_says_so() -> None:
    anew = "# Sorrel Terms\n\n" + "\n\n".join(
        f"Whoever opens gate {n} must shut it behind them, pay toll {n} at once and carry no flame." for n in range(20)
    )
    judgement = judged(anew, POLICY, settings=JudgeSettings(confirm_after_hours=0))
    waited = judged(anew, POLICY, judgement.memory, 2)
    told = waited if waited.accept else judgement
    assert told.headline.startswith("Written anew. ")
    assert "words are gone" in told.verdict.reasons[0]


def test_the_day_of_an_announced_change_is_its_day_of_effect() -> None:
    notice = "We're updating our Terms of Service on 30 July 2026 to make them easier to read.\n\n"
    judgement = judged(POLICY.replace("These terms are", f"{notice}These terms are"), POLICY)
    assert judgement.effective == date(2026, 7, 30)
    assert "30 July 2026" in judgement.headline


# --------------------------------------------------------------------------- another extractor


def test_without_a_kept_capture_a_new_extraction_is_no_news() -> None:
    judgement = judged(LONGER, POLICY, first(), 1, version="v1", resettled=True)
    assert judgement.verdict.kind is VerdictKind.RE_EXTRACTION
    assert judgement.accept
    assert judgement.event is None


def test_with_a_kept_capture_only_what_the_site_changed_is_news() -> None:
    menu = "Home · Pricing · Help for all who are lost here\n\n"
    silent = judged(menu + POLICY, POLICY, first(), 1, version="v1", resettled=True, baseline=menu + POLICY)
    assert silent.verdict.kind is VerdictKind.RE_EXTRACTION
    assert silent.accept
    assert silent.event is None
    told = judged(menu + LONGER, POLICY, first(), 1, version="v1", resettled=True, baseline=menu + POLICY)
    assert told.verdict.kind is VerdictKind.MATERIAL
    assert told.event is EventKind.MATERIAL
    assert told.change is not None
    assert told.change.added == ()
    (pair,) = told.change.reworded
    assert text(POLICY).slice(pair.before) == "We keep deleted content for 30 days."
    assert text(menu + LONGER).slice(pair.after) == "We keep deleted content for 60 days."
    (quote,) = told.change.moves[0].before[0].quotes
    assert text(POLICY).slice(quote.span) == quote.text


def test_a_new_extraction_of_a_page_that_broke_is_not_accepted() -> None:
    judgement = judged("# Error\n\nTry again.", POLICY, first(), 1, resettled=True)
    assert judgement.verdict.kind is VerdictKind.BROKEN


# --------------------------------------------------------------------------- invariants


EDITS = st.lists(
    st.sampled_from(
        [
            ("30 days", "60 days"),
            ("Ireland", "Texas"),
            ("16 years", "18 years"),
            ("- notes that you write;\n", ""),
            ("January 5, 2025", "May 6, 2026"),
            ("You keep all rights", "You keep most rights"),
            ("may cancel", "may not cancel"),
            ("## 6. Changes", "## 6. News\n\nWe may sell data.\n\n## 7. Changes"),
            ("Sorrel", "Dock"),
            ("photos", "photos, videos"),
        ]
    ),
    max_size=5,
    unique=True,
)


def edited(edits: list[tuple[str, str]]) -> str:
    markdown = POLICY
    for old, new in edits:
        markdown = markdown.replace(old, new)
    return markdown


@settings(max_examples=80, deadline=None)
@given(EDITS)
def test_what_is_announced_is_accepted_and_has_reasons_and_true_spans(edits: list[tuple[str, str]]) -> None:
    markdown = edited(edits)
    judgement = judged(markdown, POLICY, first(), 9, version="v1")
    news = judgement.verdict.kind in {VerdictKind.MATERIAL, VerdictKind.EDITORIAL}
    assert judgement.accept == news == (judgement.event is not None) == (judgement.change is not None)
    assert bool(judgement.verdict.reasons) == (judgement.verdict.kind is not VerdictKind.UNCHANGED)
    if news:
        assert judgement.headline
        assert judgement.change is not None
        check_spans(judgement.change, text(POLICY), text(markdown))


def check_spans(change: Change, before: Text, after: Text) -> None:
    for span in [*change.removed, *(pair.before for pair in change.reworded)]:
        assert before.slice(span).strip()
    for span in [*change.added, *(pair.after for pair in change.reworded)]:
        assert after.slice(span).strip()
    for move in change.moves:
        for side, findings in ((before, move.before), (after, move.after)):
            for finding in findings:
                assert all(side.slice(quote.span) == quote.text for quote in finding.quotes)


@pytest.mark.parametrize("pattern", ["ABABAB", "ABBA", "AABB", "ABCABC"])
def test_the_same_text_is_never_announced_twice(pattern: str) -> None:
    texts = {"A": POLICY, "B": LONGER, "C": OTHER}
    memory, current, version, announced = Memory(), None, None, []
    accepted: dict[str, str] = {}
    for day, name in enumerate(pattern):
        judgement = judged(texts[name], current, memory, day, version=version)
        memory = judgement.memory
        if judgement.accept:
            current, version = texts[name], f"v{day}"
            accepted[version] = name
            memory = kept(judgement, version)
        elif judgement.returns_to:
            current, version = texts[accepted[judgement.returns_to]], judgement.returns_to
        if judgement.event is not None:
            announced.append(name)
    assert len(announced) == len(set(announced))


def test_an_empty_taxonomy_is_enough() -> None:
    judgement = judge(
        text(LONGER),
        text(POLICY),
        Memory(),
        at(1),
        read=read,
        taxonomy=Taxonomy((), (), {}, ""),
        settings=JudgeSettings(),
    )
    assert judgement.verdict.kind is VerdictKind.MATERIAL


@pytest.mark.parametrize("left", [0.97, 0.9, 0.8])
def test_a_text_that_breaks_off_waits(left: float) -> None:
    judgement = judged(POLICY[: int(len(POLICY) * left)], POLICY, first(), 1, version="v1")
    assert judgement.verdict.kind is VerdictKind.PENDING, judgement.verdict.reasons


def test_a_text_without_its_last_section_waits_and_a_sentence_less_does_not() -> None:
    shorter = POLICY[: POLICY.index("## 6. Changes")]
    assert judged(shorter, POLICY, first(), 1, version="v1").verdict.kind is VerdictKind.PENDING
    gone = POLICY.replace(" After that, we erase it from our systems and from our backups.", "")
    assert judged(gone, POLICY, first(), 1, version="v1").verdict.kind is VerdictKind.MATERIAL
