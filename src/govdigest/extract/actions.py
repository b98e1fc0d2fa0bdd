"""What buttons say, in four languages: to press them does something, to read them says nothing."""

from __future__ import annotations

import re

_OPENS = (
    r"expand(?: all)?|collapse(?: all)?|(?:show|view|see|hide) (?:more|less|all|details|summary)|read more|load more|"
    r"(?:back|return|go|jump|scroll) to (?:the )?top(?: of (?:the )?page)?|(?:top|bottom) of (?:the )?page|"
    r"alle? (?:auf|zu|ein)klappen|mehr (?:anzeigen|lesen)|weniger anzeigen|(?:zurück )?nach oben|zum seitenanfang|"
    r"tout (?:développer|réduire|déplier|replier)|voir (?:plus|moins|les détails)|haut de (?:la )?page|"
    r"retour en haut(?: de (?:la )?page)?|"
    r"(?:expandir|contraer|mostrar|ocultar) todo|(?:ver|mostrar) (?:más|menos|detalles)|volver arriba"
)
"""Of sections and of the page itself: never a heading, so no bold type makes it one."""
_DOES = (
    r"copy(?: link| to clipboard| as markdown| page)?|copied!?|share|print(?: this page)?|close|menu|open menu|search|"
    r"accept(?: all)?|reject(?: all)?|submit|subscribe|send|next|previous|back|"
    r"log ?in|sign ?(?:in|up)|get started|try (?:it )?(?:for )?free|contact sales|select language|"
    r"change language|toggle [\w ]{1,30}|skip to [\w ]{1,30}|download(?: pdf)?|listen|dismiss|cancel|"
    r"suggest (?:an )?edits?|edit this page|export as pdf|"
    r"menü|suche|suchen|schließen|drucken|teilen|anmelden|alle akzeptieren|weiter|zurück|"
    r"fermer|imprimer|partager|rechercher|accepter(?: tout)?|se connecter|suivant|précédent|retour|"
    r"cerrar|imprimir|compartir|buscar|aceptar(?: todo)?|iniciar sesión|siguiente|anterior|volver"
)
_PRESSED = (
    r"ok|yes|no|ja|nein|oui|non|sí|learn more|follow|like|"
    r"(?:all |previous |older |past )?versions?(?: history)?|(?:mehr|weitere) (?:erfahren|informationen)|"
    r"en savoir plus|más información"
)
"""What says something elsewhere: 'No.' may be the answer that a policy gives."""

_OPENER = re.compile(rf"\W*(?:{_OPENS})(?:\W+(?:{_OPENS})){{0,3}}\W*", re.IGNORECASE)
_ACTION = re.compile(rf"\W*(?:{_DOES})\W*", re.IGNORECASE)
_BUTTON = re.compile(rf"\W*(?:{_OPENS}|{_DOES}|{_PRESSED})\W*", re.IGNORECASE)
_LONGEST = 80


def opens(text: str) -> bool:
    """Whether ``text`` is no more than what opens and shuts sections, or leads to the top of the page."""
    return len(text) <= _LONGEST and _OPENER.fullmatch(text) is not None


def is_action(text: str) -> bool:
    """Whether ``text``, a line of its own, is all that a button says."""
    return opens(text) or (len(text) <= _LONGEST and _ACTION.fullmatch(text) is not None)


def is_pressed(text: str) -> bool:
    """Whether ``text`` is all that an element says that is known to be a button."""
    return opens(text) or (len(text) <= _LONGEST and _BUTTON.fullmatch(text) is not None)
