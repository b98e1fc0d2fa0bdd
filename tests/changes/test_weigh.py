"""The weight of rewordings, passage by passage."""

from __future__ import annotations

import pytest

from govdigest.changes.compare import differ
from govdigest.changes.weigh import Weight
from tests.changes.texts import text


def weight(before: str, after: str) -> tuple[Weight, str]:
    """Weight and reasons of a change between two texts that share their other sentence."""
    frame = "This sentence stands in both of the texts and says nothing of note.\n\n{}\n\nSo does this other one."
    difference = differ(text(frame.format(before)), text(frame.format(after)))
    return difference.weight, " ".join(difference.reasons)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("You must be at least 16 years old.", "You must be at least 18 years old.", "age changed from 16 to 18"),
        ("We delete it in any way within 30 days.",
         "We delete it in any way within 60 days.", "from 30 days to 60 days"),
        ("We delete it after thirty (30) days.", "We delete it after twenty-eight (28) days.", "28"),
        ("The fee is $10 a month.", "The fee is $12 a month.", "from $10 to $12"),
        ("Le prix est de 10 € par mois.", "Le prix est de 12 € par mois.", "from 10"),
        ("We keep a share of 20% of each sale.", "We keep a share of 30% of each sale.", "30%"),
        ("We share it with Apple, Lime and Fig Ltd.",
         "We share it with Apple and Fig Ltd.", "Drops ‘Lime’ from “We share it with Apple, Lime"),
        ("We use it to run the service.",
         "We use it to run the service and for advertising.", "to “We use it to run the service and for advertising.”"),
        ("We collect your name.",
         "We collect your name and precise location.", "to “We collect your name and precise location.”"),
        ("We need your e-mail address to open an account.",
         "We need your biometric profile to open an account.", "biometric"),
        ("We will tell you before we share it.", "We may tell you before we share it.", "may"),
        ("We share it with your consent.", "We share it with others.", "consent"),
        ("You can opt out in the settings.", "You can read more in the settings.", "opt out"),
        ("Disputes go to the courts of Ireland.", "Disputes go to the courts of Texas.", "Texas"),
        ("You grant a licence to us.", "You grant a perpetual licence to us.", "perpetual"),
        ("Nous vendons vos données.", "Nous ne vendons pas vos données.", "to “Nous ne vendons pas"),
        ("Wir löschen Ihre Daten nach 30 Tagen.", "Wir löschen Ihre Daten nach 90 Tagen.", "90 tagen"),
        ("Podemos usar sus datos.", "No podemos usar sus datos.", "to “No podemos"),
        ("The text.", "The text.\n\nWe may sell your personal data to partners.", "Adds “We may sell"),
        ("The text.\n\nYou may appeal within 10 days.", "The text.", "Drops “You may appeal"),
        ("Who gets it:\n\n- our host;\n- our bank.",
         "Who gets it:\n\n- our host;\n- our bank;\n- data brokers.", "data brokers"),
    ],
)  # fmt: skip
def test_what_binds_is_material(before: str, after: str, told: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.MATERIAL, reasons
    assert told in reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Call us at +1 (510) 270-0840 or write to a@b.example.", "Write to a@b.example."),
        ("Sorrel SA au capital de 34 004 000,00 euros, RCS Paris 123.",
         "Sorrel SA au capital de 20 488 340,00 euros, RCS Paris 123."),
        ("Our office is at 12 Fenn Street, Dublin.", "Our office is at 48 Fenn Street, Dublin."),
        ("We publish the terms here before they apply.", "We publish the terms here before they begin to apply."),
        ("You control how long it is there.", "You can control how long it is there."),
        ("The text.", "The text.\n\nFor more information about this, see our help centre."),
        ("Fork Ltd runs it.\n\nFork Ltd owns the site. Ask Fork Ltd.",
         "Knife Ltd runs it.\n\nKnife Ltd owns the site. Ask Knife Ltd."),
    ],
)  # fmt: skip
def test_what_does_not_bind_is_editorial(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.EDITORIAL, reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As listed in Sections D.4 — D.7.", "As listed in Sections D.4 — D.1."),
        ("Read section 4.2 with care, it is long.", "Read section 5.2 with care, it is long."),
        ("The text.", "The text.\n\nSkip to content"),
        ("The text.", "The text.\n\n[Pricing](/pricing)"),
        ("The text.", "The text.\n\nWas this helpful?"),
    ],
)
def test_references_labels_and_prompts_weigh_nothing(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.NOTHING, reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The text.", "The text.\n\n## Sharing with partners and advertisers"),
        ("## Arbitration Agreement\n\nThe text.", "## Dispute Resolution\n\nThe text."),
        ("## Notice (version of 3 March 2025)\n\nThe text.", "## Notice (version of 4 April 2026)\n\nThe text."),
    ],
)
def test_headings_are_labels(before: str, after: str) -> None:
    assert weight(before, after)[0] is Weight.NOTHING


def test_a_heading_that_says_something_is_read_as_a_sentence() -> None:
    found, reasons = weight(
        "## You control how long your data is retained\n\nThe text.",
        "## You see how long your data is kept\n\nThe text.",
    )
    assert found > Weight.NOTHING, reasons
    assert weight("The text.", "The text.\n\n## We do not train on your data")[0] is Weight.MATERIAL


def test_disclosures_that_warn_are_no_sharing() -> None:
    found, reasons = weight("We clarified our rules and warnings.", "We clarified our disclosures and warnings.")
    assert found is Weight.EDITORIAL, reasons


def test_a_name_is_told_before_a_modal() -> None:
    _, reasons = weight(
        "We share it with Apple and Lime, and we tell you.", "We may share it with Apple, Fig Ltd and Lime."
    )
    assert "Fig Ltd" in reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Liability is limited to $1,000 in total.", "Liability is limited to USD 1000 in total."),
        ("We keep logs for 12 months.", "We keep logs for one year."),
        ("We answer within two weeks.", "We answer within 14 days."),
        ("Fees of 20% apply to each sale.", "Fees of 20 percent apply to each sale."),
        ("You must be eighteen years old.", "You must be 18 years old."),
        ("Send an email to us if you like it.", "Send an e-mail to us if you like it."),
        ("This policy was written by our team in May.", "This policy was written by our team."),
        ("We do not sell data.", "We don't sell data."),
        ("Your rights stand in this privacy notice.", "Your rights stand in this privacy policy."),
        ("We keep your data in a safe place.", "We keep your personal data in a safe place."),
        ("It renews automaticaly each month.", "It renews automatically each month."),
        ("You have a 14day period to object.", "You have a 14-day period to object."),
        ("One account per person is what you get.", "One person, one account is what you get."),
        ("Write to Sorrel, Ashby, UT 84043 or send an email.", "Write to Sorrel, Ashby, UT 84009 or send an email."),
        ("We keep it for thirty-six months.", "We keep it for three years."),
        ("Nous les gardons quatre-vingt-dix jours.", "Nous les gardons 90 jours."),
    ],
)
def test_the_same_in_other_words_is_not_material(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is not Weight.MATERIAL, reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We answer within 30 days.", "We answer within 30 hours."),
        ("We keep it for twenty-four months.", "We keep it for forty-eight months."),
        ("Nous les gardons pendant trente jours.", "Nous les gardons pendant soixante jours."),
        ("Wir speichern sie vierundzwanzig Monate lang.", "Wir speichern sie achtundvierzig Monate lang."),
        ("Los guardamos durante treinta días.", "Los guardamos durante sesenta días."),
        ("We answer within ten business days.", "We answer within ten days."),
        ("Fees are refundable.", "Fees are non-refundable."),
        ("Business customers are excluded from it.", "Customers are excluded from it."),
        ("We collect information such as name and e-mail.",
         "We collect information such as name, birthday and e-mail."),
        ("We retain it until you delete it.", "We retain it until you delete it or for seven years."),
        ("We train on data of free users.", "We train on data of free and paying users."),
        ("You deal with your employer there.", "You deal with your employee there."),
        ("Our sub-processors are:\n\n- Rollmark: for errors;\n- Larkspur: for storage.",
         "Our sub-processors are:\n\n- Sentinel: for errors;\n- Larkspur: for storage."),
    ],
)  # fmt: skip
def test_small_words_that_turn_a_meaning_are_material(before: str, after: str) -> None:
    found, reasons = weight(before, after)
    assert found is Weight.MATERIAL, reasons


def test_the_kind_of_day_is_told() -> None:
    _, reasons = weight("You may object within five days.", "You may object within five business days.")
    assert "from 5 days to 5 business days" in reasons


def test_names_with_an_apostrophe_or_a_word_more_did_not_go() -> None:
    _, reasons = weight(
        "It covers Sorrel's APIs, Sorrel Team and other services for those who pay.",
        "It covers Sorrel’s APIs, Sorrel Team, Sorrel Clinic and other services for those who pay unless stated.",
    )
    assert "Adds ‘Sorrel Clinic’ in" in reasons
    _, reasons = weight(
        "Clauses are those of Commission Decision 2021, and you may rely on them.",
        "Clauses are those of Commission Implementing Decision 2021, and you may rely on them.",
    )
    assert "Commission Decision" not in reasons


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # the words that differ, and not the beginning
        ("In the long run, and whatever else the rules of this garden say to anyone about it, we will not sell seeds.",
         "In the long run, and whatever else the rules of this garden say to anyone about it, we will sell seeds.",
         "about it, we will not sell seeds.” to “… this garden say to anyone about it, we will sell seeds.”"),
        ("Offers come by post from Alder, Birch Ltd and us, where you may refuse them, as each of us says here.",
         "Offers come by post from Alder, Cedar Ltd and us, where you may refuse them, as each of us says here.",
         "with ‘Alder, Cedar Ltd’ in “Offers come by post from Alder, Cedar Ltd and us, where you may refuse them, …”"),
        ("The rules of 2025-02-25 hold for you.", "The rules of 2025-02-28 hold for you.",
         "The date changed from 2025-02-25 to 2025-02-28 in “The rules of 2025-02-28 hold for you.”"),
        ("You share.", "On the first of the month, gardeners of every plot must bring the seeds that they can spare.",
         "Adds “On the first of the month, gardeners of every plot must bring the seeds that they can spare.”"),
        ("We must tell you within five days.", "We must tell you within five business days.",
         "The period changed from 5 days to 5 business days in “We must tell you within five business days.”"),
        # what another sentence said is no news beside it
        ("Some text.\n\nThe planner may include advertising.\n\nMore text.",
         "Some text.\n\nMore text.\n\nIf you use it without a subscription, the planner may include advertising.",
         "to “If you use it without a subscription, the planner may include advertising.”"),
    ],
)  # fmt: skip
def test_a_rewording_is_told_by_the_words_that_differ(before: str, after: str, told: str) -> None:
    _, reasons = weight(before, after)
    assert reasons.endswith(told)


def test_an_entry_is_told_with_its_list() -> None:
    rows = "| Name | Purpose |\n|---|---|\n| Acacia | Hosting |"
    added = f"{rows}\n| Birch | Analytics |"
    assert weight(f"## 3. Our sub-processors\n\n{rows}", f"## 3. Our sub-processors\n\n{added}")[1] == (
        "Now lists Birch as a subprocessor"
    )
    assert weight(f"## 3. Services\n\n{rows}", f"## 3. Services\n\n{added}")[1] == (
        "Adds “Birch · Analytics” to ‘Services’"
    )


def test_new_words_lead_before_numbers_that_went() -> None:
    _, reasons = weight(
        "You must be at least 13, or in some countries 18 or older.",
        "You must be at least 13, or in some countries older.\n\nThe planner may use your data for advertising.",
    )
    assert reasons.startswith("Adds “The planner may use your data for advertising.”")


def test_a_not_that_denies_nothing_does_not_lead() -> None:
    _, reasons = weight(
        "You decide whether you connect other gardens to yours.",
        "You decide whether or not you connect other gardens to yours.\n\nWe may charge you for water that you use.",
    )
    assert reasons.startswith("Adds “We may charge you for water that you use.”")
