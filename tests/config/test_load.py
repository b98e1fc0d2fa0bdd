"""What a configuration becomes, and all that can be wrong with one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdigest.config import ConfigError, Problem, load
from govdigest.config.keys import JUDGE, PULL
from govdigest.model import Audience, Config, JudgeSettings, Kind, Nature, PullSettings, Source

ROOT = Path(__file__).parents[2]
SITE = """\
site:
  title: A digest
  base_url: https://digest.example/terms
  id_authority: digest.example,2026-01
  contact: maintainers@digest.example
  feedback_url: mailto:maintainers@digest.example?subject=error
  sectors: {shops: Shops, tools: Tools}
"""
PLATFORM = """\
platforms:
  - slug: acme
    name: Acme
    sector: shops
    homepage: https://acme.example/
    documents:
      - slug: terms
        name: Terms of Service
        kind: terms
        audience: consumer
        nature: contract
        url: https://acme.example/terms
"""
WHOLE = SITE + PLATFORM


def read(tmp_path: Path, text: str | bytes) -> Config:
    """``text`` as a file, loaded."""
    path = tmp_path / "platforms.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def problems(tmp_path: Path, text: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with ``text``."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    for problem in caught.value.problems:
        assert problem.file == str(tmp_path / "platforms.yaml")
        assert str(problem).isprintable()
        assert len(str(problem)) < 800
    return caught.value.problems


def test_the_smallest_file(tmp_path: Path) -> None:
    config = read(tmp_path, WHOLE)
    [platform] = config.platforms
    [document] = platform.documents
    assert (config.pull, config.judge) == (PullSettings(), JudgeSettings())
    assert list(config.site.sectors.items()) == [("shops", "Shops"), ("tools", "Tools")]
    assert (document.kind, document.audience, document.nature) == (Kind.TERMS, Audience.CONSUMER, Nature.CONTRACT)
    assert document.sources == (Source("https://acme.example/terms"),)
    assert platform.retired is None


def test_every_key(tmp_path: Path) -> None:
    text = SITE + (
        "  description: ''\n  repository: https://git.example/digest\n"
        "pull: {pace: 1, timeout: 2.5, max_bytes: 1000, retries: 0, max_wait: 3, concurrency: 4,\n"
        "  gateway: 'http://127.0.0.1:8931', browser: /usr/bin/chromium}\n"
        "judge: {confirm_after_hours: 1, revert_captures: 2, revert_days: 3, gone_after_hours: 4,\n"
        "  unreadable_after_hours: 5}\n"
    )
    text += PLATFORM.replace("    documents:", "    retired: 2026-02-28\n    documents:") + (
        "        language: de\n        region: AT\n        select: [main, '#terms > p']\n        remove: nav\n"
        "        from: Terms\n        to: Contact\n        render: true\n"
        "      - slug: privacy\n        name: Privacy Notice\n        kind: privacy\n        audience: everyone\n"
        "        nature: notice\n        language: fr\n        sources:\n"
        "          - url: https://acme.example/one\n"
        "          - {url: 'https://acme.example/app#/two', language: en, select: main}\n"
    )
    config = read(tmp_path, text)
    assert config.pull == PullSettings(1, 2.5, 1000, 0, 3, 4, "http://127.0.0.1:8931", "/usr/bin/chromium")
    assert config.judge == JudgeSettings(1, 2, 3, 4, 5)
    [platform] = config.platforms
    assert platform.retired == date(2026, 2, 28)
    terms, privacy = platform.documents
    assert terms.sources == (
        Source("https://acme.example/terms", ("main", "#terms > p"), ("nav",), "Terms", "Contact", True, "de", "AT"),
    )
    assert privacy.sources == (
        Source("https://acme.example/one", language="fr"),
        Source("https://acme.example/app#/two", ("main",), language="en"),
    )


def test_settings_have_a_key_for_each_of_their_fields() -> None:
    assert {key.name for key in PULL.keys} == {field.name for field in fields(PullSettings)}
    assert {key.name for key in JUDGE.keys} == {field.name for field in fields(JudgeSettings)}


def test_the_repositorys_own_file() -> None:
    config = load(ROOT / "platforms.yaml")
    assert len(config.platforms) >= 24
    assert {platform.sector for platform in config.platforms} == set(config.site.sectors)


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
site:
  titel: A digest
  base_url: ftp://digest.example
  id_authority: digest.example,2026-13
  contact: maintainers@digest.example
  feedback_url: somewhere
  sectors:
    shops: Shops
    shops: Stores
pull:
  pace: fast
platforms:
  - slug: ../../x
    name: 2026
    sector: shop
    homepage: https://user:secret@acme.example/
    documents:
      - slug: terms
        name: Terms
        kind: term
        audience: everyone
        nature: contract
        language: no
        url: https://acme.example/terms
      - slug: terms
        name: Terms
        kind: terms
        audience: everyone
        nature: contract
        select: main
        sources:
          - url: https://acme.example/p#part
            render: yes
"""
    found = [(problem.line, problem.field) for problem in problems(tmp_path, text)]
    first, second = "platforms[0].documents[0]", "platforms[0].documents[1]"
    assert found == [
        (2, "site.titel"),
        (2, "site.title"),
        (3, "site.base_url"),
        (4, "site.id_authority"),
        (6, "site.feedback_url"),
        (9, "site.sectors.shops"),
        (11, "pull.pace"),
        (13, "platforms[0].slug"),
        (14, "platforms[0].name"),
        (15, "platforms[0].sector"),
        (16, "platforms[0].homepage"),
        (20, f"{first}.kind"),
        (23, f"{first}.language"),
        (25, f"{second}.slug"),
        (30, f"{second}.select"),
        (32, f"{second}.sources[0].url"),
        (33, f"{second}.sources[0].render"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "field", "right"),
    [
        # slugs become folders and URLs
        ("slug: acme", "slug: ../../x", "platforms[0].slug", "such as 'acme-cloud'"),
        ("slug: acme", "slug: Acme", "platforms[0].slug", "lower-case"),
        ("slug: acme", "slug: a--b", "platforms[0].slug", "single hyphens"),
        ("slug: acme", "slug: acmé", "platforms[0].slug", "lower-case"),
        ("slug: acme", "slug: " + "a" * 65, "platforms[0].slug", "64 at most"),
        ("slug: acme", "slug: ''", "platforms[0].slug", "is empty"),
        ("slug: acme", "slug:", "platforms[0].slug", "is empty"),
        ("slug: acme", "slug: [acme]", "platforms[0].slug", "not a list"),
        ("slug: acme", 'slug: "a\\u0000b"', "platforms[0].slug", "control character"),
        # YAML's surprises
        ("name: Acme", "name: 2026", "platforms[0].name", "put it in quotes"),
        ("name: Acme", "name: yes", "platforms[0].name", "put it in quotes"),
        ("name: Acme", "name: 2026-01-01", "platforms[0].name", "put it in quotes"),
        ("name: Acme", 'name: "a\\nb"', "platforms[0].name", "one line"),
        ("name: Acme", "name: " + "x" * 100, "platforms[0].name", "80 at most"),
        ("name: Acme", "name: Acme\n    name: Acme", "platforms[0].name", "written twice, first in line 10"),
        ("name: Acme", "? [a, b]\n    : Acme", "platforms[0]", "plain word"),
        # keys
        ("    name: Acme", "    nmae: Acme", "platforms[0].nmae", "did you mean 'name'?"),
        ("    name: Acme", "    nmae: Acme", "platforms[0].name", "is missing"),
        ("        kind: terms\n", "", "platforms[0].documents[0].kind", "is missing"),
        (
            "        url: https://acme.example/terms\n",
            "",
            "platforms[0].documents[0]",
            "'url' (one page) nor 'sources'",
        ),
        ("site:\n", "sites:\n", "sites", "did you mean 'site'?"),
        # URLs
        ("https://acme.example/terms", "file:///etc/passwd", "platforms[0].documents[0].url", "https://"),
        ("https://acme.example/terms", "acme.example/terms", "platforms[0].documents[0].url", "https://"),
        ("https://acme.example/terms", "https://", "platforms[0].documents[0].url", "no valid host"),
        ("https://acme.example/terms", "https://a b/", "platforms[0].documents[0].url", "percent-encode"),
        ("https://acme.example/terms", "https://-a/", "platforms[0].documents[0].url", "no valid host"),
        ("https://acme.example/terms", "https://acme.example:99999/", "platforms[0].documents[0].url", "not a URL"),
        ("https://acme.example/terms", "https://me:x@acme.example/", "platforms[0].documents[0].url", "user name"),
        ("https://acme.example/terms", "https://bücher.example/", "platforms[0].documents[0].url", "punycode"),
        ("https://acme.example/terms", "https://acme.example/#a", "platforms[0].documents[0].url", "'from' and 'to'"),
        ("https://acme.example/terms", "https://a.example/" + "x" * 2000, "platforms[0].documents[0].url", "at most"),
        ("https://digest.example/terms", "https://digest.example/?x", "site.base_url", "base URL"),
        ("mailto:maintainers@digest.example?subject=error", "'mailto:'", "site.feedback_url", "e-mail"),
        ("mailto:maintainers@digest.example?subject=error", "javascript:x", "site.feedback_url", "https://"),
        # selectors
        ("kind: terms", "kind: terms\n        select: 'main >'", "platforms[0].documents[0].select", "CSS selector"),
        ("kind: terms", "kind: terms\n        remove: [nav, '::x']", "platforms[0].documents[0].remove[1]", "CSS"),
        ("kind: terms", "kind: terms\n        remove: []", "platforms[0].documents[0].remove", "at least one"),
        # choices and references
        ("kind: terms", "kind: term", "platforms[0].documents[0].kind", "did you mean 'terms'?"),
        ("audience: consumer", "audience: 1", "platforms[0].documents[0].audience", "consumer, business"),
        ("nature: contract", "nature: {}", "platforms[0].documents[0].nature", "not a mapping"),
        ("sector: shops", "sector: shop", "platforms[0].sector", "did you mean 'shops'?"),
        ("{shops: Shops, tools: Tools}", "{}", "site.sectors", "at least one"),
        ("{shops: Shops, tools: Tools}", "{Big Shops: Shops}", "site.sectors.Big Shops", "lower-case"),
        ("digest.example,2026-01", "digest.example", "site.id_authority", "'example.org,2026'"),
        ("digest.example,2026-01", "digest.example,2026-02-30", "site.id_authority", "not a date"),
        ("homepage:", "retired: soon\n    homepage:", "platforms[0].retired", "2026-01-31"),
        ("homepage:", "retired: 2026-02-30\n    homepage:", "platforms[0].retired", "2026-01-31"),
        # numbers
        ("platforms:", "pull: {pace: -1}\nplatforms:", "pull.pace", "from 0"),
        ("platforms:", "pull: {pace: .nan}\nplatforms:", "pull.pace", "a number"),
        ("platforms:", "pull: {pace: '2'}\nplatforms:", "pull.pace", "a number"),
        ("platforms:", "pull: {retries: 1.5}\nplatforms:", "pull.retries", "whole number"),
        ("platforms:", "pull: {retries: true}\nplatforms:", "pull.retries", "whole number"),
        ("platforms:", f"pull: {{max_bytes: {'9' * 5000}}}\nplatforms:", "pull.max_bytes", "whole number"),
        ("platforms:", "pull: {gateway: 'ftp://x'}\nplatforms:", "pull.gateway", "https://"),
        ("platforms:", "pull: []\nplatforms:", "pull", "mapping"),
        ("platforms:", "judge: {revert_captures: 0}\nplatforms:", "judge.revert_captures", "from 1"),
    ],
)
def test_a_problem_says_where_it_is_and_what_would_be_right(
    tmp_path: Path, old: str, new: str, field: str, right: str
) -> None:
    assert old in WHOLE
    found = [problem for problem in problems(tmp_path, WHOLE.replace(old, new, 1)) if problem.field == field]
    assert found, problems(tmp_path, WHOLE.replace(old, new, 1))
    assert right in found[0].message, found[0]
    assert found[0].line > 0


BILLION = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "is empty"),
        ("# only a comment\n", 0, "is empty"),
        ("just text", 1, "mapping"),
        ("- a\n- b\n", 1, "mapping"),
        ("site: [\n", 2, "not valid YAML"),
        ("site:\n\ttitle: x\n", 2, "not valid YAML"),
        ("site: 'open\n", 2, "not valid YAML"),
        (b"site: \xff\xfe\n", 1, "UTF-8"),
        (b"\xff\xfes\x00i\x00t\x00e\x00", 1, "UTF-8"),
        ("site: \x00\n", 0, "not valid YAML"),
        (BILLION, 1, "anchors and aliases"),
        ("site: &s {}\nplatforms: *s\n", 1, "anchors and aliases"),
        ("<<: {a: b}\n", 1, "plain word"),
        ("site: !!python/object/apply:os.system ['true']\n", 1, "tag"),
        ("site: !!binary aGk=\n", 1, "tag"),
        ("site: {}\n---\nsite: {}\n", 2, "second YAML document"),
        ("site: " + "[" * 400 + "]" * 400, 1, "levels deep"),
        ("site: " + "{a: " * 100_000, 1, "levels deep"),
        ("#" * 5_000_001, 0, "larger than 5 MB"),
    ],
)
def test_files_that_are_no_configuration(tmp_path: Path, text: str | bytes, line: int, said: str) -> None:
    found = problems(tmp_path, text)
    assert any(problem.line == line and said in problem.message for problem in found), found


def test_a_file_of_mistakes_alone_is_soon_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "".join(f"nonsense{number}: x\n" for number in range(20_000)))
    assert len(found) == 501
    assert "more than 500 problems" in found[0].message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "nothing.yaml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + WHOLE.encode()) == read(tmp_path, WHOLE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, len(WHOLE)), length=st.integers(0, 40), put=st.text(max_size=12))
def test_no_damage_raises_anything_else(tmp_path: Path, cut: int, length: int, put: str) -> None:
    text = WHOLE[:cut] + put + WHOLE[cut + length :]
    try:
        read(tmp_path, text.encode("utf-8", "surrogatepass"))
    except ConfigError as error:
        assert error.problems  # noqa: PT017 - either it loads or it says why
