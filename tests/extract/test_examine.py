# ruff: noqa: E501 (pages read better unbroken)
"""What is no document is told apart from what is one."""

from __future__ import annotations

import pytest

from govdigest.extract import examine, extract, segment

POLICY = (
    "# Cookie policy\n\nWe use cookies to keep you signed in, and you may accept all or reject all that are not essential.\n\n"
    "You agree that we may set these cookies when you use our service. You can manage preferences at any time.\n\n"
    + "If an error occurred, or a page is not found, we log the address and the time for a week, as the law demands. "
    * 12
)


def html(body: str, head: str = "") -> str:
    return f"<html><head><title>Pennyroyal</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("reason", "page"),
    [
        ("error-page", "<h1>404</h1><p>The page you are looking for does not exist.</p>"),
        ("error-page", "<h1>Page introuvable</h1><p>Cette page n’existe plus. Retournez à l’accueil.</p>"),
        ("error-page", "<h1>Seite nicht gefunden</h1><p>Die Adresse ist veraltet oder falsch.</p>"),
        ("error-page", "<h1>Página no encontrada</h1><p>Vuelve al inicio y busca de nuevo.</p>"),
        ("error-page", "<p>Something went wrong. Try again later.</p>"),
        ("checkpoint", "<h1>Just a moment...</h1><p>Verify you are human by completing the action below.</p>"),
        ("checkpoint", "<p>Vérifiez que vous êtes humain avant de continuer.</p>"),
        ("checkpoint", "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p>"),
        ("checkpoint", "<p>Acceso denegado. Verifica que eres humano.</p>"),
        ("checkpoint", "<h1>Are you 18 or older?</h1><p>By entering you confirm it and agree to our terms.</p>"),
        ("shell", "<h1>Your browser is out of date</h1><p>Switch to a recent one to read this.</p>"),
        ("login-wall", "<p>You must log in to continue.</p><form><input type=password></form><p>Forgot password?</p>"),
        ("login-wall", "<p>Connectez-vous pour continuer. Mot de passe oublié ?</p>"),
        ("login-wall", "<p>Bitte anmelden, um fortzufahren. Passwort vergessen?</p>"),
        ("login-wall", "<p>Inicia sesión para continuar. ¿Olvidaste tu contraseña?</p>"),
        ("shell", "<div id=root>Loading…</div>"),
        ("shell", "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"),
        ("shell", "<p>Chargement en cours</p>"),
        ("shell", "<p>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</p>"),
        ("redirect-notice", "<p>Redirecting…</p>"),
        ("redirect-notice", "<p>Sie werden automatisch weitergeleitet.</p>"),
        ("consent-dialog", "<h1>Privacy</h1><p>We and our partners use cookies to show ads. Accept all cookies? Reject all? You may manage preferences or choose only necessary ones whenever you like to do so.</p>"),
        ("empty", "<h1>Terms of Service</h1><p>Pennyroyal</p>"),
        ("empty", ""),
    ],
)  # fmt: skip
def test_pages_that_are_not_the_document(reason: str, page: str) -> None:
    found = examine(extract(html(page).encode(), "text/html"))
    assert found is not None
    assert found.reason == reason
    assert found.detail.endswith(".")


def test_an_index_of_documents() -> None:
    links = "\n".join(f"- [Document number {number}](https://p.example/{number})" for number in range(12))
    found = examine(
        segment(f"# Legal centre\n\nHere you find our documents, and each of them has its place.\n\n{links}\n")
    )
    assert found is not None
    assert found.reason == "index"


def test_a_front_page() -> None:
    blocks = "\n\n".join(
        f"## Faster notes {n}\n\nWrite everywhere.\n\nFind everything, in a second.\n\nStart now" for n in range(12)
    )
    found = examine(segment(f"# Notes that think\n\n{blocks}\n\nStart for free."))
    assert found is not None
    assert found.reason == "home-page"


def test_another_language() -> None:
    german = (
        "# Datenschutz\n\n"
        + "Wir speichern Ihre Daten nur so lange, wie es für den Vertrag nötig ist und das Recht es verlangt. " * 8
    )
    assert examine(segment(german), "de") is None
    assert examine(segment(german), "de-AT") is None
    assert examine(segment(german), "") is None
    found = examine(segment(german), "en")
    assert found is not None
    assert found.reason == "other-language"


@pytest.mark.parametrize(
    "markdown",
    [
        POLICY,
        "# Refund notice\n\n"
        + "You may return what you bought within thirty days, and we pay back the price that you paid to us. " * 6,
        "# Community guidelines\n\nBe kind.\n\n"
        + "- Do not harass other people or share their personal data without their consent.\n" * 8,
        "# Acceptable use\n\nYou must not:\n\n" + "- use a captcha solver, or get round an access denied page;\n" * 30,
    ],
)
def test_a_short_policy_is_a_document(markdown: str) -> None:
    assert examine(segment(markdown)) is None


def test_an_imprint_is_a_document() -> None:
    text = segment(
        "# Impressum\n\nBetreiber der Website\n\nPennyroyal GmbH & Co. KG\n\nAm Hang 11\n\n20457 Marl\n\nHandelsregister "
        "HR A 1010\n\nAmtsgericht Marl\n\nGeschäftsführer: Arno Fenn, Jule Brook\n\nUSt-IdNr. DE238000\n\nZu den häufigsten "
        "Fragen findest du Antworten und Unterstützung auf unseren Hilfe-Seiten. Unsere allgemeine Adresse lautet "
        "kontakt(at)pennyroyal.example. Sie können uns auch anrufen, wenn es einmal schnell gehen muss und niemand "
        "auf die Nachricht geantwortet hat, die Sie uns vor einigen Tagen geschickt haben."
    )
    assert examine(text, "de") is None


def test_a_long_front_page_is_no_document() -> None:
    pitch = "Our members look for a planner of their own, and we do all that we can to help them plan a better day."
    block = "### Plan in {0}\n\n{1}\n\n[Plans in {0}](/{0})\n\n[More](/{0}/more) [Prices](/{0}/prices) [Press](/{0}/press)\n\nTry it today\n\n"
    found = examine(segment("# Plan your day\n\n" + "".join(block.format(f"Town{n}", pitch) for n in range(60))))
    assert found is not None
    assert found.reason == "home-page"
