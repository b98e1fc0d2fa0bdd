"""The JSON Schema that editors use is the committed one, and agrees with what the program accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from govdigest.config import ConfigError, load, schema
from govdigest.config.keys import CONFIG
from govdigest.config.shapes import Many, Record
from tests.config.test_load import PLATFORM, ROOT, SITE, WHOLE

COMMITTED = ROOT / "src" / "govdigest" / "platforms.schema.json"


class _Plain(yaml.SafeLoader):
    """YAML as editors read it: dates are strings."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def agreed(tmp_path: Path, text: str) -> bool:
    """Whether both accept ``text``; they must say the same."""
    path = tmp_path / "platforms.yaml"
    path.write_text(text, encoding="utf-8")
    by_schema = Draft202012Validator(schema()).is_valid(yaml.load(text, Loader=_Plain))
    try:
        load(path)
    except ConfigError:
        by_load = False
    else:
        by_load = True
    assert by_schema == by_load
    return by_load


def test_the_committed_file_is_what_the_code_says() -> None:
    made = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    command = "python -m govdigest.config > src/govdigest/platforms.schema.json"
    assert COMMITTED.read_text(encoding="utf-8") == made, f"write it anew: {command}"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_every_key_is_in_it_with_its_meaning() -> None:
    def compare(record: Record, described: dict[str, Any]) -> int:
        assert list(described["properties"]) == [key.name for key in record.keys]
        assert described["additionalProperties"] is False
        assert set(described.get("required", ())) == {key.name for key in record.keys if key.required}
        count = 0
        for key in record.keys:
            inner = described["properties"][key.name]
            assert inner["description"] == key.doc
            shape = key.shape
            if isinstance(shape, Many) and isinstance(shape.of, Record):
                shape, inner = shape.of, inner["items"]
            count += 1 + (compare(shape, inner) if isinstance(shape, Record) else 0)
        return count

    assert compare(CONFIG, schema()) > 40


def test_the_repositorys_file_names_it_and_is_valid(tmp_path: Path) -> None:
    text = (ROOT / "platforms.yaml").read_text(encoding="utf-8")
    name = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
    assert (ROOT / name).resolve() == COMMITTED
    assert agreed(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE + "        select: main\n        render: true\n",
        WHOLE + "        select: [main, nav]\n        language: de\n        region: AT\n",
        WHOLE.replace("url: https://acme.example/terms", "sources: [{url: 'https://acme.example/a', to: End}]"),
        WHOLE.replace("homepage:", "retired: 2026-01-31\n    homepage:"),
        SITE + "pull: {pace: 0, gateway: 'http://127.0.0.1:8931'}\njudge: {revert_days: 0.5}\n" + PLATFORM,
    ],
)
def test_both_accept_what_is_right(tmp_path: Path, text: str) -> None:
    assert agreed(tmp_path, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A digest", "titel: A digest"),
        ("title: A digest", "title: ''"),
        ("title: A digest", "title: 2026"),
        ("title: A digest", "title: [x]"),
        ("https://digest.example/terms", "ftp://digest.example/"),
        ("https://digest.example/terms", "https://me@digest.example/"),
        ("digest.example,2026-01", "2026"),
        ("{shops: Shops, tools: Tools}", "{}"),
        ("{shops: Shops, tools: Tools}", "{shops: ''}"),
        ("slug: acme", "slug: ../../x"),
        ("slug: acme", "slug: " + "a" * 65),
        ("kind: terms", "kind: term"),
        ("nature: contract", "nature:"),
        ("url: https://acme.example/terms", "url: /terms"),
        ("url: https://acme.example/terms", "url: https://acme.example/#part"),
        ("        url: https://acme.example/terms", "        language: de"),
        ("url: https://acme.example/terms", "sources: []"),
        ("url: https://acme.example/terms", "sources: [{select: main}]"),
        (
            "url: https://acme.example/terms",
            "url: https://acme.example/\n        sources: [{url: 'https://a.example/'}]",
        ),
        ("url: https://acme.example/terms", "select: main\n        sources: [{url: 'https://a.example/'}]"),
        ("url: https://acme.example/terms", "url: https://acme.example/\n        render: 1"),
        ("url: https://acme.example/terms", "url: https://acme.example/\n        language: german"),
        ("homepage:", "retired: yesterday\n    homepage:"),
        ("platforms:", "pull: {pace: fast}\nplatforms:"),
        ("platforms:", "pull: {retries: 1.5}\nplatforms:"),
        ("platforms:", "pull: {retries: 99}\nplatforms:"),
        ("platforms:", "judge: {revert: 1}\nplatforms:"),
        ("site:", "sight:"),
    ],
)
def test_both_refuse_what_is_wrong_in_form(tmp_path: Path, old: str, new: str) -> None:
    assert old in WHOLE
    assert not agreed(tmp_path, WHOLE.replace(old, new, 1))
