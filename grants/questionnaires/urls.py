from fundportal.access.urls import guarded
from grants.questionnaires.permissions import EDIT, VIEW
from grants.questionnaires.views import forms, parts

ONE = "<int:form_id>/"
SECTION = f"{ONE}sections/<slug:key>/"
QUESTION = f"{ONE}questions/<slug:key>/"

app_name = "questionnaires"
urlpatterns = [
    guarded("", forms.forms, policy=VIEW, name="forms"),
    guarded("add/", forms.add_form, policy=EDIT, name="add"),
    guarded(ONE, forms.form, policy=VIEW, name="form"),
    guarded(f"{ONE}copy/", forms.copy_form, policy=EDIT, name="copy"),
    guarded(f"{ONE}rename/", forms.rename_form, policy=EDIT, name="rename"),
    guarded(f"{ONE}preview/", forms.preview, policy=VIEW, name="preview"),
    guarded(f"{ONE}versions/<int:number>/", forms.version, policy=VIEW, name="version"),
    guarded(f"{ONE}add-section/", parts.add_section, policy=EDIT, name="section_add"),
    guarded(SECTION, parts.section, policy=EDIT, name="section"),
    guarded(f"{SECTION}add/", parts.add_question, policy=EDIT, name="question_add"),
    guarded(f"{SECTION}move/", parts.move_section, policy=EDIT, name="section_move"),
    guarded(f"{SECTION}remove/", parts.remove_section, policy=EDIT, name="section_remove"),
    guarded(QUESTION, parts.question, policy=EDIT, name="question"),
    guarded(f"{QUESTION}move/", parts.move_question, policy=EDIT, name="question_move"),
    guarded(f"{QUESTION}remove/", parts.remove_question, policy=EDIT, name="question_remove"),
]
