"""Clauses that say nothing of a provision though they speak of its matter, each beside one that does."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.model import Basis, Finding, Scope
from govdigest.positions import Reader

READER = Reader(taxonomy.load([Path(__file__).resolve().parents[2] / "content"]))


def read(provision: str, markdown: str) -> list[Finding]:
    """What the shipped rules find of ``provision``."""
    found = READER.read(segment(markdown, language="en"))
    return [finding for finding in found if finding.provision == provision]


def stated(provision: str, markdown: str) -> list[str]:
    """The positions alone."""
    return [finding.position for finding in read(provision, markdown)]


@pytest.mark.parametrize(
    ("provision", "silent", "says", "position"),
    [
        (
            "audit-rights",
            "You use it so:\n\n- **Audit rights**: it grants Fernmark the right to review the User's use of the API.",
            "You use it so:\n\n- **Audit rights**: the Customer has the right to audit Fernmark once a year.",
            "available",
        ),
        (
            "data-purposes",
            "The app uses the mobile network in this way for several purposes, among them updates and advertising.",
            "Fernmark uses your browsing history for several purposes, among them updates and advertising.",
            "marketing",
        ),
        (
            "customer-confidentiality",
            "Fernmark will not share your confidential information with its resellers.",
            "Please do not send us confidential information or trade secrets through this form.",
            "not-confidential",
        ),
        (
            "account-termination",
            "Once you ask us to close the account of your pupil, we hold it for 45 days before we close the account.",
            "We may terminate your account at any time and for any reason with 45 days' notice to you.",
            "with-notice",
        ),
        (
            "biometric-data",
            (
                "# Data we collect\n\n- Biometric data: characteristics from which a template is derived, such as "
                "faceprints.\n- Collected: No."
            ),
            (
                "# Data we collect\n\n- Biometric data: characteristics from which a template is derived, such as "
                "faceprints.\n- Collected: Yes."
            ),
            "collected",
        ),
        (
            "biometric-data",
            "Biometric verification data, which is used when you unlock the app, remains on your phone.",
            "We derive a face template from your selfie and keep it on our servers.",
            "collected",
        ),
        (
            "governing-law",
            "This notice is for residents of Oregon of whom we collect data as a business under Oregon law.",
            "This agreement is subject to Oregon law.",
            "stated",
        ),
        (
            "arbitration",
            "Please read the binding arbitration clause in section 12 of the Fernmark Master Agreement.",
            "Section 12: any dispute will be resolved by binding arbitration.",
            "mandatory",
        ),
        (
            "class-action-waiver",
            "Please read the class action waiver in section 12 of the Fernmark Master Agreement.",
            "You waive any right to take part in a class action against Fernmark.",
            "waived",
        ),
        (
            "data-deletion",
            "The notice is not part of these terms; read it to learn how you can delete your personal data.",
            "You can delete your personal data under Settings.",
            "available",
        ),
        (
            "content-removal",
            "Whoever lends a login to others for illegal trade will find that the account may be permanently deleted.",
            "Posts that are used for illegal trade may be permanently deleted.",
            "rule-based",
        ),
        (
            "government-requests",
            "Members who break these rules face the end of their account and reporting to the relevant authorities.",
            "We may report to the authorities conduct that we find unlawful, with all information that we hold on you.",
            "discretionary",
        ),
        (
            "automated-decisions",
            "Fernmark does not engage in such profiling as defined by Utah law.",
            "Fernmark does not make decisions about you by solely automated means.",
            "none",
        ),
        (
            "security-certification",
            "Our payment processors adhere to the standard called PCI DSS.",
            "Our own systems are audited each year against PCI DSS.",
            "specific",
        ),
        (
            "content-licence",
            "We will use your materials only for the purpose of providing the consulting services.",
            "We will only use your content as necessary to provide the service.",
            "service-only",
        ),
        (
            "content-removal",
            "You may not post content that infringes the rights of others, including but not limited to copyright.",
            "Content that infringes the rights of others is limited in its reach.",
            "rule-based",
        ),
        (
            "data-collection",
            "This privacy notice applies to the app. We collect health data about the operating system of your phone.",
            "This privacy notice applies to the app. We collect health data about you with your consent.",
            "sensitive",
        ),
        (
            "data-collection",
            (
                "Our privacy notice applies to the app. You agree that all information you provide, such as your name "
                "and e-mail address, is accurate."
            ),
            "This privacy notice applies to the app. We collect your name and e-mail address.",
            "listed",
        ),
        (
            "third-party-sharing",
            "Each party may disclose such information, personal data included, to its auditors and contractors.",
            "We disclose personal data to our auditors and contractors.",
            "disclosed",
        ),
        (
            "data-purposes",
            "Fernmark helps the Customer with impact assessments on processing personal data to comply with law.",
            "Fernmark processes personal data of the Customer to provide the service.",
            "service",
        ),
        (
            "data-sale",
            (
                "As defined in the law, 'sell' and 'sale' mean making personal information available for a price. "
                "Those who agree to the sale of personal information may opt out of future sales."
            ),
            "Such sharing may be considered a sale of personal information. You may opt out of the sale.",
            "opt-out",
        ),
        (
            "access-portability",
            "Beyond the rights of access and use granted here, you have no right in the data of the service.",
            "You have a right of access to your personal data.",
            "available",
        ),
        (
            "data-purposes",
            "When a product that you use has changed, we will send you news and all data that you need to operate it.",
            "We use your data to operate the product.",
            "service",
        ),
        (
            "acceptable-use",
            "Our personnel will not access private files, save for a scan of content that violates the law.",
            "You may not share content that violates the law.",
            "listed",
        ),
        (
            "data-deletion",
            "This notice is meant to help you understand how you can delete your personal data.",
            "You can ask us to delete your personal data.",
            "available",
        ),
        (
            "data-residency",
            "When courts around the world order it, we process data of users, worldwide requests among them.",
            "We store data of users on servers around the world.",
            "anywhere",
        ),
        (
            "international-transfers",
            "When courts around the world ask for it, we process personal data outside of your country for them.",
            "We process personal data outside of your country.",
            "unstated",
        ),
        (
            "third-party-sharing",
            "We may use personal data that was provided to us by our partners to time our letters.",
            "We may use and share personal data with our partners.",
            "disclosed",
        ),
        (
            "third-party-sharing",
            "Before sharing de-identified data with advertisers, we sign a contract about the data.",
            "Before sharing personal data with advertisers, we sign a contract about the data.",
            "disclosed",
        ),
        (
            "arbitration",
            "'Arbitration clause' means the provision on binding arbitration that the parties may sign.",
            "Any dispute will be resolved by binding arbitration.",
            "mandatory",
        ),
        (
            "data-purposes",
            "You may ask us to restrict our processing of your data, such as using your data for direct marketing.",
            "We process your data, such as using your data for direct marketing.",
            "marketing",
        ),
        (
            "access-portability",
            "This notice is meant to help you understand how you can export your data.",
            "You can export your data at any time.",
            "available",
        ),
        (
            "monitoring-of-use",
            "We may use cookies to monitor aggregate usage and web traffic on the site.",
            "We may monitor your messages and your use of the site.",
            "monitored",
        ),
        (
            "policy-changes",
            "You may opt out of arbitration within 30 days after an update of these terms has taken effect, by email.",
            "We will notify you of an update of these terms by e-mail.",
            "notice",
        ),
        (
            "account-termination",
            "We provide you the opportunity to cancel the services at least 30 days before the change takes effect.",
            "We may terminate this agreement for convenience with at least 30 days' notice to you.",
            "with-notice",
        ),
    ],
)
def test_only_what_says_so(provision: str, silent: str, says: str, position: str) -> None:
    assert position not in stated(provision, silent)
    assert stated(provision, says) == [position]


@pytest.mark.parametrize(
    ("provision", "markdown", "position"),
    [
        (
            "model-training",
            (
                "You choose whether we may train our models on your prompts. "
                "If you select 'Never', your prompts are not used to train our models."
            ),
            "opt-out",
        ),
        ("model-training", "Your prompts are not used to train our models.", "prohibited"),
        ("content-removal", "We may remove any post that we deem inappropriate.", "discretionary"),
        ("content-removal", "We may remove any post that breaches these rules.", "rule-based"),
        (
            "content-removal",
            "We may remove any post that breaches these rules, or that we find in our sole discretion objectionable.",
            "discretionary",
        ),
        (
            "data-sale",
            (
                "We share identifiers with ad networks, which may be considered a sale of personal information. "
                "We do not sell or share sensitive personal information."
            ),
            "sells",
        ),
        (
            "tracking-signals",
            "You have the following choices beside Global Privacy Control. We do not respond to Do Not Track.",
            "ignored",
        ),
        ("tracking-signals", "We follow Global Privacy Control. We do not respond to Do Not Track.", "honoured"),
    ],
)
def test_which_of_two_it_says(provision: str, markdown: str, position: str) -> None:
    assert stated(provision, markdown) == [position]


@pytest.mark.parametrize(
    ("markdown", "basis"),
    [
        ("We do not use what you write in letters or drafts to target advertising to you.", Basis.INFERRED),
        ("We do not use your personal data to target advertising to you.", Basis.EXPLICIT),
    ],
)
def test_a_promise_for_some_content_is_no_explicit_one_for_all(markdown: str, basis: Basis) -> None:
    (finding,) = read("targeted-advertising", markdown)
    assert (finding.position, finding.basis) == ("none", basis)


def test_a_law_for_business_alone() -> None:
    markdown = (
        "As a consumer you may bring a claim in any court in the country of your main residence. "
        "For use in any other capacity, Maltese law will apply, and these terms are governed by the law of Malta."
    )
    found = {finding.scope: finding.position for finding in read("governing-law", markdown)}
    assert found == {Scope.CONSUMER: "users-home", Scope.BUSINESS: "stated"}


@pytest.mark.parametrize(
    ("provision", "parameter", "markdown", "values"),
    [
        (
            "claims-deadline",
            "period",
            (
                "A federal claim must be filed within one year after it arose. "
                "A claim under state law must be filed within two years after it arose."
            ),
            ("one year", "two years"),
        ),
        (
            "governing-law",
            "law",
            (
                "These terms are governed by the laws of Ireland for customers in Europe. "
                "For all other customers, these terms are governed by the laws of the State of Texas."
            ),
            ("Ireland", "the State of Texas"),
        ),
        (
            "governing-law",
            "law",
            "These terms are governed by the laws of Texas, USA. They are governed by the laws of the State of Texas.",
            ("Texas, USA",),
        ),
        (
            "content-licence",
            "terms",
            (
                "You grant us a worldwide and irrevocable licence to use your content to provide the service. "
                "It is royalty-free.\n\nOne more sentence. And another one here.\n\n"
                "You grant us a perpetual licence to your feedback."
            ),
            ("worldwide", "royalty-free", "irrevocable"),
        ),
        (
            "data-deletion",
            "period",
            (
                "You can ask us to delete your data. Requests are met: your data is deleted within 20 days. "
                "We delete information collected through surveys, your data among it, after 18 months."
            ),
            ("20 days",),
        ),
        (
            "data-collection",
            "categories",
            (
                "We collect personal data such as your name and e-mail address.\n\n# Categories of data we collect\n\n"
                "Category A: name and e-mail address.\n\n- Collected: Yes.\n\n"
                "Category B: religion and political opinions.\n\n- Collected: No."
            ),
            ("contact details",),
        ),
    ],
)
def test_all_values_and_no_other(provision: str, parameter: str, markdown: str, values: tuple[str, ...]) -> None:
    (finding,) = read(provision, markdown)
    assert dict(finding.parameters)[parameter] == values
