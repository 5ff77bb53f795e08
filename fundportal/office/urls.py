from fundportal.access.urls import guarded
from fundportal.office.views import access, conflicts, desk, letters, people, record, search, texts

TEXT = "letters/texts/<slug:fund>/<slug:room>/<slug:letter>/<slug:language>/"

app_name = "office"
urlpatterns = [
    guarded("", desk.desk, policy="office.open", name="desk"),
    guarded("search/", search.find, policy="office.open", name="search"),
    guarded("people/", people.people, policy="roles.view", name="people"),
    guarded("people/add/", people.add_person, policy="people.add", name="person_add"),
    guarded("people/<int:user_id>/", people.person, policy="roles.view", name="person"),
    guarded("people/<int:user_id>/propose/", people.propose, policy="roles.propose", name="role_propose"),
    guarded("people/<int:user_id>/deputy/", access.deputy, policy="roles.propose", name="deputy"),
    guarded("people/<int:user_id>/keys/", access.propose_reset, policy="factors.reset", name="reset_propose"),
    guarded("people/<int:user_id>/close/", access.close, policy="people.close", name="person_close"),
    guarded("people/<int:user_id>/reopen/", access.reopen, policy="people.close", name="person_reopen"),
    guarded("keys/<int:reset_id>/approve/", access.approve_reset, policy="factors.reset", name="reset_approve"),
    guarded("keys/<int:reset_id>/withdraw/", access.withdraw_reset, policy="factors.reset", name="reset_withdraw"),
    guarded("roles/<int:grant_id>/approve/", people.approve, policy="roles.approve", name="role_approve"),
    guarded("roles/<int:grant_id>/withdraw/", people.withdraw, policy="roles.end", name="role_withdraw"),
    guarded("roles/<int:grant_id>/end/", people.end, policy="roles.end", name="role_end"),
    guarded("conflicts/", conflicts.conflicts, policy="conflicts.view", name="conflicts"),
    guarded("conflicts/declare/", conflicts.declare, policy="conflicts.declare", name="conflict_declare"),
    guarded("conflicts/<int:conflict_id>/end/", conflicts.end, policy="conflicts.end", name="conflict_end"),
    guarded("letters/", letters.letters, policy="mail.view", name="letters"),
    guarded("letters/texts/", texts.texts, policy="letters.edit", name="texts"),
    guarded(TEXT, texts.text, policy="letters.edit", name="text"),
    guarded(f"{TEXT}preview/", texts.preview, policy="letters.edit", name="text_preview"),
    guarded(f"{TEXT}standard/", texts.standard, policy="letters.edit", name="text_standard"),
    guarded("letters/<int:letter_id>/", letters.letter, policy="mail.view", name="letter"),
    guarded("letters/<int:letter_id>/retry/", letters.retry, policy="mail.retry", name="letter_retry"),
    guarded("record/", record.record, policy="audit.view", name="record"),
    guarded("record/record.csv", record.export, policy="audit.view", name="record_export"),
]
