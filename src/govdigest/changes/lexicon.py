"""The words that carry force in a policy, in English, French, German and Spanish.

Grammar rather than law: which words permit, oblige, forbid, name a party, a purpose, a category of data. What a
document *states* is the taxonomy's; here is only what makes a rewording more than wording. All phrases are in
the normal form (lower case, no punctuation); ``*`` at the end stands for any ending.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Sense(StrEnum):
    """What kind of force a phrase has; the value is what readers see."""

    PERMISSION = "permission"
    OBLIGATION = "obligation"
    PROMISE = "promise"
    NEGATION = "negation"
    CONDITION = "condition"
    RIGHT = "right"
    WAIVER = "waiver or limit"
    PARTY = "party"
    PURPOSE = "purpose"
    DATA = "category of data"
    EXTENT = "extent"
    PLACE = "place"


_PHRASES: dict[Sense, dict[str, str]] = {
    Sense.PERMISSION: {
        "may": "may peut peuvent pouvons pouvez kann können darf dürfen puede pueden podemos podrá podrán",
        "can": "can could might",
        "reserve the right": "reserve*_the_right reserve*_the_rights nous_réservons_le_droit behalten_uns_vor behält_sich nos_reservamos_el_derecho",
        "permitted": "permit* allow* authoris* authoriz* autoris* erlaub* gestatte* autorizad*",
        "discretion": "discretion à_notre_discrétion ermessen a_nuestra_discreción",
    },
    Sense.OBLIGATION: {
        "must": "must required requires have_to need_to needs_to obliged obligated obligation* doit doivent devez devons "
        "obligatoire* muss müssen verpflicht* debe deben deberá deberán obligad*",
        "agree": "agree agrees acceptez akzeptier* stimmen_sie aceptas acepta_usted",
        "responsible": "responsible responsibility responsable* verantwortlich",
        "notify": "notify notice notification inform_you informer* benachrichtig* notificar*",
    },
    Sense.PROMISE: {"will": "will shall won't werden wird"},
    Sense.NEGATION: {
        "not": "not no never nor none neither cannot without don't doesn't won't isn't aren't can't didn't wasn't shouldn't "
        "mustn't haven't hasn't ne n'est n'avons n'utilisons jamais aucun aucune sans nicht kein keine keinen keiner keinem "
        "niemals ohne nunca ningún ninguna sin jamás",
        "prohibited": "prohibit* forbid* forbidden interdit* verboten untersagt prohibid*",
        "no longer": "no_longer ne_plus nicht_mehr ya_no",
    },
    Sense.CONDITION: {
        "unless": "unless except excluding other_than sauf außer salvo excepto exclud*",
        "consent": "consent* consentement einwilligung* consentimiento",
        "only": "only solely exclusively uniquement seulement exclusivement nur ausschließlich solo sólo únicamente exclusivamente",
        "law permits": "permitted_by_law where_permitted required_by_law extent_permitted required_by_applicable_law",
        "legitimate interest": "legitimate_interest* intérêt*_légitime* berechtigte*_interesse* interés_legítimo",
        "reasonable": "reasonabl* raisonnable* angemessen* razonabl*",
    },
    Sense.RIGHT: {
        "opt out": "opt_out opting_out opted_out unsubscribe widerspr* s'opposer oponerse object_to",
        "opt in": "opt_in opting_in opted_in",
        "right to": "right_to rights_to entitled droit_de droit_d'* recht_auf derecho_a",
        "withdraw": "withdraw* revoke retirer widerruf* retirar revocar",
        "delete": "delet* erase erasure supprim* suppression lösch* elimin* suprimir supresión",
        "access": "access_to_your access_your right_of_access accès acceso auskunft",
        "export": "export* portab* download_your",
        "cancel": "cancel* résili* annul* kündig* storn*",
        "refund": "refund* rembours* erstatt* reembols*",
        "appeal": "appeal* recours einspruch apelar apelación",
        "terminate": "terminat* suspend* résiliation beend* rescindir suspender",
    },
    Sense.WAIVER: {
        "waive": "waiv* renonc* verzicht* renunci*",
        "arbitration": "arbitrat* arbitrage schieds* arbitraje",
        "class action": "class_action* class_wide class_proceeding* representative_action* sammelklage* action_collective acción_colectiva",
        "jury": "jury",
        "indemnify": "indemnif* indemnis* freistell* indemniz*",
        "liability": "liab* responsabilité haft* responsabilidad",
        "warranty": "warrant* garanti* gewähr*",
        "licence": "license* licence* sublicens* licencia* lizenz*",
        "ownership": "owns ownership you_own we_own propriété eigentum propiedad",
    },
    Sense.PARTY: {
        "third parties": "third_part* tiers dritte dritten terceros",
        "affiliates": "affiliate* affiliated subsidiar* filiales verbundene* filial*",
        "partners": "partner* partenaire* partnern socios",
        "service providers": "service_provider* vendor* subprocessor* sub_processor* subcontractor* contractor* processors "
        "prestataire* sous_traitant* dienstleister* auftragsverarbeiter* proveedor* encargad*",
        "advertisers": "advertiser* annonceur* werbetreibend* anunciante*",
        "authorities": "law_enforcement government* authorit* regulator* court courts autorité* behörde* autoridad*",
        "data brokers": "data_broker* courtier*_en_données",
        "researchers": "researcher* chercheur* forscher* investigadores",
        "employer": "employer* administrator* administrateur* arbeitgeber* administrador*",
        "parents": "parent parents guardian* parental tuteur* erziehungsberechtigte* padres tutor*",
        "children": "child children minor minors enfant* mineur* kinder minderjährig* niños menores menor",
        "reviewers": "human_review* reviewers moderator* annotator*",
    },
    Sense.PURPOSE: {
        "advertising": "advertis* ads ad publicité* publicitaire* werbung werbe* publicidad publicitari*",
        "marketing": "marketing promotion* promotional prospection",
        "training AI": "train trains training trained entraîn* trainier* entren* fine_tun* finetun*",
        "AI": "artificial_intelligence ai_model* ai_system* ai_tool* ai_feature* machine_learning generative language_model* intelligence_artificielle künstliche*_intelligenz inteligencia_artificial",
        "research": "research recherche forschung investigación",
        "analytics": "analytic* analys* analyz* statisti* analyt*",
        "personalisation": "personalis* personaliz* tailor* customis* customiz* personnalis* profil*",
        "improvement": "improv* develop* enhanc* amélior* développ* verbesser* entwickl* mejorar desarroll*",
        "security": "security fraud* safety sécurité fraude sicherheit betrug* seguridad",
        "sale": "sell sells selling sale sold vendre vendons vente verkauf* vender venta",
        "sharing": "share shares shared sharing disclos* transfer* partag* communiqu* divulg* weitergeb* weitergabe übermitt* compart* transmi*",
        "retention": "retain* retention keep keeps kept stor* conserv* aufbewahr* speicher* gespeichert almacen*",
        "tracking": "track* monitor* suivi surveill* verfolg* rastre* supervis*",
        "automated decisions": "automated_decision* automatically décision*_automatisée* automatisierte* automatizad*",
        "legal process": "subpoena* legal_process legal_obligation* court_order*",
        "fees": "fee fees charge charged charges price* prices payment* pay subscription* auto_renew* renew* tarif* frais prix gebühr* preis* precio* tarifa* pago*",
        "changes": "change_these modify_these update_these amend_these",
    },
    Sense.DATA: {
        "biometric data": "biometr* biométr* faceprint* voiceprint* facial",
        "location": "location* geolocation gps localisation géolocalisation standort* ubicación",
        "health data": "health medical santé gesundheit* salud",
        "genetic data": "genetic genomic génétique*",
        "financial data": "credit_card* bank_account* payment_information payment_data bancaire* kreditkarte* tarjeta*_de_crédito",
        "contacts": "contact_list* address_book phonebook carnet_d'adresses kontakte",
        "cookies": "cookie* pixel* web_beacon* local_storage",
        "device data": "ip_address* device_id* device_identifier* mac_address* fingerprint* adresse*_ip ip_adress* dirección_ip",
        "browsing data": "browsing browser_history search_history clickstream navigation historique",
        "messages": "message messages chats conversation* correspondence nachrichten mensajes",
        "audio": "audio voice recording* voix sprach* voz",
        "images": "photo* image* video* likeness camera bilder vidéo* imagen* vídeo*",
        "users' content": "your_content user_content customer_content user_generated inputs outputs prompts vos_contenus contenu_utilisateur ihre_inhalte su_contenido",
        "ethnicity or belief": "racial ethnic* religio* political_opinion* sexual_orientation race union_membership",
        "identity documents": "passport* driver's_license* government_id identity_document* pièce*_d'identité ausweis*",
        "personal data": "personal_data personal_information données_personnelles données_à_caractère_personnel "
        "personenbezogene*_daten datos_personales",
        "usage data": "usage_data telemetry log_data usage_information service_generated_data diagnostic*",
        "demographics": "age gender birth date_of_birth demographic* inference* inferred inferences",
        "employment data": "employment education* résumé resume occupation",
    },
    Sense.EXTENT: {
        "all": "all any every each tous toute toutes tout alle jede* todos todas cualquier",
        "some": "some certain most limited certains certaines einige bestimmte algunos algunas ciertos",
        "perpetual": "perpetual* irrevocabl* perpétuel* unwiderruflich* perpetu* indefinite*",
        "exclusive": "exclusive exclusif",
        "non-exclusive": "non_exclusive nonexclusive non_exclusif*",
        "worldwide": "worldwide world_wide global* mondial* weltweit* mundial*",
        "royalty-free": "royalty_free gratuit* unentgeltlich*",
        "transferable": "transferable sublicensable sublicenseable",
        "default": "by_default default opt_out_setting par_défaut standardmäßig por_defecto",
        "anonymised": "anonymis* anonymiz* deidentif* de_identif* aggregat* pseudonym* agrég* agregad*",
        "immediately": "immediately promptly without_notice at_any_time immédiatement à_tout_moment sofort jederzeit inmediatamente en_cualquier_momento",
        "sole": "sole",
    },
    Sense.PLACE: {
        "United States": "united_states usa états_unis vereinigte*_staaten estados_unidos u_s",
        "United Kingdom": "united_kingdom england wales scotland uk royaume_uni reino_unido",
        "Europe": "european_union european_economic_area eea eu europe switzerland union_européenne eee ue europäische*_union unión_europea",
        "Ireland": "ireland irlande irland irlanda dublin",
        "California": "california san_francisco santa_clara los_angeles californie",
        "New York": "new_york",
        "Delaware": "delaware",
        "Texas": "texas",
        "Washington": "washington",
        "Nevada": "nevada",
        "Illinois": "illinois",
        "Virginia": "virginia",
        "Colorado": "colorado",
        "Florida": "florida",
        "Massachusetts": "massachusetts",
        "Canada": "canada ontario british_columbia québec quebec",
        "Australia": "australia new_south_wales victoria",
        "Singapore": "singapore singapour",
        "Japan": "japan tokyo",
        "India": "india",
        "China": "china hong_kong beijing",
        "Brazil": "brazil brésil",
        "Korea": "korea",
        "France": "france paris frankreich",
        "Germany": "germany deutschland allemagne alemania berlin",
        "Spain": "spain espagne españa madrid",
        "Netherlands": "netherlands amsterdam niederlande",
        "Luxembourg": "luxembourg",
        "Israel": "israel",
        "Russia": "russia",
    },
}


def _pattern(phrase: str) -> str:
    return " ".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split("_"))


_CONCEPTS: list[tuple[Sense, str]] = [(sense, name) for sense, names in _PHRASES.items() for name in names]
_EXACT: dict[str, int] = {}
_STEMS: list[tuple[str, int]] = []
_LONG: dict[str, list[tuple[re.Pattern[str], int]]] = {}
for _sense, _names in _PHRASES.items():
    for _name, _forms in _names.items():
        _number = _CONCEPTS.index((_sense, _name))
        for _form in _forms.split():
            if "_" in _form:
                _first = _form.split("_")[0]
                _LONG.setdefault(_first[:3], []).append((re.compile(rf"(?<!\S){_pattern(_form)}(?!\S)"), _number))
            elif _form.endswith("*"):
                _STEMS.append((_form[:-1], _number))
            else:
                _EXACT[_form] = _number
_STEM_AT: dict[str, list[tuple[str, int]]] = {}
for _stem, _number in _STEMS:
    _STEM_AT.setdefault(_stem[:3], []).append((_stem, _number))

Concept = tuple[Sense, str]

WEAK: frozenset[Concept] = frozenset(
    {
        (Sense.PERMISSION, "can"),
        (Sense.PROMISE, "will"),
        (Sense.EXTENT, "all"),
        (Sense.EXTENT, "some"),
        (Sense.EXTENT, "immediately"),
        (Sense.EXTENT, "sole"),
        (Sense.CONDITION, "reasonable"),
        (Sense.OBLIGATION, "responsible"),
        (Sense.PURPOSE, "improvement"),
        (Sense.RIGHT, "access"),
    }
)
"""Concepts whose coming or going alone makes a sentence no other: 'you can control' says no more than 'you control'."""


def concepts(words: str) -> dict[Concept, int]:
    """The concepts that ``words`` (in the normal form) name, in the order of the lexicon, each with its count."""
    found: dict[int, int] = {}
    starts: set[str] = set()
    for word in words.split():
        start = word[:3]
        starts.add(start)
        number = _EXACT.get(word)
        if number is None:
            for stem, candidate in _STEM_AT.get(start, ()):
                if word.startswith(stem):
                    number = candidate
                    break
        if number is not None:
            found[number] = found.get(number, 0) + 1
    for start in starts:
        for pattern, number in _LONG.get(start, ()):
            times = len(pattern.findall(words))
            if times:
                found[number] = found.get(number, 0) + times
    return {_CONCEPTS[number]: found[number] for number in sorted(found)}
