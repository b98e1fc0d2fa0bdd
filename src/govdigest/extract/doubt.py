"""Whether a text is the document at all: told by what it says, and by what it lacks.

A page that speaks of errors, robots or cookies may still be a policy: so what a page says counts only while it is
short and has no body of prose. Phrases are English, French, German and Spanish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from govdigest.marks import plain
from govdigest.model import PassageKind, Text

_FEWEST = 30
_SHORT = 300
"""Words of a notice; a longer text is judged by its make-up, not by its phrases."""
_DIALOG = 600
_PROSE = 8
"""Words of a sentence; fewer make a label."""


@dataclass(frozen=True, slots=True)
class NotADocument:
    """Why a text is not taken for the document: a reason's slug, and a sentence for the status page."""

    reason: str
    detail: str


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_CHECKPOINT = _any(
    r"verify (?:that )?you(?:['’]re| are) (?:a |not a )?(?:human|robot)", r"are you (?:a )?(?:human|robot)",
    r"not a robot", r"checking your browser", r"enable javascript and cookies to continue",
    r"complete the security check", r"unusual (?:traffic|activity) from your",
    r"access (?:to this (?:page|site) (?:has been|is) )?(?:denied|blocked)", r"attention required", r"captcha",
    r"ddos protection", r"press (?:&|and) hold", r"cloudflare ray id", r"just a moment",
    r"(?:you have been|your (?:ip|request) (?:has been|was)) blocked", r"performing security verification",
    r"security (?:check|verification)", r"bot (?:detection|protection)", r"request unsuccessful\. incapsula",
    r"vérifi(?:ez|er|ons) que vous (?:êtes|n['’]êtes pas) (?:un )?(?:humain|robot)",
    r"vérification de (?:la )?sécurité", r"contrôle de sécurité", r"vérification de (?:votre|ton) navigateur",
    r"accès (?:refusé|bloqué|interdit)", r"vous n['’]êtes pas un robot", r"trafic inhabituel",
    r"(?:dass )?sie (?:ein mensch|kein roboter)", r"sicherheits(?:über)?prüfung", r"zugriff (?:verweigert|blockiert)",
    r"überprüf\w{0,4} ihre[ns]? browser", r"ungewöhnliche[rn]? (?:datenverkehr|aktivität)",
    r"verifi(?:ca|que) que (?:eres|es|no eres|no es) (?:un )?(?:humano|robot)",
    r"(?:comprobación|verificación) de seguridad", r"acceso (?:denegado|bloqueado|restringido)",
    r"no (?:soy|eres) un robot", r"tráfico inusual",
)  # fmt: skip
_RATE = _any(
    r"too many requests", r"rate limit(?:ed)?", r"try again (?:in a (?:few|moment)|later)", r"temporarily blocked",
    r"going too fast", r"réessay(?:er|ez) (?:plus tard|ultérieurement)", r"später (?:erneut|noch einmal)",
    r"(?:inténta|intente|vuelve a intentar)lo (?:de nuevo )?más tarde", r"trop de requêtes", r"zu viele anfragen",
    r"demasiadas solicitudes",
)  # fmt: skip
_ERROR = _any(
    r"\b(?:error|erreur|fehler)\s*:?\s*[45]\d\d\b",
    r"\b[45]\d\d\s*[-–|:]?\s*(?:error|not found|forbidden|erreur|fehler)", r"^\W*404\b",
    r"\bhttp[ /]\d?\.?\d? ?[45]\d\d\b",
    r"page (?:you (?:requested|are looking for) )?(?:was |could )?not (?:be )?found",
    (r"(?:page|file|content|article|document|link|url)\b[^.!?]{0,60}(?:not found|does(?:n['’]t| not) exist|"
     r"no longer (?:exists?|available)|"
     r"(?:isn['’]t|is not|is no longer|may not be|not) available|can(?:no|['’])t be found|be (?:broken|removed))"),
    r"(?:can(?:no|['’])t|couldn['’]t|unable to) find (?:the|that|this|what)\b[^.!?]{0,40}(?:page|looking)",
    r"something went wrong", r"(?:oops|uh[- ]oh|whoops)\b", r"internal server error",
    r"service (?:temporarily )?unavailable", r"bad gateway", r"gateway time-?out", r"forbidden",
    r"an error (?:has )?occurred", r"temporarily (?:down|unavailable)", r"(?:down|closed) for maintenance",
    r"under maintenance", r"no longer available", r"page (?:introuvable|non trouvée|inexistante)",
    r"n['’](?:existe (?:pas|plus)|est (?:pas|plus) disponible)", r"une erreur (?:s['’]est produite|est survenue)",
    r"quelque chose s['’]est mal passé", r"service (?:temporairement )?indisponible",
    r"seite (?:wurde )?(?:leider )?nicht (?:gefunden|verfügbar)", r"existiert nicht(?: mehr)?",
    r"nicht mehr verfügbar", r"ein fehler (?:ist )?aufgetreten", r"etwas ist schief ?gelaufen", r"wartungsarbeiten",
    r"vorübergehend nicht (?:verfügbar|erreichbar)", r"página no (?:encontrada|existe|disponible)",
    r"no (?:se )?(?:encontramos|encuentra|ha encontrado|pudimos encontrar) (?:la|esta) página",
    r"(?:ya )?no está disponible", r"algo (?:salió|ha salido|fue) mal", r"(?:se )?ha (?:ocurrido|producido) un error",
    r"en mantenimiento",
)  # fmt: skip
_LOGIN = _any(
    r"(?:you must|you(?:['’]ll)? need to|please|you have to) (?:be )?(?:log|sign)(?:ged|ed)?[ -]?in",
    r"(?:log|sign) ?in to (?:continue|view|see|access)", r"log ?in (?:or|/) (?:sign|register|create)",
    r"forgot(?:ten)? (?:your )?(?:password|account)", r"create (?:a |new )?account", r"connectez-vous (?:pour|à)",
    r"vous devez (?:vous connecter|être connecté)", r"(?:mot de passe|identifiants) oubliés?",
    r"veuillez vous connecter", r"(?:melde?|loggen?) (?:dich|sie sich) (?:an|ein)",
    r"anmelden,? um (?:fortzufahren|weiter)", r"passwort vergessen", r"bitte (?:einloggen|anmelden)",
    r"inici(?:a|e|ar) sesión (?:para|en)", r"debes? (?:iniciar sesión|estar registrado)",
    r"(?:has |ha )?olvid(?:aste|ado)[^.?]{0,12}contraseña",
)  # fmt: skip
_SCRIPT = _any(
    r"(?:enable|activate|turn on|requires?|needs?|without|switch on) java ?script",
    r"java ?script (?:is |to be |must be )?(?:disabled|required|enabled|not enabled|needs)",
    r"(?:activer|activez|nécessite) (?:le )?java ?script",
    r"java ?script (?:est (?:désactivé|requis)|doit être activé)",
    r"java ?script (?:aktivieren|ist (?:deaktiviert|erforderlich)|muss)", r"aktivieren sie java ?script",
    r"(?:habilit|activ)(?:a|e|ar) java ?script", r"java ?script (?:está (?:desactivado|deshabilitado)|es necesario)",
)  # fmt: skip
_BROWSER = _any(
    r"browser (?:is|isn['’]t|is not) (?:out of date|outdated|no longer supported|not supported|supported)",
    r"(?:update|upgrade|outdated|unsupported) (?:your )?browser", r"navigateur (?:est obsolète|n['’]est (?:pas|plus))",
    r"browser (?:ist veraltet|wird nicht (?:mehr )?unterstützt)", r"navegador (?:no es compatible|está obsoleto)",
)  # fmt: skip
_AGE = _any(
    r"are you (?:over |at least )?(?:18|21)\b", r"(?:verify|confirm) your age", r"age verification",
    r"confirm (?:that )?you(?:['’]re| are) (?:over|at least|older than) (?:18|21)",
    r"(?:avez-vous|vous avez) (?:plus de |au moins )?18 ans", r"sind sie (?:mindestens |über )?18",
    r"(?:eres|es usted) mayor de (?:edad|18)",
)  # fmt: skip
_LOADING = re.compile(
    r"\W*(?:(?:page|please wait|bitte warten|veuillez patienter|por favor,? espere)\W+)?"
    r"(?:loading|chargement(?: en cours)?|"
    r"wird geladen|lade[nt]?(?: vorgang)?|cargando|please wait|un instant|einen moment|un momento)\b",
    re.IGNORECASE,
)
_REDIRECT = _any(
    r"redirecting", r"you(?:['’]re| are| will be)(?: now| being| automatically){0,2} redirected",
    r"(?:page|site|document) has (?:been )?moved", r"moved (?:permanently|temporarily)",
    r"click here if you are not redirected", r"continue to (?:the )?(?:new )?(?:page|site)",
    r"redirection(?: en cours)?", r"vous (?:allez être|êtes) redirigé", r"weiterleitung",
    r"(?:sie )?werden (?:automatisch )?weitergeleitet", r"redirigiendo", r"(?:será|serás|estás siendo) redirigid[oa]",
    r"redireccionando",
)  # fmt: skip
_CONSENT_SAYS = _any(
    r"(?:we|our partners|this (?:site|website)) (?:and our partners )?uses? (?:optional |essential )?cookies",
    r"(?:accept|allow|use of|your) cookies", r"(?:value|respect|care about) your privacy",
    r"nous utilisons des (?:cookies|traceurs)", r"respectons votre vie privée", r"wir verwenden cookies",
    r"(?:verwendet|nutzen|nutzt) cookies", r"(?:utilizamos|usamos|utiliza) cookies",
    r"valoramos (?:tu|su) privacidad",
)  # fmt: skip
_CONSENT_ASKS = _any(
    r"(?:accept|reject|allow|decline|deny) (?:all|optional|non-?essential|essential|cookies)",
    r"(?:manage|cookie|privacy) (?:preferences|settings|choices|options)", r"only (?:allow )?(?:essential|necessary)",
    r"accept cookies from", r"(?:tout|tous) (?:accepter|refuser)", r"(?:accepter|refuser) (?:tout|les cookies)",
    r"(?:paramétrer|gérer) (?:les|mes) (?:cookies|choix|préférences)", r"continuer sans accepter",
    r"alle(?: cookies)? (?:akzeptieren|ablehnen|zulassen)", r"(?:cookie-?|datenschutz)einstellungen",
    r"nur (?:notwendige|erforderliche)", r"(?:aceptar|rechazar) (?:todas?|todo|las cookies|cookies)",
    r"(?:configurar|gestionar) (?:las )?(?:cookies|preferencias|opciones)",
    r"solo (?:las )?(?:necesarias|esenciales)",
)  # fmt: skip
_LAW = _any(
    r"\bterms\b", r"\bagree(?:s|ment|ments)?\b", r"\bprivacy\b", r"\bpolic(?:y|ies)\b",
    r"\bpersonal (?:data|information)\b", r"\bliab(?:le|ility)\b", r"\bconsent\b", r"\blaws?\b", r"\bshall\b",
    r"\bprohibit(?:s|ed)?\b", r"\bguidelines?\b", r"\bmust not\b", r"\bmay not\b", r"\brights?\b",
    r"\bthird[- ]part(?:y|ies)\b", r"\bpurposes?\b", r"\bcookies?\b", r"\bviolat\w{1,5}\b", r"\bcontent\b",
    r"\bnotice\b", r"\bcompl(?:y|iance)\b", r"\bconditions\b", r"\bdonnées\b", r"\bdroits?\b", r"\bloi\b",
    r"\butilisat\w{2,6}\b", r"\bconfidentialité\b", r"\bresponsab\w{2,8}\b", r"\bdaten\w{0,12}\b",
    r"\bnutzungs?\w{0,14}\b", r"\brecht\w{0,6}\b", r"\bhaft\w{2,8}\b", r"\bvertrag\w{0,6}\b", r"\beinwilligung\b",
    r"\bdatos\b", r"\bderechos?\b", r"\bcondiciones\b", r"\btérminos\b", r"\bprivacidad\b", r"\bley(?:es)?\b",
    r"\bconsentimiento\b",
)  # fmt: skip
_IMPRINT = _any(
    r"handelsregister", r"amtsgericht", r"registergericht", r"ust-?id", r"umsatzsteuer-?id", r"geschäftsführ",
    r"§ ?5 (?:tmg|ddg)", r"\brcs\b", r"\bsire[tn]\b", r"capital (?:social )?de", r"directeur de (?:la )?publication",
    r"hébergeur|hébergé par", r"registro mercantil", r"\b[cn]if\b", r"company (?:number|no\b|registration)",
    r"registered (?:in|office|number)", r"\bvat (?:number|no|id)", r"n° ?(?:de )?tva",
)  # fmt: skip
"""What a page says that only names who runs the site, as laws ask."""
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\n\\]|\\.){1,300})\]\([^()\s]{1,1000}\)")


def examine(text: Text, language: str = "en") -> NotADocument | None:
    """Why ``text`` is not the document, or None for one.

    ``language`` is the document's (ISO 639-1; a region after it does not count; empty: any will do). Uses the page's
    signals where there are any. A policy that is short, or speaks of errors and cookies, passes.
    """
    words = plain(text.markdown[:40_000]).split()
    prose, links, listed, lines = _make_up(text)
    title = text.page.title if text.page else text.title
    head = f"{title}\n{' '.join(words[:_DIALOG])}"
    law = len(_LAW.findall(" ".join(words[:4000])))
    few = len(words)
    lawful = law * 40 >= min(few, 4000) and prose >= 80
    if few < _SHORT and not (lawful and prose >= 150):
        found = _notice(text, head, few, prose)
        if found:
            return found
    asks = len(_CONSENT_ASKS.findall(head)) if few < _DIALOG and _CONSENT_SAYS.search(head) else 0
    if asks >= 2 and asks * 90 > few:
        return NotADocument("consent-dialog", "The page shows only a dialog that asks for consent to cookies.")
    if few < _FEWEST:
        return NotADocument("empty", f"The page has hardly any text ({few} words).")
    if listed >= 5 and prose < 220 and listed * 2 >= lines:
        return NotADocument("index", f"The page lists other documents ({links} links) and says little itself.")
    if few >= 60 and language and text.language and text.language != language.split("-")[0].lower():
        return NotADocument("other-language", f"The page is in another language ({text.language}, not {language}).")
    if _is_home(text, few, law, prose, links) and len(set(_IMPRINT.findall(head))) < 2:
        return NotADocument("home-page", "The page presents a product; it states no terms.")
    return None


def _notice(text: Text, head: str, few: int, prose: int) -> NotADocument | None:
    """What a short page says of itself."""
    body = head.partition("\n")[2]
    if few < 60 and _REDIRECT.search(body):
        return NotADocument("redirect-notice", "The page only says that it sends the reader elsewhere.")
    if _CHECKPOINT.search(head):
        return NotADocument("checkpoint", "The site asks for a proof that the reader is no robot, or denies access.")
    if _RATE.search(head) and few < 120:
        return NotADocument("error-page", "The site says that it was asked too often, and gives no document.")
    if (_LOADING.match(body) and few < 60) or (_SCRIPT.search(head) and few < 120):
        return NotADocument("shell", "The page is a shell that scripts were to fill.")
    if _BROWSER.search(head) and few < 120:
        return NotADocument("shell", "The page asks for another browser, and shows no document.")
    if _AGE.search(head) and few < 120:
        return NotADocument("checkpoint", "The page asks for the reader's age before it shows anything.")
    if _LOGIN.search(head) and (few < 150 or (text.page is not None and text.page.password_form)):
        return NotADocument("login-wall", "The page asks the reader to log in.")
    if _ERROR.search(head) and (few < 150 or prose < 60):
        return NotADocument("error-page", "The page says that something is not there, or went wrong.")
    if text.page is not None and few < _FEWEST:
        if _SCRIPT.search(text.page.noscript) or text.page.scripts >= 3:
            return NotADocument("shell", "The page is a shell that scripts were to fill.")
        if text.page.password_form:
            return NotADocument("login-wall", "The page asks the reader to log in.")
    return None


def _make_up(text: Text) -> tuple[int, int, int, int]:
    """Words in sentences that are more than links; links; passages that are but a link; passages beside headings."""
    prose = links = listed = lines = 0
    for passage in text.passages:
        if passage.kind is PassageKind.HEADING:
            continue
        lines += 1
        piece = text.slice(passage.span)
        rest, found = _LINK.subn(" ", piece)
        links += found
        count = len(rest.split())
        if count >= _PROSE:
            prose += count
        elif found and not any(map(str.isalnum, rest)):
            listed += 1
        if prose > 2000:
            break
    return prose, links, listed, lines


def _is_home(text: Text, few: int, law: int, prose: int, links: int) -> bool:
    """A front page: its own address says so, or hardly a word of what policies speak of, among many links."""
    path = "-"
    if text.page is not None and text.page.canonical:
        try:
            path = urlsplit(text.page.canonical).path.strip("/")
        except ValueError:
            path = "-"
    if re.fullmatch(r"(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?)?", path) and law * 60 < few:
        return True
    # a contract in plain words may hardly name the law, but unlike a front page it is sentences through and through
    offers = prose * 2 < few or (few < 1500 and prose * 4 < few * 3) or (links * 45 > few and prose * 5 < few * 4)
    return few >= 60 and law * 250 < min(few, 4000) and offers
