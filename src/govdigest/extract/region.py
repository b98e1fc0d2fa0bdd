"""Which part of a page is the document: found by where its prose stands, and, in doubt, by what trafilatura keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from govdigest.extract.chrome import is_beside, words_of
from govdigest.extract.dates import has_date, is_date_line
from govdigest.extract.marking import BLOCKS, HEADINGS, is_tag
from govdigest.extract.opinion import Opinion
from govdigest.extract.standing import TEXT, among_prose, is_paragraph
from govdigest.extract.tree import drop
from govdigest.extract.writing import marked

_NUMBERED = re.compile(
    r"\s*(?:(?:section|article|artikel|artículo|§)\s*)?\d{1,2}(?:\.\d{1,2}){0,2}[.):]\s*\S", re.IGNORECASE
)
_DOMINANT = 0.8
"""Share of the prose that makes a child the way down to the document."""
_PROSE_WORDS = 10
_PROBE_WORDS = 6
_TITLE_WORDS = 12
_LINE_WORDS = 6
_DATE_WORDS = 25


@dataclass(slots=True)
class Weight:
    """What an element holds, itself and below."""

    words: int = 0
    links: int = 0
    prose: int = 0
    """Words of blocks that are sentences rather than labels."""
    title: bool = False


def choose(root: HtmlElement, body: HtmlElement, title: str) -> float:
    """Take from ``body`` what is beside the document called ``title``; gives the coverage.

    That is the share of the page's words that were kept, 0 to 1, of those that are not chrome: chrome says so by its
    name, or is labels and links.
    """
    lost = 0
    drop_probes(body)
    weights = weigh(body)
    opinion = Opinion(root)
    measure = _words if not weights[body].prose else _prose
    element = body
    inside = False
    while True:
        inside = inside or element.tag in {"main", "article"} or element.get("role") in {"main", "article"}
        children = [child for child in element if child in weights and weights[child].words]
        best = max(children, key=lambda child: measure(weights[child]), default=None)
        if best is None or measure(weights[best]) < _DOMINANT * measure(weights[element]):
            break
        before = True
        single = is_paragraph(best)
        heads = heading_run(children, best, weights)
        for child in children:
            if child is best:
                before = False
            elif (single and is_beside_paragraph(child, weights[child])) or (
                before and (child in heads or is_title(child, weights[child], title))
            ):
                continue
            elif not belongs(child, weights[child], before, inside, opinion):
                if not is_beside(child):
                    lost += weights[child].prose
                drop(child)
            else:
                tidy(child, weights)
        element = best
    # without prose nothing tells a label from what the page says: then only the innermost part is looked into
    within = body if weights[body].prose else element
    for child in list(within.iterdescendants("aside", "section", "div", "ul", "ol", "form", "p", "header")):
        weight = weights.get(child)
        if weight is not None and weight.words and _is_chrome(child, weight, opinion):
            drop(child)
    kept = words_of(body)
    return kept / (kept + lost) if kept else 0.0


def drop_probes(body: HtmlElement) -> None:
    """Take away runs of one word over and over: pages measure fonts with them, no one reads them."""
    for element in list(body.iter("div", "p", "span", "body")):
        words = (element.text or "").split()
        own = [child for child in element if is_tag(child) and child.tag not in BLOCKS and child.text]
        words += [word for child in own for word in child.text.split()]
        if len(words) < _PROBE_WORDS or len(set(words)) * 6 > len(words) or not any(map(str.isalpha, words[0])):
            continue
        if element is not body and len("".join(element.itertext()).split()) == len(words):
            drop(element)
            continue
        element.text = None
        for child in own:
            drop(child)


def _prose(weight: Weight) -> int:
    return weight.prose


def _words(weight: Weight) -> int:
    return weight.words


def is_title(element: HtmlElement, weight: Weight, title: str) -> bool:
    """Whether a line before the document is its title, as the page's ``<title>`` has it too."""
    if weight.links or weight.words > _TITLE_WORDS:
        return False
    words = " ".join("".join(element.itertext()).split()).lower()
    return len(words) > 4 and words in title.lower()


def is_beside_paragraph(element: HtmlElement, weight: Weight) -> bool:
    """Whether a neighbour of a paragraph that says nearly all is of the same text: another block of its kind."""
    return element.tag in TEXT and weight.links * 2 <= weight.words and "©" not in "".join(element.itertext())


def heading_run(
    children: list[HtmlElement], best: HtmlElement, weights: dict[HtmlElement, Weight]
) -> list[HtmlElement]:
    """The headings and lines that stand right above ``best``, from the first heading on: its title."""
    run: list[HtmlElement] = []
    for child in reversed(children[: children.index(best)]):
        if not is_beside_paragraph(child, weights[child]):
            break
        run.append(child)
    while run and run[-1].tag not in HEADINGS:
        run.pop()
    return run


def belongs(element: HtmlElement, weight: Weight, before: bool, inside: bool, opinion: Opinion) -> bool:
    """Whether a neighbour of the document is part of it."""
    if weight.title and before:
        return True
    own = weight.words - weight.links
    share = weight.links / weight.words
    if is_beside(element):
        if own < 20:
            return False
        return opinion.keeps(element) >= (40 if share > 0.2 or inside else weight.words // 2)
    if weight.words < _DATE_WORDS and is_date_line(" ".join(element.itertext())):
        return True
    if not before and goes_on(element):
        return True
    if share > 0.5:
        return own >= 20 and opinion.keeps(element) > 0
    if inside:
        return own >= (3 if before else 5) or opinion.keeps(element) > 0
    if weight.prose >= (15 if before else 40):
        return True
    # a short section without anything to press is the document's own, not an invitation; labels before it are a menu
    quiet = not weight.links and element.find(".//button") is None and "©" not in "".join(element.itertext())
    if quiet and (not before or any(len(text.split()) >= _LINE_WORDS for text in element.itertext())):
        return True
    return weight.prose > 0 and opinion.keeps(element) > 0


def goes_on(element: HtmlElement) -> bool:
    """Whether a part behind the document begins with a numbered heading, as the document's last sections do."""
    heading = next(element.iter(*HEADINGS), None)
    return heading is not None and _NUMBERED.match("".join(heading.itertext())) is not None


def tidy(element: HtmlElement, weights: dict[HtmlElement, Weight]) -> None:
    """Take link lists out of a neighbour that belongs."""
    for child in list(element.iterdescendants("ul", "ol", "div")):
        weight = weights.get(child)
        if weight is None or weight.prose or weight.title:
            continue
        if weight.links > 0.8 * weight.words:
            drop(child)


def _is_chrome(element: HtmlElement, weight: Weight, opinion: Opinion) -> bool:
    """Whether a part of the document's region is chrome all the same."""
    if weight.title:
        return False
    share = weight.links / weight.words
    if element.tag == "aside":
        return share > 0.5 or (weight.prose == 0 and is_beside(element))
    if not is_beside(element) or (share <= 0.5 and (weight.prose or weight.words >= 40)):
        return False
    if weight.words < _DATE_WORDS and has_date(" ".join(element.itertext())):
        return False
    if says(element, weight):
        return False
    return (weight.prose == 0 or opinion.keeps(element) == 0) and not among_prose(element)


def says(element: HtmlElement, weight: Weight) -> bool:
    """Whether a part without anything to press says a sentence: a summary beside a clause, not an invitation."""
    if weight.links or next(element.iter("form", "button"), None) is not None:
        return False
    return any(
        len(text.split()) >= _LINE_WORDS and text.rstrip().endswith((".", ";")) and "©" not in text
        for text in element.itertext()
    )


def weigh(body: HtmlElement) -> dict[HtmlElement, Weight]:
    """The weight of every block, in one pass over the tree."""
    weights: dict[HtmlElement, Weight] = {}
    runs: dict[HtmlElement, list[str]] = {}
    link_words: dict[HtmlElement, int] = {}
    block: HtmlElement = body
    weights[body] = Weight()
    blocks = [body]
    containers = marked(body)
    in_link = 0

    def put(text: str | None) -> None:
        if text and not text.isspace():
            runs.setdefault(block, []).append(text)
            if in_link:
                link_words[block] = link_words.get(block, 0) + len(text.split())

    def close(element: HtmlElement) -> Weight:
        weight = weights[element]
        texts = runs.pop(element, None)
        if texts:
            text = " ".join(texts)
            words = len(text.split())
            links = link_words.pop(element, 0)
            weight.words += words
            weight.links += links
            if words - links >= _PROSE_WORDS:
                weight.prose += words
        return weight

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if not is_tag(element) or element is body:
            if element is body and event == "start":
                put(element.text)
            continue
        own = element.tag in BLOCKS or element in containers
        if event == "start":
            if own:
                block = element
                blocks.append(element)
                weights[element] = Weight()
            if element.tag == "a":
                in_link += 1
            put(element.text)
        else:
            if own:
                weight = close(element)
                blocks.pop()
                block = blocks[-1]
                if element.tag == "h1":
                    weight.title = True
                above = weights[block]
                above.words += weight.words
                above.links += weight.links
                above.prose += weight.prose
                above.title = above.title or weight.title
            if element.tag == "a":
                in_link -= 1
            put(element.tail)
    close(body)
    return weights
