"""What a passage is apart from what it says: a link, a label, a prompt, a sentence that only points elsewhere."""

from __future__ import annotations

import re

PROMPT = re.compile(
    r"^(?:skip to|sign in|sign up|log in|log out|register|subscribe|search|menu|close|open|back to"
    r"|read more|learn more|"
    r"see more|show more|view more|show all|expand|collapse|share|print|download|was this|did this|is this|accept all|"
    r"accept cookies|reject all|manage cookies|cookie (?:settings|preferences)|loading|please enable|enable javascript|"
    r"follow us|contact sales|get started|try |next|previous|table of contents|contents|on this page|in this article|"
    r"related articles|jump to|copy link|thank you for|thanks for your feedback|still need help|"
    r"se connecter|connexion|rechercher|fermer|en savoir plus|accepter|refuser|sommaire|retour|"
    r"anmelden|suche|menü|schließen|mehr erfahren|akzeptieren|ablehnen|inhalt|zurück|"
    r"iniciar sesión|buscar|cerrar|más información|aceptar|rechazar|índice|volver|"
    r"copyright|all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos)(?!\w)"
)
"""How a control or a line of a menu begins; words in the normal form."""
POINTER = re.compile(
    r"^(?:(?:for|to) (?:more|further|additional|full|other)?[\w ]{0,60}(?:information|details?|learn|read"
    r"|find out|see|understand)"
    r"[\w ,']{0,60}(?:see|visit|read|review|refer|consult|check|contact|go to|click|available)?"
    r"|(?:please )?(?:see|read|review|visit|refer to|consult|learn more|find out more|click) "
    r"|if you(?:'re| are| have)?[\w' ]{0,80} (?:please )?(?:see|read|visit|refer to|consult|contact) "
    r"|you (?:can|may) (?:also )?(?:access|find|view|see|read|learn|reach|contact|review|visit|manage|download)\b"
    r"(?! [\w ]{0,20}your (?:personal|data|information))"
    r"|pour (?:en savoir plus|plus d'informations?)|veuillez (?:consulter|lire)|weitere informationen|"
    r"nähere informationen|para (?:más|obtener más) información|consulte "
    r"|(?:your |the )?(?:use|access|usage)\b[\w ']{0,80} (?:is|are) (?:also )?(?:subject to|governed by) "
    r"(?![\w ]{0,12}laws?\b)[\w ']{0,90}(?:terms|policy|policies|licen[sc]e|agreement|guidelines|notice)(?: \w+){0,6}$"
    r"|[\w ']{2,60} (?:is|are) an? (?:new )?(?:[\w]+ )?(?:feature|service|tool|product|platform|app"
    r"|application|program|website)"
    r"s? (?:that|which|designed|to|for)\b)"
)
"""Sentences that only point to another page or say what a product is: what binds stands elsewhere."""

INTRODUCES = re.compile(
    r"^(?:the purpose of )?(?:this|our|the present|these|la présente|cette|notre|diese|unsere|esta|nuestra) "
    r"(?:[\w']+ ){0,3}(?:policy|notice|statement|document|page|charter|politique|charte|datenschutzerklärung|richtlinie"
    r"|política|aviso)(?: is)?(?: intended| designed)? (?:to (?:inform|explain|describe|help|tell)|explains?|describes?"
    r"|informs?|tells|outlines|décrit|explique|informe|a pour (?:objet|but)|vise à|beschreibt|erklärt|informiert"
    r"|describe|explica|informa)(?!\w)"
)
"""How a sentence begins that says what its document is about."""
HEADED = re.compile(r"^(?:we|you|nous|vous|wir|sie)(?: [\w']+){3}")
"""How a heading begins that says something by itself, as on pages of commitments: 'We do not train on your data'."""

IDLE = re.compile(
    r"(?<!\w)(?:(?:including )?but (?:is |are |shall )?not (?:be )?limited to|includ\w+ (?:but )?without limit\w+"
    r"|without limiting the (?:foregoing|generality)|(?:mais )?(?:sans|non) s'y limiter|y compris sans limitation"
    r"|notamment sans s'y limiter|(?:einschließlich )?(?:aber )?(?:jedoch )?nicht (?:darauf )?beschränkt auf"
    r"|(?:pero )?sin limitar\w* a|never been (?:easier|better|simpler)|no (?:matter|problem|doubt)"
    r"|no credit card (?:is )?(?:required|needed)|whether or not|why not"
    r"|look no further|not only)(?!\w)"
)
"""Phrases with a 'not' that denies nothing."""
IDLE_HINTS = ("limit", "beschränkt", "never been", "no ", "whether", "why not", "look no", "not only")
"""One of these stands in each such phrase."""

CONSENT = re.compile(
    r"^(?:by|when|if) (?:you )?(?:click|select|choos|press|tapp?)(?:ing|e)?\b[\w ]{0,12} "
    r"(?:accept|agree|allow|ok|reject|decline|got it)\b"
    r"|^en cliquant sur [\w ]{0,12}(?:accepter|accepte|autoriser|refuser)\b"
    r"|^(?:durch|mit|indem sie) [\w ]{0,30}(?:klick\w*|auf) "
    r"[\w ]{0,12}(?:akzeptieren|zustimmen|ablehnen)\b"
    r"|^al (?:hacer|pulsar|pinchar) (?:clic )?(?:en |sobre )?[\w ]{0,12}(?:aceptar|acepto|rechazar)\b"
)
"""What only the dialog that asks for cookies says, in the normal form: its paragraph is the dialog's too."""

LINK_ONLY = re.compile(
    r"^\s*(?:[-*+•|]\s*|\d{1,3}[.)]\s*)?\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)[\s|.,;·]*$"
)


def is_label(raw: str, count: int) -> bool:
    """Whether a passage of ``count`` words is a link or a label rather than something that the document says."""
    return bool(LINK_ONLY.match(raw)) or (
        count <= 6 and not raw.rstrip(" )”\"'»*_\\|").endswith((".", "!", "?", ";", ":"))
    )
