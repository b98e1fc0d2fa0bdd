"""The normal form: what is left of a text when all that carries no meaning is folded away.

Texts are compared, and known texts remembered, by this form; the archive keeps the text itself. The form is
lower-case words on one line. Every pattern here is anchored to a fixed word or bounded, so that none backtracks
without bound.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Sequence

_BREAK = "\ue000"
"""Stands between pieces that are folded in one go; from the private use area, and taken out of the input."""

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff\ue000\u2122\u00ae\u2120]"
)
"""Characters that a reader does not see, and marks of trade, which come and go."""
_QUOTES = frozenset("’‘‛ʼʹ`´′＇")

_MARKUP = re.compile(
    r"""
    \]\((?:[^()\s\\]|\\.|\([^()\s]{0,400}\)){0,2000}(?:\s{1,3}"[^"\n]{0,400}")?\s?\)   # a link's target
  | ^[ \t]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]{1,4}\S{1,2000}.{0,200}$              # a reference's target
  | </?[a-zA-Z][^<>\n]{0,400}>
  | <!--(?:(?!-->).){0,2000}-->
    """,
    re.VERBOSE | re.MULTILINE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LOCAL = re.compile(r"[\w.+-]{1,64}$")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_MASKED_MAIL = re.compile(
    r"[^\s\[\]()]{0,64}\[?\\?\[email[ \xa0]protected\\?\](?:[\w.-]{0,64}\])?(?:[\w-][\w.-]{0,64})?"
)
"""An address that a page hides from programs, with what it left in front of it and behind."""
_HIDDEN_MAIL = re.compile(r"(?<!\S)email protected(?!\S)")
_URL = re.compile(r"https?://([^\s<>()\[\]?#\"']{0,400})(?:[?#][^\s<>()\[\]\"']{0,2000})?")
_LOCALE = re.compile(r"/(?:[a-z]{2}|[a-z]{2}[-_][a-zA-Z]{2})(?=/|$)")
"""A language in an address: sites add and drop it."""
_MAY_HINT = re.compile(r"[+⌘⇧⌥⌃⎇]")
_KEYS = re.compile(
    r"(?<!\w)(?:[⌘⇧⌥⌃⎇]{1,4}[ \t]?\+?[ \t]?\w?(?!\w)"
    r"|(?:ctrl|control|strg|cmd|command|alt|option|shift)(?:[ \t]?[+-][ \t]?(?:shift|alt|option))?"
    r"[ \t]?\+[ \t]?[\w/.,]{1,6})",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"""^[ \t>|]{0,12}(?:\#{1,6}[ \t]{1,8})?(?:[-*+•·▪◦‣●○■□–—][ \t]{1,8})?[*_\[]{0,4}
    (?:(?:
        (?:section|sect\.|article|clause|chapter|part|abschnitt|artikel|ziffer|sección|artículo|§)?[ \t]?
        (?: \(?\d{1,3}(?:\.\d{1,3}){0,5}[.):] | \d{1,3}(?:\.\d{1,3}){1,5}(?=[ \t*_\[]{1,6}(?-i:[A-ZÀ-Þ]))
          | \(?[ivxlc]{1,6}[.)] | \(?[a-z][.)] | [a-z]\.\d{1,3}(?:\.\d{1,3}){0,4}[.):]? )
        (?=[ \t*_\]\\]|$) | § )[*_\]\\]{0,4}[ \t]{0,8}){1,3}
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\S)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*|[%€$£¥₹]|\n|" + _BREAK)

_MONTH = (
    r"(?:jan(?:uary|uar|vier|uari)?|feb(?:ruary|ruar|ruari)?|fév(?:rier)?|mar(?:ch|s|zo)?|märz|maart"
    r"|apr(?:il)?|avr(?:il)?|"
    r"may|mai|mayo|mei|june?|juni|juin|july?|juli|juillet|aug(?:ust|ustus)?|août|aout|sept?(?:ember|embre)?|"
    r"oct(?:ober|obre)?|okt(?:ober)?|nov(?:ember|embre)?|dec(?:ember)?|dez(?:ember)?|déc(?:embre)?|"
    r"enero|ene|febrero|abril|abr|junio|julio|agosto|ago|septiembre|setiembre|octubre|noviembre|diciembre|dic|"
    r"janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|"
    r"gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|er)?"
_YEAR = r"(?:19|20)\d\d"
DATE = (
    rf"(?:{_MONTH} {_DAY} {_YEAR}|(?:the )?{_DAY} (?:day of |of |de |d')?{_MONTH} (?:del? )?{_YEAR}"
    rf"|{_YEAR} \d{{1,2}} \d{{1,2}}|\d{{1,2}} \d{{1,2}} {_YEAR}|\d{{1,2}}\.\d{{1,2}}\.{_YEAR}|{_MONTH} (?:de )?{_YEAR})"
)
"""A whole date in the words of the normal form."""
_CLOCK = r"(?: (?:at )?\d{1,2} \d\d(?: \d\d)?(?: ?[ap]m)?(?: ?(?:utc|gmt|cet|cest|[ecmp][sd]t|[ecmp]t))?)?"
_UPDATED = (
    r"(?:date of (?:the )?)?(?:last|latest|most recent(?:ly)?) "
    r"(?:updated?|modified|modification|revised|revision|changed?|reviewed|amended|edited|published)(?: date)?"
    r"|(?:page |article |policy |terms )?(?:was |were |been |is |are )?(?:updated|modified|revised"
    r"|published|posted|issued|dated)"
    r"|(?:date de (?:la )?)?(?:dernière|derniere) (?:mise à jour|mise a jour|modification|révision|actualisation)"
    r"|mise?s? à jour|publiée?|modifiée? en dernier|version (?:en date )?du|date de publication"
    r"|(?:zuletzt|letzte|letztmals|letzter) (?:aktualisiert|aktualisierung|geändert|änderung|überarbeitet"
    r"|stand|bearbeitet)"
    r"|aktualisiert|stand|fassung|veröffentlicht|version vom"
    r"|(?:fecha de )?(?:la )?(?:última|ultima) (?:actualización|actualizacion|modificación|revisión|versión)"
    r"|(?:actualizad|publicad|revisad)[oa]s?|fecha de (?:actualización|publicación)"
    r"|última atualização|atualizado|ultimo aggiornamento|aggiornato|laatst (?:bijgewerkt|gewijzigd)|bijgewerkt"
)
_LINK_WORDS = (
    r"(?: (?:on|as of|date|from|since|at|in|le|du|au|depuis|en|am|vom|ab|seit|dem|zum|der|el"
    r"|del?|desde|a partir|op|il|em)){0,4}"
)
_STAMP = re.compile(rf"(?<!\w)(?:{_UPDATED}){_LINK_WORDS}\s{{1,3}}{DATE}{_CLOCK}(?!\w)")
_ARCHIVE = (
    r"(?: (?:see |view |read )?(?:the |our )?(?:(?:previous|prior|earlier|older|archived?|past"
    r"|last) (?:versions?|terms|policy|policies)"
    r"|archives?|version history|versions? précédentes?|anciennes versions?|frühere (?:versionen"
    r"|fassungen)|versiones anteriores)"
    r"(?: here)?)?"
)
"""What stands behind a date of effect without being a sentence: a link to earlier versions."""
_EFFECTIVE = re.compile(
    r"(?<!\w)(?<!become )(?<!becomes )(?<!be )(?<!entrer )(?<!entreront )(?<!entrera )(?<!entrará )(?<!entrarán )"
    r"(?:(?:date of )?effective(?: date)?|applies|apply|in effect|in force|date|version|valid|applicable"
    r"|date d'entrée en vigueur|en vigueur|"
    r"applicables?|datum|gültig|in kraft(?:getreten)?|wirksam|fecha de (?:entrada en vigor|vigencia)"
    r"|vigentes?|en vigor|efectiv[oa]s?)"
    rf"{_LINK_WORDS}\s{{1,3}}{DATE}{_CLOCK}{_ARCHIVE}(?= ?(?:\n|{_BREAK}|$))"
)
_BARE_DATE = re.compile(rf"^(?:the |le |am |el )?{DATE}{_CLOCK}$")
_NEW_TAB = re.compile(
    r"(?<!\w)(?:(?:link )?opens? in (?:a )?new (?:browser )?(?:tab|window)|(?:lien )?(?:s'ouvre|ouvre"
    r"|ouverture)(?: dans)? une? "
    r"(?:nouvel onglet|nouvelle fenêtre)|(?:wird|öffnet)(?: sich)? in (?:einem )?neue[nmr] (?:tab"
    r"|fenster)(?: geöffnet)?"
    r"|se abre en una (?:nueva )?(?:pestaña|ventana)(?: nueva)?|nouvelle fenêtre|external link|lien externe)(?!\w)"
)
_TABS = (
    *("new tab", "new window", "new browser", "nouvel onglet", "nouvelle fenêtre", "neuen tab", "neuem tab", "fenster"),
    *("pestaña", "ventana", "external link", "lien externe"),
)
_NUMBER = r"(?:\d+(?:[.,]\d+)*|an?|one|une?|eine[rm]?|un[oa]?)"
_RELATIVE = re.compile(
    rf"(?<!\w)(?:(?:about |over |almost )?{_NUMBER} (?:second|minute|min|hour|hr|day|week|month|year)s? ago"
    rf"|il y a (?:environ |plus d[e'] ?)?{_NUMBER} (?:seconde|minute|heure|jour|semaine|mois|an|année)s?"
    rf"|vor (?:etwa )?{_NUMBER} (?:sekunde|minute|stunde|tag|woche|monat|jahr)e?n?"
    rf"|hace (?:unos? )?{_NUMBER} (?:segundo|minuto|hora|día|dia|semana|mes|año)(?:s|es)?"
    r"|yesterday|hier|gestern|ayer|just now)(?!\w)"
)
_COUNTED = (
    r"views?|likes?|shares?|comments?|votes?|followers?|subscribers?|members?|downloads?|reads?|stars?"
    r"|reactions?|claps?|"
    r"replies|vues?|commentaires?|aufrufe|visitas|vistas|people found this helpful|found this helpful|"
    r"personnes ont trouvé|min(?:ute)?s? read|minutes? to read|min de lecture|lesezeit|de lectura"
)
_TALLY = re.compile(
    rf"^(?:(?:{_NUMBER}(?: ?[km])? )?(?:out of |of |sur |von "
    rf"|de )?\d+(?:[.,]\d+)*(?: ?[km])? (?:{_COUNTED})[a-z ]{{0,24}}"
    rf"|(?:views?|likes?|shares?|comments?|reading time|read time|temps de lecture"
    rf"|lesezeit)(?: about)? \d+(?:[.,]\d+)*(?: ?[km])?"
    r"(?: min(?:ute)?s?)?)$"
)


_DATED = re.compile(r"\d| ago\b|yesterday|\bhier\b|gestern|\bayer\b|just now")
_SHORT = 120
"""Characters of the longest line that is taken for a label: in a sentence, a date or a count may carry meaning."""


def _clean(text: str) -> str:
    """``text`` in one Unicode form, without what a reader does not see."""
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return text.replace("`", "'")
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    # one replacement for each distinct character is ten times faster than a class or a table over the text
    for character in sorted(set(text)):
        if character in _QUOTES:
            text = text.replace(character, "'")
        elif character > "\x7f" and _HIDDEN.match(character):
            text = text.replace(character, "")
    return text


def _words(text: str) -> str:
    """Lower-case words of clean ``text``, a line for each line that has any."""
    if "](" in text or "<" in text or "]:" in text:
        text = _MARKUP.sub("]", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "email protected" in text:
        text = _MASKED_MAIL.sub(" emailaddress ", text)
    if "@" in text:
        text = _without_mail(text)
    if "://" in text:
        text = _URL.sub(lambda url: _LOCALE.sub("/", url[1]) + " ", text)
    if "+" in text or any(glyph in text for glyph in "⌘⇧⌥⌃⎇"):
        text = "\n".join([_KEYS.sub(" ", line) if _MAY_HINT.search(line) else line for line in text.split("\n")])
    text = _COUNTER.sub("", text).replace("©", " copyright ")
    return " ".join(_TOKEN.findall(text.casefold())).replace(" \n", "\n").replace("\n ", "\n")


def _without_mail(text: str) -> str:
    """``text`` with one word for every address of mail: pages hide them from programs, and show them to some."""
    parts = text.split("@")
    for index in range(1, len(parts)):
        local, domain = _LOCAL.search(parts[index - 1]), _DOMAIN.match(parts[index])
        if local and domain:
            parts[index - 1] = parts[index - 1][: local.start()]
            parts[index] = f" emailaddress {parts[index][domain.end() :]}"
        else:
            parts[index] = f" {parts[index]}"
    return "".join(parts)


def _label(line: str) -> str:
    """A short line without its date, count or relative time."""
    if line.count(" ") <= 8:
        line = _RELATIVE.sub(" ", line).strip()
    line = _BARE_DATE.sub("", line)
    if "copyright" in line:
        line = _YEARS.sub(" ", line)
    return _TALLY.sub("", line)


def _sweep(text: str) -> str:
    """Clean lines without the stamps, counts and hints that say nothing about the document's content."""
    text = _without_stamps(text)
    if "email protected" in text:
        text = _HIDDEN_MAIL.sub("emailaddress", text)
    if any(words in text for words in _TABS):
        text = _NEW_TAB.sub(" ", text)
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if len(line) < _SHORT and _DATED.search(line):
            lines[index] = _label(line)
    return "\n".join(lines)


def _without_stamps(text: str) -> str:
    """``text`` without 'last updated' and its like; looks only at the words before a year."""
    parts: list[str] = []
    done = 0
    for year in _YEARS.finditer(text):
        start, end = max(done, year.start() - 160), min(len(text), year.end() + 24)
        for pattern in (_STAMP, _EFFECTIVE):
            stamp = pattern.search(text, start, end)
            if stamp and stamp.end() + 1 >= end:  # what seemed the end of a line may be the window's
                stamp = pattern.match(text, stamp.start())
            # the end of the window is not the end of a line
            if stamp and stamp.end() >= year.end() and (stamp.end() < end or end == len(text)):
                parts += [text[done : stamp.start()], " "]
                done = stamp.end()
                break
    return "".join(parts) + text[done:] if parts else text


def _settle(text: str) -> str:
    """One line of words, swept until nothing more goes: what was taken out may join what it stood between."""
    for _ in range(12):
        swept = " ".join(_sweep(text).split())
        if swept == text:
            break
        text = swept
    return text


def normal_form(markdown: str) -> str:
    """``markdown`` as it is compared: lower-case words on one line, without what carries no meaning.

    Folded away are white space, Unicode forms, quote glyphs, invisible characters, Markdown marks, punctuation,
    link targets, bullets and counters, 'opens in new tab', stamps such as 'Last updated', relative times, view
    counters, addresses of mail (a page may hide them), keyboard hints. Idempotent.
    """
    text = _settle(_words(_clean(markdown)))
    for _ in range(4):
        if text.isascii() or (unicodedata.is_normalized("NFKC", text) and text.casefold() == text):
            break  # its words are words already
        again = _settle(_words(_clean(text)))
        if again == text:
            break
        text = again
    return text


def normal_hash(markdown: str) -> str:
    """SHA-256, in hexadecimal, of the normal form of ``markdown``."""
    return hashlib.sha256(normal_form(markdown).encode()).hexdigest()


def fold(pieces: Sequence[str]) -> list[str]:
    """The normal form of each of ``pieces``, all in one go; nothing is folded across two of them."""
    if not pieces:
        return []
    joined = f"\n{_BREAK}\n".join(_clean(piece).replace(_BREAK, "") for piece in pieces)
    folded = _sweep(_words(joined)).split(_BREAK)
    assert len(folded) == len(pieces), "a piece was lost in folding"
    return [" ".join(piece.split()) for piece in folded]
