"""What differs though a passage says the same: addresses, links, buttons, days of issue."""

from __future__ import annotations

import pytest

from govdigest.changes.weigh import Weight
from tests.changes.test_weigh import weight


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("These terms came into force on {}.", "5 January 2026/9 February 2026"),
        ("Version {}.", "3.2 – January 2026/3.3 – February 2026"),
        ("We last revised this document on {}.", "05/01/2026/09/02/2027"),
        ("Effective Date: The earlier of {}, or user acceptance.", "April 30, 2023/May 30, 2024"),
        ("Cette politique s’applique à partir du {}.", "13/12/2022/14/11/2023"),
        ("Conditions en vigueur à compter du {}", "05/01/2026/09/02/2026"),
        ("Diese Nutzungsbedingungen gelten ab dem {}.", "5. Januar 2026/9. Februar 2026"),
    ],
)
def test_a_sentence_that_only_dates_the_document_weighs_nothing(before: str, after: str) -> None:
    middle = len(after) // 2
    cut = min((i for i, c in enumerate(after) if c == "/"), key=lambda i: abs(i - middle))
    found, reasons = weight(before.format(after[:cut]), before.format(after[cut + 1 :]))
    assert found is Weight.NOTHING, reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "These changes will go into effect on August 10, 2026.",
            "These changes will go into effect on August 21, 2026.",
        ),
        (
            "This policy applies to data collected after January 1, 2026.",
            "This policy applies to data collected after June 1, 2026.",
        ),
        (
            "For users who registered after May 26, 2025, this Agreement applies.",
            "For users who registered after May 26, 2026, this Agreement applies.",
        ),
    ],
)
def test_a_day_that_binds_is_material(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.MATERIAL, reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "To cancel, mail a notice to Sorrel Inc., Attn: Service, 3400 N. Fenn Blvd, Suite 175, Ashby, "
                "UT 84043, or do it "
                "online."
            ),
            (
                "To cancel, mail a notice to Sorrel Inc., Attn: Service, 10808 S Brook Parkway Suite 398 South "
                "Marl, UT 84095, or "
                "do it online."
            ),
        ),
        (
            "YOU MAY CANCEL BY MAIL TO SORREL, 3400 N FENN BLVD, SUITE 175, ASHBY, UT 84043.",
            "YOU MAY CANCEL BY MAIL TO SORREL, 10808 S BROOK PARKWAY SUITE 398 SOUTH MARL, UT 84095.",
        ),
        (
            (
                "Le groupe comprend Sorrel Limited (dont le siège est situé à The Gorse Tower, Third Floor, 20 "
                "Fenn Street, "
                "London EC2A 2RS), et traite des données."
            ),
            (
                "Le groupe comprend Sorrel Limited (dont le siège est situé à 1 Marl Yard, Fourth Floor, London "
                "E1 6RS), et "
                "traite des données."
            ),
        ),
        (
            "Head [here](https://x.example/p), to update your settings.",
            "Head to the [profile settings in Sorrel](https://x.example/p), to update your settings.",
        ),
        (
            "Head there, click “Privacy Settings” then “Personalize My Choices” to update your cookies settings.",
            "Head there to update your cookies settings.",
        ),
        ("We collect data, including name and age.", "We collect data, including but not limited to name and age."),
        (
            "Respektiere die Sicherheit und den Ruf deiner Kinder, wenn du nicht da bist.",
            "Respektieren Sie die Sicherheit und den Ruf Ihrer Kinder, wenn Sie nicht da sind.",
        ),
        (
            "Wenn du das nicht willst, kannst du dein Konto mit wenigen Schritten sperren.",
            "Wenn Sie das nicht wollen, können Sie Ihr Konto mit wenigen Schritten sperren.",
        ),
        ("The text.", "The text.\n\nThe purpose of this Privacy Policy is to inform you about how we use your data."),
        ("The text.", "The text.\n\nYour search for a planner has never been easier than with our overhaul."),
    ],
)
def test_what_only_says_where_or_how_is_not_material(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is not Weight.MATERIAL, reasons
    assert "Postaladdress" not in reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The rules stand at [https://x.example/r](https://x.example/r), as amended.",
            "The rules stand at [Rules & Forms - Fenn Arbitration and Mediation](https://x.example/r), as amended.",
        ),
        ("The text.", "The text.\n\n[Privacy](/p) [Terms](/t) [Do Not Sell or Share My Personal Information](/d)"),
        (
            "[Dublin Planner](https://x.example/c)Redeem Promotion[Download Apps](https://x.example/m)",
            "[Los Angeles Planner](https://x.example/l)Redeem Promotion[Download Apps](https://x.example/m)",
        ),
        (
            "The text.",
            (
                "The text.\n\n### Ready to get started?\n\nNo credit card required, cancel anytime.\n\n"
                "[Start your free trial](/s)"
            ),
        ),
        (
            "The text.",
            ("The text.\n\nJoin our newsletter\n\nSign up and never miss an update. You can unsubscribe at any time."),
        ),
        (
            "The text.",
            (
                "The text.\n\nWe value your privacy\n\nWe and our 184 partners store and access information on a "
                "device, such as cookies, for personalised advertising. With your permission we may use precise "
                "location.\n\n"
                "More Options Agree"
            ),
        ),
        (
            "The text.",
            (
                "The text.\n\nNous utilisons des cookies pour vous proposer des publicités adaptées. Vous pouvez les "
                "refuser.\n\nContinuer sans accepter Paramétrer Tout accepter"
            ),
        ),
        (
            "The text.",
            (
                "The text.\n\nPrivacy Preference Center\n\nYou can choose not to allow some types of cookies.\n\n"
                "Allow All\n\n#### Targeting Cookies\n\nAlways Active\n\nThese cookies may be set by our "
                "advertising partners "
                "to build a profile of you.\n\nReject All Confirm My Choices"
            ),
        ),
    ],
)
def test_links_offers_and_dialogs_weigh_nothing(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.NOTHING, reasons


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("You have a 14-day period to object.", "You have a 30-day period to object.", "30 day"),
        (
            "Read [the 30 day rule](https://x.example/p) first.",
            "Read [the 14 day rule](https://x.example/p) first.",
            "14",
        ),
        (
            "You may use our name or logo without prior written consent.",
            "You may not use our name or logo without prior written consent.",
            "“You may not use our name or logo",
        ),
        (
            "We may suspend you, and we will ask you to verify your account.",
            "We may suspend you, and we may ask you to verify your account.",
            "we may ask you to verify",
        ),
        (
            "You may delete your account, deactivate your plan, or put it on hold by writing to a@b.example.",
            "You may delete your account, or put it on hold by writing to a@b.example.",
            "deactivate your plan",
        ),
        ("You must be at least 18 years of age.", "You must be up to 18 years of age.", "be up to 18"),
        ("We retain all of your photos.", "We retain some of your photos.", "retain some of"),
        (
            "You will not exceed a limit without our prior approval, and we may block you.",
            "You will not exceed a limit without notifying us, and we may block you.",
            "without notifying us",
        ),
        ("Your location is visible to other users.", "Your location is visible to nobody.", "to nobody"),
        (
            (
                "These terms are a legal agreement that governs the relationship with those who interact with "
                "Sorrel Limited, "
                "Office 302, 12 Fenn Street, 1065, Ashby, Cyprus and its affiliates about the use of the planner."
            ),
            (
                "These terms are a legal agreement that governs the relationship with those who interact with "
                "Fennel Corp., "
                "3172 North Brook Boulevard #1132, Marl, NV 89108 and its affiliates about the use of the planner."
            ),
            "Replaces ‘Sorrel Limited’ with ‘Fennel Corp’",
        ),
        (
            "| Why | What |\n| --- | --- |\n| To run it | * Name<br>* GPS location<br>* Phone and city, a location |",
            "| Why | What |\n| --- | --- |\n| To run it | * Name<br>* Phone and city, a location |",
            "Drops ‘GPS location’",
        ),
    ],
)
def test_what_a_word_turns_is_material(before: str, after: str, told: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.MATERIAL, reasons
    assert told in reasons


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The laws of Denmark govern this agreement.", "The laws of Sweden govern this agreement.", "Sweden"),
        ("You have the right to complain to the ICO.", "You have the right to complain to the DPC.", "‘DPC’"),
        ("We keep logs for a month.", "We keep logs for a year.", "from month to year"),
        (
            "Our network has servers in the US, UK and the EU.",
            "Our network has servers in the US and the EU.",
            "in the US and the EU",
        ),
        ("Content is deleted immediately.", "Content is deleted within a reasonable time.", "reasonable"),
        ("We encrypt messages end-to-end.", "We encrypt messages.", "end-to-end"),
        ("Wij verkopen uw gegevens niet.", "Wij verkopen uw gegevens.", "gegevens niet"),
        ("Não vendemos os seus dados.", "Vendemos os seus dados.", "Não"),
        ("We bewaren uw gegevens 30 dagen.", "We bewaren uw gegevens 60 dagen.", "period"),
        (
            "| Cookie | Purpose |\n| --- | --- |\n| _a | Analytics |",
            "| Cookie | Purpose |\n| --- | --- |\n| _a | Advertising |",
            "Advertising",
        ),
        (
            "Our sub-processors are:\n\n- [Rollmark](https://r.example)\n- [Larkspur](https://l.example)",
            "Our sub-processors are:\n\n- [Larkspur](https://l.example)",
            "Rollmark",
        ),
    ],
)
def test_other_laws_lengths_languages_and_entries_are_material(before: str, after: str, told: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.MATERIAL, reasons
    assert told in reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("You own the licence and its behaviour.", "You own the license and its behavior."),
        ("We need:\n\n- driver's licence details;\n- names.", "We need:\n\n- driver's license details;\n- names."),
    ],
)
def test_the_spelling_of_another_country_is_editorial(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.EDITORIAL, reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sorrel has over 10 million users.", "Sorrel has over 12 million users."),
        ("Our offices are in San Francisco and Dublin.", "Our offices are in San Francisco, Dublin and Tokyo."),
        ("“We” means Sorrel Inc.", "“We” means Sorrel Inc., a Delaware corporation."),
        ("Users are not permitted to send spam here.", "Users may not send spam here."),
        ("This page was last edited by us in March 2025.", "This page was last edited by us in April 2026."),
    ],
)
def test_what_tells_of_a_company_binds_nobody(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is not Weight.MATERIAL, reasons


@pytest.mark.parametrize(
    "after",
    [
        (
            "## Your Privacy Choices\n\nWe sell personal information to advertising partners.\n\n"
            "## Do Not Sell or Share My Personal Information\n\nYou have the right to opt out of the sale."
        ),
        (
            "## What you accept\n\nWe share what you write with partners.\n\n## What you agree to\n\n"
            "You must not resell the planner."
        ),
        (
            "You must be at least 21 years old to open an account.\n\nWe value your privacy\n\nWe and our partners "
            "use cookies.\n\nAccept all\n\nReject all"
        ),
    ],
)
def test_a_section_is_no_dialog_and_what_stands_before_one_is_none(after: str) -> None:
    found, reasons = weight("The text.", f"The text.\n\n{after}")
    assert found is Weight.MATERIAL, reasons


@pytest.mark.parametrize(
    "after",
    [
        "## Join the programme\n\nAnyone who joins pays $20 a month.",
        "## Try it\n\nThe trial ends after 14 days, and you will be charged $9.99.",
        "## Subscribe\n\nCancellation is not possible during the first year.",
    ],
)
def test_terms_beside_an_offer_are_material(after: str) -> None:
    for before, then in (("The text.", f"The text.\n\n{after}"), (f"The text.\n\n{after}", "The text.")):
        found, reasons = weight(before, then)
        assert found is Weight.MATERIAL, reasons


def test_linked_recipients_behind_what_they_are_called_are_no_menu() -> None:
    told = "Our subprocessors: [Alder](https://a.example), [Birch](https://b.example){}."
    found, reasons = weight(told.format(""), told.format(", [Cedar](https://c.example)"))
    assert found is Weight.MATERIAL, reasons


def test_leave_that_is_given_where_it_was_refused_is_material() -> None:
    found, reasons = weight("You may not copy or sell it.", "You may copy or sell it.")
    assert found is Weight.MATERIAL, reasons
