"""Clauses of no platform, worded as documents of many kinds word them, and what each states."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.positions import Reader

CONTENT = Path(__file__).resolve().parents[2] / "content"
STATED = """
acceptable-use | listed | The following activities are off-limits:\\n\\n- sending spam\\n- uploading malicious code
acceptable-use | listed | ## What we do not allow\\n\\n- Bullying and harassment\\n- Fake profiles
acceptable-use | listed | The account may not be used for money laundering or any illegal purpose.
acceptable-use | listed | Reviews must not contain profanity, threats, advertising or personal data of others.
access-portability | available | Members can view and download the data we hold on them in the account area.
access-portability | available | You have the right to information, correction, blocking and deletion of your data.
access-portability | available | The Service lets Customer export its data at any point during the term.
account-termination | at-will | Your permission to use the site may be terminated by us at any time for any reason.
account-termination | at-will | The Company may at any time bar a member without having to give reasons.
account-termination | with-notice | The provider may end the contract at any time, giving notice of two weeks.
account-termination | with-notice | We can end this contract without giving a reason if we give you 30 days' notice.
account-termination | for-cause | Supplier may terminate immediately if Customer becomes insolvent.
account-termination | for-cause | Players caught cheating will be permanently banned.
account-termination | for-cause | The right of either party to terminate for good cause remains unaffected.
appeals | available | Suspended sellers may request reinstatement by submitting a plan of action.
appeals | available | Where we restrict your account, we'll tell you why and give you a chance to respond.
appeals | available | You may object to the blocking of your profile by contacting customer care.
arbitration | mandatory | Disputes which cannot be settled amicably shall be referred to arbitration.
arbitration | mandatory | If we can't resolve a dispute informally, it will go to arbitration, not to court.
arbitration | optional | Disputes may be submitted to arbitration if both sides agree in writing.
audit-rights | available | Controller may mandate a third-party auditor to check the organisational measures.
audit-rights | available | We engage independent auditors and will give customers their reports on request.
auto-renewal | renews | By signing up, you authorise us to charge your payment method on a recurring basis.
auto-renewal | renews | The subscription is taken out for six months, renewable by tacit agreement.
auto-renewal | renews | At the end of the trial you will be moved on to a paid plan unless you cancel first.
automated-decisions | none | We do without automatic decision-making or profiling.
automated-decisions | with-review | Algorithms may reject your claim; you can request human review.
automated-decisions | used | We use algorithms to decide whether to approve your claim.
biometric-data | collected | When you use voice unlock, we create a voice signature that identifies you.
biometric-data | not-collected | No facial recognition is used and no biometric data is stored.
breach-notification | fixed-period | If there is a breach of your personal data, we'll let you know within 7 days.
breach-notification | undue-delay | Should an incident affect your data, you will be informed without undue delay.
children | minimum-age | Membership is open only to persons who have turned 18.
children | minimum-age | You have to be an adult (18+) to place an order.
claims-deadline | shortened | A party must start legal proceedings within 180 days of learning of the facts.
claims-deadline | shortened | The customer's claims lapse if not asserted in writing within three months.
class-action-waiver | waived | You and Acme agree not to join or consolidate claims with those of other users.
class-action-waiver | waived | Any claim must be brought by you alone and not on behalf of a group.
content-licence | service-only | You grant us a licence to host User Data as necessary to provide the Service.
content-licence | broad | We may reuse photos you share with us in our marketing campaigns.
content-licence | perpetual | By submitting a review you grant us an unlimited, everlasting right to use it.
content-licence | perpetual | Even if you delete your account, we may go on using what you posted.
content-removal | discretionary | The moderators may edit or remove comments as they see fit.
content-removal | rule-based | When content goes against our rules, we may limit its reach or add a label.
continued-use | accepts | In the absence of objection within 30 days, the new terms are considered accepted.
continued-use | accepts | By continuing to sell on the marketplace after that date you accept the amendment.
data-deletion | available | We'll erase your details when you ask us to.
data-deletion | available | After the contract ends the processor deletes all personal data.
data-residency | selectable | Customer determines the hosting region when creating a workspace.
data-residency | fixed | We are based in the United States and the information we collect is processed there.
data-residency | anywhere | Your data may be handled in places other than where you live.
data-retention | fixed-period | If you don't log in for three years, we remove your data.
data-retention | as-needed | The data are erased as soon as the purpose of their storage ceases to apply.
data-retention | indefinite | We may store this data without any time limit.
data-sale | does-not-sell | We do not disclose your information to third parties for money.
data-sale | opt-out | Our use of advertising cookies may be considered a sale. To opt out, turn off these cookies.
data-sale | sells | We may sell, license or rent your contact information to other companies.
governing-law | stated | The validity and interpretation of these terms is determined by Dutch law.
governing-law | users-home | For a consumer, the law and the courts of your home country will apply.
government-requests | legal-process | Data may be communicated to the authorities at their request, as the law requires.
government-requests | discretionary | We may pass your details to the police if we suspect wrongdoing.
account-termination | at-will | The Bank may close any account without being obliged to state its reasons.
acceptable-use | listed | Items which may not be offered for sale are weapons and counterfeit goods.
appeals | available | ## Contesting a restriction\\n\\nTell us why you consider the measure unjustified.
auto-renewal | renews | Unless you switch it off, your season ticket renews itself.
continued-use | accepts | After the changes, if you still use the card, we regard you as having agreed.
data-residency | fixed | The whole of our infrastructure is located in Norway.
data-retention | as-needed | The data remains with us until you ask us to delete it.
government-requests | legal-process | Recipients:\\n\\n- authorities, where required by law
governing-law | stated | ## Law and jurisdiction\\n\\nThe law of the State of Victoria applies.
customer-confidentiality | platform-bound | Our employees are bound to data secrecy.
data-isolation | separate | Data collected for different purposes is processed separately, with client separation.
"""
SILENT = """
acceptable-use | We comply with laws that prohibit money laundering and terrorist financing.
acceptable-use | Our team will not share your data for illegal purposes.
access-portability | Any legally binding request for disclosure of Customer Data by an authority is redirected.
access-portability | Hosts may access guests' contact information once a booking is confirmed.
account-termination | Customer may suspend the Services at any time.
account-termination | Access to the site may be interrupted for maintenance at any time.
appeals | Data subjects have a right of appeal to the responsible supervisory authority.
appeals | If you think you were charged by mistake, contact billing.
arbitration | The parties shall not be required to submit to arbitration.
audit-rights | We may inspect your systems to check that you comply with this licence.
auto-renewal | Refunds are not given for failure to cancel prior to renewal.
automated-decisions | Your location is determined automatically.
biometric-data | You must obtain consent before uploading biometric data to the Services.
breach-notification | The customer informs the provider immediately of any breach.
children | We will allow content for ages 18 and older with a label.
claims-deadline | Records are kept for the limitation period of three years.
content-licence | We may use your photos only with your permission.
content-removal | For any illegal activity the account may be blocked or deleted.
data-deletion | We have no obligation to modify or remove any inappropriate content.
data-retention | The term "inactive" means that for two years you have not logged into your account.
data-sale | You may not sell or rent the data you obtain.
auto-renewal | Your licence to drive must be renewed every year.
automated-decisions | The software decides whether to update itself.
continued-use | We treat you as having accepted the delivery when you sign.
data-residency | Our app is available worldwide.
governing-law | The company was formed under the laws of Delaware.
government-requests | If someone harasses you for unlawful purposes, we encourage you to first inform the police.
"""


@cache
def reader() -> Reader:
    return Reader(taxonomy.load([CONTENT]))


def positions(provision: str, text: str) -> list[str]:
    """What ``text`` states on ``provision``."""
    findings = reader().read(segment(text.replace("\\n", "\n"), language="en"))
    return [finding.position for finding in findings if finding.provision == provision]


@pytest.mark.parametrize("line", STATED.strip().splitlines())
def test_a_clause_states_its_position(line: str) -> None:
    provision, position, text = line.split(" | ")
    assert positions(provision, text) == [position]


@pytest.mark.parametrize("line", SILENT.strip().splitlines())
def test_a_clause_on_something_else_states_nothing(line: str) -> None:
    provision, text = line.split(" | ")
    assert positions(provision, text) == []
