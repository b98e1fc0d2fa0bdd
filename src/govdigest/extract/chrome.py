"""What stands on a page beside its document: navigation, dialogs, consent banners, footers, hints for screen readers.

Everything here judges by what an element is and holds, never by whose page it is.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from govdigest.extract.actions import is_pressed
from govdigest.extract.standing import among_prose, unlinked
from govdigest.extract.tree import drop

_ROLES = frozenset(
    [
        "navigation",
        "dialog",
        "alertdialog",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "tooltip",
        "status",
        "alert",
        "log",
        "contentinfo",
        "banner",
    ]
)
_TAGS = ("nav", "dialog", "footer", "header", "aside", "search", "next-route-announcer")
_CONSENT = re.compile(
    r"onetrust|(?<![a-z])ot-sdk-(?!cookie-policy)|cybotcookiebot|didomi|usercentrics|truste-|trustarc|"
    r"sp_message|qc-cmp|osano|"
    r"(?<![a-z])cky-|termly|iubenda-cs|cookiescript|hs-eu-cookie|axeptio|tarteaucitron|cmplz|borlabs|klaro|"
    r"fc-consent|"
    r"evidon|cookie-law-info|moove_gdpr|shopify-pc|cookiehub|cookieyes|consentmanager|"
    r"(?:cookies?|consent|gdpr|ccpa|privacy)[-_ ]?(?:bar|banner|popup|pop-up|modal|overlay|prompt|toast|wall|"
    r"alert|dialog|"
    r"message|notification|disclaimer|widget|manager|control-panel|preference-center)",
    re.IGNORECASE,
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|sronly|visually-?hidden|screen-?reader(?:-(?:text|only))?|u-hidden-visually|a11y-hidden|"
    r"assistive-text|offscreen|skip-?link|skip-?to[\w-]*|skip-?nav[\w-]*|hidden-visually|visuallyhidden)(?:$|[\s_:-])",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|share|sharing|social|related|nav|recommended|newsletter|subscribe|"
    r"subscription-form|sidebar|"
    r"side-nav|sidenav|pagination|pager|feedback|votes?|rating|comments?|navbar|nav-?bar|navigation|topbar|"
    r"top-bar|masthead|"
    r"banner|promo|advert|ads?|cta|site-footer|footer|"
    r"(?:lang(?:uages?)?|locales?|theme)-?(?:switch(?:er)?|select(?:or)?|picker|dropdown|menu|toggle|list)|"
    r"byline|avatar|author(?:-?(?:info|bio|box|card))?|(?:article|entry|post)-?meta|meta-group|action-?(?:bar|items?)|"
    r"search(?:-?(?:bar|box|form))?|skip|menu|mega-?menu|header-nav|toolbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONSENT_BUTTON = re.compile(
    r"(?:i )?(?:accept|allow|reject|decline|deny|refuse)(?: all| optional| non-?essential|"
    r" essential)?(?: cookies)?(?: and close)?|"
    r"(?:agree|got it|accept) (?:and|&) (?:close|continue)|(?:tout )?(?:accepter|refuser)(?: tout|"
    r" tous)?(?: les cookies)?|"
    r"continuer sans accepter|alle(?: cookies)? (?:akzeptieren|ablehnen|zulassen)|(?:akzeptieren|ablehnen)|"
    r"(?:aceptar|rechazar)(?: todas?| todo)?(?: las)?(?: cookies)?",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"cookie|traceur|tracking|tracker", re.IGNORECASE)
_CONSENTS = re.compile(r"consent|einwillig", re.IGNORECASE)
_LIVE = frozenset(["alert", "status", "log"])
"""Roles of what an application tells its user; authors of plain pages give them to notes that matter."""
_ANNOUNCES = re.compile(
    r"(?:we(?:['’]ve| have)? (?:just |recently )?(?:updated|changed|revised|refreshed)|we(?:['’]re| are) "
    r"(?:updating|changing|revising)|(?:updates|changes) to) (?:our|the)\b",
    re.IGNORECASE,
)
"""How a box begins whose link leads to the document that it speaks of."""
_BOX_WORDS = 120
_HEADER_WORDS = 25
"""Words of sentences outside links that a site's header has not."""
_ASKING_WORDS = 260
_CHOICES = 2
_MOST_BUTTONS = 50
_PART = 1 << 20
_SENTENCE_WORDS = 8
_PROSE = 150
"""Words of sentences; what holds as many and a quarter of the page is kept, whatever it calls itself."""
_HINT_WORDS = 12
_CONSENT_WORDS = 500
"""A consent dialog that lists each purpose is long; what is longer is a policy."""


def words_of(element: HtmlElement) -> int:
    """Words within ``element``, near enough: those that only markup parts count as one."""
    text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    if len(text) <= _PART:
        return len(text.split())
    count = start = 0
    while start < len(text):  # part by part: the list of all words of a huge page is ten times its size
        end = text.find(" ", start + _PART)
        end = len(text) if end < 0 else end
        count += len(text[start:end].split())
        start = end
    return count


def names(element: HtmlElement) -> str:
    """Its class and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def strip_chrome(root: HtmlElement, own: str = "") -> None:
    """Take away what is not the document by what it calls itself, unless it holds a good part of the page's prose.

    ``own`` is the page's URL: what announces that a document elsewhere was changed is no part of this one.
    """
    body = root.find("body")
    body = root if body is None else body
    total = words_of(body)
    most = max(60, total // 4)
    for element in list(body.iter(*_TAGS)):
        if _outside(element) and _may_go(element, most):
            drop(element)
    for element in body.xpath(".//*[@role or @aria-modal='true' or @aria-live]"):
        role = (element.get("role") or "").split(" ")[0]
        live = element.get("aria-live") in {"assertive", "polite"} and words_of(element) < 20
        if (role in _ROLES or element.get("aria-modal") == "true" or live) and element.tag not in {"body", "main"}:
            if (role == "banner" and not _outside(element)) or (role in _LIVE and _is_note(element)):
                continue
            if _may_go(element, most):
                drop(element)
    for element in body.xpath(".//*[@class or @id]"):
        called = names(element)
        if len(called) > 600 or element.tag in {"body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6"}:
            continue
        if (_CONSENT.search(called) and words_of(element) < min(_CONSENT_WORDS, total) and _is_consent(element)) or (
            _UNSEEN_CLASS.search(called) and words_of(element) <= _HINT_WORDS and element.find(".//h1") is None
        ):
            drop(element)
    _strip_asking(body)
    _strip_announcing(body, own)
    hints = {name for link in body.iter("a", "button") for name in (link.get("aria-describedby") or "").split()}
    for element in body.xpath(".//*[@id]") if hints else ():
        if element.get("id") in hints and words_of(element) <= _HINT_WORDS:
            drop(element)
    for button in body.xpath(".//button | .//*[@role='button']"):
        if button.get("aria-expanded") is None and _leads_nowhere(button) and is_pressed(_line(button)):
            drop(button)


def is_beside(element: HtmlElement) -> bool:
    """Whether class or id say that ``element`` is no part of a document; alone this proves nothing."""
    called = names(element)
    return len(called) < 600 and _BESIDE.search(called) is not None


def _may_go(element: HtmlElement, most: int) -> bool:
    """Whether an element that calls itself chrome holds too little prose to be the document all the same."""
    if among_prose(element):
        return False
    if words_of(element) < most:
        return True
    prose = 0
    for text in element.itertext():
        count = len(text.split())
        prose += count if count >= _SENTENCE_WORDS else 0
    return prose < _PROSE


def _strip_asking(body: HtmlElement) -> None:
    """Take away what asks for consent to cookies: the largest part around such a button that is still a dialog."""
    for button in list(islice(filter(_is_consent_button, body.iter("button", "a")), _MOST_BUTTONS)):
        found = None
        for above in button.iterancestors():
            if above.tag in {"body", "main", "article"} or words_of(above) > _ASKING_WORDS:
                break
            found = above
        if found is None:
            continue
        says = " ".join(found.itertext())
        # who clicks through a contract consents too, but to one thing: a banner lets its reader choose
        if _COOKIES.search(says) or (
            _CONSENTS.search(says) and sum(map(_is_consent_button, found.iter("button", "a"))) >= _CHOICES
        ):
            drop(found)


def _is_consent_button(button: HtmlElement) -> bool:
    words = "".join(button.itertext())
    return len(words) <= 40 and _CONSENT_BUTTON.fullmatch(" ".join(words.split())) is not None


def _line(element: HtmlElement) -> str:
    """The text of ``element`` on one line."""
    return " ".join("".join(element.itertext()).split())


def _leads_nowhere(element: HtmlElement) -> bool:
    """Whether pressing ``element`` stays on the page; a link that calls itself a button is a link."""
    return (element.get("href") or "#").startswith(("#", "javascript:"))


def _is_note(element: HtmlElement) -> bool:
    """Whether an alert is a note within a text, and not what an application tells its user."""
    return not _COOKIES.search(_line(element)) and among_prose(element, one_side=True)


def _strip_announcing(body: HtmlElement, own: str) -> None:
    """Take away boxes above the page's title that announce a change of another document, to which their link leads.

    Sites put one box on all their policies: it would be news in each, of what only one of them says.
    """
    titles = list(body.iter("h1"))
    if len(titles) != 1:
        return
    above = set(titles[0].iterancestors())
    for link in list(body.iter("a", "h1")):
        if link is titles[0]:
            break
        words = _line(link)
        if not _ANNOUNCES.match(words[:200]) or _same_page(link.get("href") or "", own):
            continue
        box = link
        for around in link.iterancestors():
            if around in above or words_of(around) > _BOX_WORDS:
                break
            box = around
        if _line(box).startswith(words):
            drop(box)


def _same_page(href: str, own: str) -> bool:
    """Whether a link stays on the page, as far as its path tells."""
    path = urlsplit(urljoin(own, href)).path.rstrip("/")
    return not href or href.startswith("#") or path == urlsplit(own).path.rstrip("/")


def _outside(element: HtmlElement) -> bool:
    """Whether an element of that tag is chrome where it stands."""
    tag = element.tag
    if tag in {"nav", "dialog", "search", "next-route-announcer"}:
        return True
    within = any(True for _ in element.iterancestors("article", "main"))
    if tag == "header":
        # a document's own header carries its title: the only one of the page
        titles = sum(1 for _ in element.iter("h1"))
        if within or (titles and titles >= sum(1 for _ in islice(element.getroottree().iter("h1"), titles + 1))):
            return False
        # the head of a document may be a header without a title; a site's has links, and no more than a slogan
        return unlinked(element) < _HEADER_WORDS or links_share(element) > 0.2
    if tag == "footer":
        share = links_share(element)
        says = any(len(text.split()) >= _SENTENCE_WORDS and "©" not in text for text in element.itertext())
        if within and share <= 0.5 and _is_cited(element):
            return False
        return not within or share > 0.3 or not (says and (share == 0 or words_of(element) >= 60))
    return links_share(element) > 0.4 or is_beside(element)


def _is_cited(element: HtmlElement) -> bool:
    """Whether marks in the text lead to the parts of ``element``: then it holds its footnotes."""
    named = {part.get("id") for part in element.iterdescendants("li", "p", "div", "aside") if part.get("id")}
    marks = element.getroottree().iter("sup") if named else ()
    return any((link.get("href") or "")[1:] in named for mark in marks for link in (*mark.iter("a"), mark.getparent()))


def links_share(element: HtmlElement) -> float:
    """Share of the words of ``element`` that stand in links, 0 to 1."""
    words = words_of(element)
    return sum(words_of(link) for link in element.iter("a")) / words if words else 1.0


def _is_consent(element: HtmlElement) -> bool:
    """A consent banner asks for something: it has a button, or a link that acts as one."""
    return any(True for _ in element.iter("button", "form", "input")) or any(
        link.get("role") == "button" or (link.get("href") or "#").startswith(("#", "javascript:"))
        for link in element.iter("a")
    )
