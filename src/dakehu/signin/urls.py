"""Addresses of signing in."""

from django.urls import path

from dakehu.signin.views import accounts, clients, factors, own, second, single

app_name = "signin"
urlpatterns = [
    path("second/", second.second, name="second"),
    path("passkey/", second.passkey, name="passkey"),
    path("sso/", single.sso, name="sso"),
    path("sso/callback/", single.sso_callback, name="sso_callback"),
    path("", own.own, name="own"),
    path("confirm/", own.confirm, name="confirm"),
    path("password/", own.password, name="password"),
    path("presence/", own.presence, name="presence"),
    path("sessions/end/", own.sessions_end, name="sessions_end"),
    path("sessions/<int:pk>/end/", own.session_end, name="session_end"),
    path("app/", factors.app_add, name="app_add"),
    path("app/remove/", factors.app_remove, name="app_remove"),
    path("passkeys/add/", factors.passkey_add, name="passkey_add"),
    path("passkeys/<int:pk>/remove/", factors.passkey_remove, name="passkey_remove"),
    path("codes/", factors.codes, name="codes"),
    path("codes/renew/", factors.codes_renew, name="codes_renew"),
    path("systems/", clients.client_list, name="client_list"),
    path("systems/add/", clients.client_add, name="client_add"),
    path("systems/<int:pk>/", clients.client_page, name="client"),
    path("systems/<int:pk>/change/", clients.client_change, name="client_change"),
    path("systems/<int:pk>/key/", clients.client_renew, name="client_renew"),
    path("systems/<int:pk>/revoke/", clients.client_revoke, name="client_revoke"),
    path("staff/<int:pk>/", accounts.account, name="account"),
    path("staff/<int:pk>/panel/", accounts.account_panel, name="account_panel"),
    path("staff/<int:pk>/password/", accounts.password_give, name="password_give"),
    path("staff/<int:pk>/suspend/", accounts.account_suspend, name="account_suspend"),
    path("staff/<int:pk>/allow/", accounts.account_allow, name="account_allow"),
    path("staff/<int:pk>/unlock/", accounts.account_unlock, name="account_unlock"),
    path("staff/<int:pk>/factors/remove/", accounts.factors_remove, name="factors_remove"),
    path(
        "staff/<int:pk>/sessions/end/", accounts.account_sessions_end, name="account_sessions_end"
    ),
    path("staff/<int:pk>/identity/untie/", accounts.identity_untie, name="identity_untie"),
]
