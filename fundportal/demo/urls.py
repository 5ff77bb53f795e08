from fundportal.access.urls import PUBLIC, guarded
from fundportal.demo.views import desk, gallery

app_name = "demo"
urlpatterns = [
    guarded("", desk.start, policy=PUBLIC, name="start"),
    guarded("sign-in/<int:user_id>/", desk.sign_in, policy=PUBLIC, name="sign_in"),
    guarded("mail/", desk.mail, policy=PUBLIC, name="mail"),
    guarded("mail/<int:letter_id>/", desk.letter, policy=PUBLIC, name="letter"),
    guarded("mail/<int:letter_id>/html/", desk.letter_html, policy=PUBLIC, name="letter_html"),
    guarded("clock/", desk.show_clock, policy=PUBLIC, name="clock"),
    guarded("clock/move/", desk.move_clock, policy=PUBLIC, name="move_clock"),
    guarded("components/", gallery.components, policy=PUBLIC, name="components"),
]
