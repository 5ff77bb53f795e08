from fundportal.access.urls import guarded
from grants.awards.permissions import AMEND, APPROVE_TRANCHE, CHANGE, END, MANAGE, OFFER, SIGN, VIEW
from grants.awards.views import agreements, amending, changing, lists, moves, offering, page, texts

ONE = "<slug:reference>/"
AGREEMENT = f"{ONE}agreement/<int:number>/"
PAYMENT = f"{ONE}payments/<int:number>/"
CHANGED = f"{ONE}changes/<int:number>/"
CONDITION = f"{ONE}conditions/<int:pk>/"

app_name = "awards"
urlpatterns = [
    guarded("", lists.awards, policy=VIEW, name="awards"),
    guarded("waiting/", lists.waiting, policy=VIEW, name="waiting"),
    guarded("texts/", texts.texts, policy=SIGN, name="texts"),
    guarded("texts/<slug:code>/<slug:language>/", texts.text, policy=SIGN, name="text"),
    guarded("offer/<slug:reference>/", offering.offer, policy=OFFER, name="offer"),
    guarded(ONE, page.award, policy=VIEW, name="award"),
    guarded(f"{ONE}terms/", offering.terms, policy=OFFER, name="terms"),
    guarded(f"{ONE}agreement/", agreements.prepare, policy=MANAGE, name="prepare"),
    guarded(AGREEMENT, agreements.agreement, policy=VIEW, name="agreement"),
    guarded(f"{AGREEMENT}edit/", agreements.edit, policy=MANAGE, name="agreement_edit"),
    guarded(f"{AGREEMENT}send/", agreements.send, policy=MANAGE, name="send"),
    guarded(f"{AGREEMENT}sign/", agreements.sign, policy=SIGN, name="sign"),
    guarded(f"{PAYMENT}approve/", moves.approve_tranche, policy=APPROVE_TRANCHE, name="approve_tranche"),
    guarded(f"{PAYMENT}hold/", moves.hold_tranche, policy=MANAGE, name="hold_tranche"),
    guarded(f"{PAYMENT}release/", moves.release_tranche, policy=MANAGE, name="release_tranche"),
    guarded(f"{PAYMENT}cancel/", moves.cancel_tranche, policy=CHANGE, name="cancel_tranche"),
    guarded(f"{CONDITION}meet/", moves.meet_condition, policy=MANAGE, name="meet_condition"),
    guarded(f"{CONDITION}waive/", moves.waive_condition, policy=MANAGE, name="waive_condition"),
    guarded(f"{ONE}changes/new/", amending.amend, policy=AMEND, name="amend"),
    guarded(CHANGED, amending.amendment, policy=VIEW, name="amendment"),
    guarded(f"{CHANGED}edit/", amending.edit, policy=AMEND, name="amendment_edit"),
    guarded(f"{CHANGED}submit/", amending.submit, policy=AMEND, name="amendment_submit"),
    guarded(f"{CHANGED}approve/", amending.approve, policy=CHANGE, name="amendment_approve"),
    guarded(f"{CHANGED}reject/", amending.reject, policy=CHANGE, name="amendment_reject"),
    guarded(f"{CHANGED}withdraw/", amending.withdraw, policy=AMEND, name="amendment_withdraw"),
    guarded(f"{ONE}unspent/", amending.waive_unspent, policy=CHANGE, name="waive_unspent"),
    guarded(f"{ONE}amount/", changing.change_amount, policy=CHANGE, name="change_amount"),
    guarded(f"{ONE}payments/add/", changing.add_tranche, policy=CHANGE, name="add_tranche"),
    guarded(f"{ONE}suspend/", moves.suspend, policy=END, name="suspend"),
    guarded(f"{ONE}resume/", moves.resume, policy=END, name="resume"),
    guarded(f"{ONE}terminate/", moves.terminate, policy=END, name="terminate"),
    guarded(f"{ONE}rescind/", moves.rescind, policy=END, name="rescind"),
    guarded(f"{ONE}closing/", moves.begin_closing, policy=MANAGE, name="begin_closing"),
    guarded(f"{ONE}close/", moves.close, policy=END, name="close"),
]
