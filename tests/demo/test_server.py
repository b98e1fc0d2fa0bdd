"""The gateway over real HTTP: pages, validators, and everything that befalls a site."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import httpx
import pytest

from govdigest.demo import World
from govdigest.demo.faults import BOMB, FAULTS
from govdigest.demo.nouns import Fault, Page
from govdigest.demo.server import listen

WORLD = World()


@pytest.fixture(scope="module")
def gateway() -> Iterator[str]:
    with WORLD.serve() as url:
        yield url


def get(gateway: str, url: str, *, at: datetime | None = None, **headers: str) -> httpx.Response:
    WORLD.move(at or WORLD.weeks[0].instant)
    return httpx.get(f"{gateway}/{url.removeprefix('https://')}", headers=headers, timeout=5)


def first(kind: str) -> Fault:
    return next(fault for fault in WORLD._story.faults if fault.kind == kind)


@pytest.mark.parametrize("page", WORLD.pages, ids=lambda page: page.url.removeprefix("https://"))
def test_a_page_is_served_and_then_confirmed(gateway: str, page: Page) -> None:
    url, validators = page.url, page.validators
    if any(fault.url == url and fault.when.holds(WORLD.weeks[0].instant) for fault in WORLD._story.faults):
        pytest.skip("befallen from the first week on")
    answer = get(gateway, url)
    assert answer.status_code == 200
    assert answer.content
    known = {
        name: answer.headers[header]
        for name, header in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        if header in answer.headers
    }
    assert bool(known) == (validators != "none")
    if known:
        again = get(gateway, url, **known)
        assert again.status_code == 304
        assert not again.content


def test_a_changed_page_is_not_confirmed(gateway: str) -> None:
    edit = WORLD._story.edits[0]
    page = next(page for page in WORLD.pages if edit.text in page.texts)
    tag = get(gateway, page.url).headers["etag"]
    after = get(gateway, page.url, at=edit.when.start, **{"If-None-Match": tag})
    assert after.status_code == 200
    assert after.headers["etag"] != tag


def test_a_date_that_moves_alone_moves_with_the_world(gateway: str) -> None:
    url = "https://www.harbourly.example/legal/user-agreement"
    assert "Last updated: 5 January 2026" in get(gateway, url).text
    later = get(gateway, url, at=WORLD.weeks[0].instant + timedelta(days=9)).text
    assert "Last updated: 14 January 2026" in later


def test_pages_are_compressed_for_those_who_ask(gateway: str) -> None:
    url = WORLD.pages[0].url
    assert get(gateway, url, **{"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in get(gateway, url, **{"Accept-Encoding": "identity"}).headers


def test_robots_txt_is_open_where_nothing_is_said(gateway: str) -> None:
    assert get(gateway, "https://quillaby.example/robots.txt").text == "User-agent: *\nAllow: /\n"


def test_a_page_that_no_site_has_is_not_found(gateway: str) -> None:
    assert get(gateway, "https://quillaby.example/nothing").status_code == 404
    assert get(gateway, "https://nobody.example/").status_code == 404


def test_head_tells_the_headers_alone(gateway: str) -> None:
    WORLD.move(WORLD.weeks[0].instant)
    answer = httpx.head(f"{gateway}/{WORLD.pages[0].url.removeprefix('https://')}")
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) > 1000
    assert not answer.content


def test_the_log_tells_who_asked_for_what(gateway: str) -> None:
    get(gateway, WORLD.pages[0].url, **{"User-Agent": "a-test"})
    last = WORLD.log[-1]
    assert (last.method, last.url, last.status, last.agent) == ("GET", WORLD.pages[0].url, 200, "a-test")


# --------------------------------------------------------------------------- faults, each on a page of its own

URL = WORLD.pages[0].url
Befall = Callable[..., httpx.Response]


@pytest.fixture
def befall(monkeypatch: pytest.MonkeyPatch) -> Iterator[Befall]:
    world = World()
    with world.serve() as gateway:

        def answer(kind: str, *, asks: int = 1, **options: object) -> httpx.Response:
            fault = Fault(URL, kind, first("bot-check").when, options)
            monkeypatch.setattr(world, "_fault", lambda url: fault)
            world.move(world.weeks[0].instant)
            for _ in range(asks):
                response = httpx.get(f"{gateway}/{URL.removeprefix('https://')}", timeout=0.5)
            return response

        yield answer


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("bot-check", 200, "not a robot"),
        ("login-wall", 200, "Sign in"),
        ("home-page", 200, "Get started"),
        ("not-found", 404, "not here"),
        ("gone", 410, "removed"),
        ("unavailable", 503, "maintenance"),
        ("half-rendered", 200, "skeleton"),
    ],
)
def test_each_fault_answers_as_such_sites_do(befall: Befall, kind: str, status: int, words: str) -> None:
    answer = befall(kind)
    assert answer.status_code == status
    assert words in answer.text
    assert "etag" not in answer.headers


def test_a_half_rendered_page_holds_the_beginning_only(befall: Befall) -> None:
    text = befall("half-rendered").text
    assert "Who can use Quillaby" in text
    assert "The small print" not in text


def test_a_moved_page_names_its_new_place(befall: Befall) -> None:
    answer = befall("moved", to="https://elsewhere.example/terms")
    assert answer.status_code == 301
    assert answer.headers["location"] == "https://elsewhere.example/terms"


def test_a_busy_site_asks_for_patience_and_then_answers(befall: Befall) -> None:
    busy = befall("busy", times=1, retry_after=7)
    assert (busy.status_code, busy.headers["retry-after"]) == (429, "7")
    assert befall("busy", asks=2, times=1).status_code == 200


def test_a_silent_site_lets_the_client_wait(befall: Befall) -> None:
    with pytest.raises(httpx.TimeoutException):
        befall("silent")


def test_another_edition_is_served_in_the_same_page(befall: Befall) -> None:
    assert "Everything you post" not in befall("variant", text="quillaby/privacy").text
    assert "Quillaby Privacy Policy" in befall("variant", text="quillaby/privacy").text


def test_the_bomb_is_small_on_the_wire_and_large_behind_it() -> None:
    from govdigest.demo.faults import _packed

    packed = _packed()
    assert len(packed) < BOMB // 500
    assert len(gzip.decompress(packed)) == BOMB


def test_a_body_that_breaks_off_is_not_whole(befall: Befall) -> None:
    text = befall("broken-gzip").text
    assert "Quillaby Terms of Use" in text
    assert "The small print of the small print" not in text


def test_noise_is_said_to_be_a_page(befall: Befall) -> None:
    answer = befall("noise")
    assert answer.headers["content-type"].startswith("text/html")
    assert b"\x00\x01\x02" in answer.content


def test_a_site_can_drop_its_validators(gateway: str) -> None:
    fault = first("no-validators")
    assert "etag" in get(gateway, fault.url).headers
    assert "etag" not in get(gateway, fault.url, at=fault.when.start).headers


def test_an_endless_body_ends_with_the_client(befall: Befall) -> None:
    WORLD.move(WORLD.weeks[0].instant)
    from govdigest.demo.nouns import Reply

    with (
        listen(lambda request: Reply(200, b"on and on ", endless=True)) as gateway,
        httpx.stream("GET", gateway + "/host/", timeout=5) as answer,
    ):
        pieces = answer.iter_raw(10_000)
        assert sum(len(next(pieces)) for _ in range(20)) == 200_000


def test_robots_txt_says_what_the_site_wants(befall: Befall) -> None:
    world = World()
    fault = Fault(
        "https://x.example/robots.txt", "robots", first("bot-check").when, {"body": "User-agent: *\nDisallow: /"}
    )
    world._fault = lambda url: fault  # type: ignore[method-assign]
    with world.serve() as gateway:
        assert httpx.get(gateway + "/x.example/robots.txt").text.endswith("Disallow: /")


def test_every_fault_of_the_weeks_is_known() -> None:
    assert {fault.kind for fault in WORLD._story.faults} <= FAULTS.keys()
