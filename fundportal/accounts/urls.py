"""django-allauth's pages that this portal uses, each with its policy, and none of the others."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, register_converter
from django.urls.converters import StringConverter

from fundportal.access.urls import PUBLIC, SIGNED_IN, View, guarded
from fundportal.accounts import views


class UserCode(StringConverter):
    """How allauth writes a person's number into a link; what follows the first dash is the key."""

    regex = "[0-9A-Za-z]+"


register_converter(UserCode, "user_code")


def sign_in_page(route: str, view: View, *, policy: str, name: str) -> URLPattern:
    """Open to staff who still have to set up their second factor."""
    pattern = guarded(route, view, policy=policy, name=name)
    pattern.callback.belongs_to_sign_in = True
    return pattern


urlpatterns = [
    sign_in_page("login/", account.login, policy=PUBLIC, name="account_login"),
    sign_in_page("login/code/", account.request_login_code, policy=PUBLIC, name="account_request_login_code"),
    sign_in_page("login/code/confirm/", account.confirm_login_code, policy=PUBLIC, name="account_confirm_login_code"),
    sign_in_page("logout/", account.logout, policy=PUBLIC, name="account_logout"),
    sign_in_page("inactive/", account.account_inactive, policy=PUBLIC, name="account_inactive"),
    sign_in_page("signup/", views.sign_up, policy=PUBLIC, name="account_signup"),
    sign_in_page("reauthenticate/", account.reauthenticate, policy=SIGNED_IN, name="account_reauthenticate"),
    sign_in_page("password/change/", account.password_change, policy=SIGNED_IN, name="account_change_password"),
    sign_in_page("password/set/", account.password_set, policy=SIGNED_IN, name="account_set_password"),
    sign_in_page("password/reset/", account.password_reset, policy=PUBLIC, name="account_reset_password"),
    sign_in_page(
        "password/reset/done/", account.password_reset_done, policy=PUBLIC, name="account_reset_password_done"
    ),
    sign_in_page(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        policy=PUBLIC,
        name="account_reset_password_from_key_done",
    ),
    sign_in_page(
        "password/reset/key/<user_code:uidb36>-<str:key>/",
        account.password_reset_from_key,
        policy=PUBLIC,
        name="account_reset_password_from_key",
    ),
    sign_in_page("2fa/", mfa.index, policy=SIGNED_IN, name="mfa_index"),
    sign_in_page("2fa/authenticate/", mfa.authenticate, policy=PUBLIC, name="mfa_authenticate"),
    sign_in_page("2fa/reauthenticate/", mfa.reauthenticate, policy=SIGNED_IN, name="mfa_reauthenticate"),
    sign_in_page("2fa/totp/activate/", totp.activate_totp, policy=SIGNED_IN, name="mfa_activate_totp"),
    sign_in_page("2fa/totp/deactivate/", totp.deactivate_totp, policy=SIGNED_IN, name="mfa_deactivate_totp"),
    sign_in_page("2fa/passkeys/", webauthn.list_webauthn, policy=SIGNED_IN, name="mfa_list_webauthn"),
    sign_in_page("2fa/passkeys/add/", webauthn.add_webauthn, policy=SIGNED_IN, name="mfa_add_webauthn"),
    sign_in_page("2fa/passkeys/sign-in/", webauthn.login_webauthn, policy=PUBLIC, name="mfa_login_webauthn"),
    sign_in_page(
        "2fa/passkeys/reauthenticate/",
        webauthn.reauthenticate_webauthn,
        policy=SIGNED_IN,
        name="mfa_reauthenticate_webauthn",
    ),
    sign_in_page("2fa/passkeys/<int:pk>/name/", webauthn.edit_webauthn, policy=SIGNED_IN, name="mfa_edit_webauthn"),
    sign_in_page("2fa/passkeys/<int:pk>/remove/", views.remove_passkey, policy=SIGNED_IN, name="mfa_remove_webauthn"),
    sign_in_page(
        "2fa/recovery-codes/", recovery_codes.view_recovery_codes, policy=SIGNED_IN, name="mfa_view_recovery_codes"
    ),
    sign_in_page(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        policy=SIGNED_IN,
        name="mfa_generate_recovery_codes",
    ),
    sign_in_page(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        policy=SIGNED_IN,
        name="mfa_download_recovery_codes",
    ),
]
