"""What the record says of forms."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "forms.create": _("Form begun"),
    "forms.save": _("Form replaced"),
    "forms.rename": _("Form renamed"),
    "forms.freeze": _("Form published"),
    "forms.add_section": _("Section added to a form"),
    "forms.change_section": _("Section of a form reworded"),
    "forms.move_section": _("Section of a form moved"),
    "forms.remove_section": _("Section of a form removed"),
    "forms.add_question": _("Question added to a form"),
    "forms.change_question": _("Question of a form changed"),
    "forms.move_question": _("Question of a form moved"),
    "forms.remove_question": _("Question of a form removed"),
}
