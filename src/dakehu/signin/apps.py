"""Wiring of the signin app."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def single_sign_on_words() -> str:
    """Return the words of the button: what the installation calls its single sign-on."""
    if settings.OIDC_NAME:
        return gettext("Log in with %(name)s") % {"name": settings.OIDC_NAME}
    return gettext("Single sign-on")


def is_single_sign_on_offered() -> bool:
    """Tell whether the installation has a single sign-on."""
    return bool(settings.OIDC_URL)


class SigninConfig(AppConfig):
    name = "dakehu.signin"
    label = "signin"

    def ready(self) -> None:
        """Listen to log-in and log-out; ask for second factors; offer the other ways in."""
        from dakehu.signin import receivers
        from dakehu.signin.views.second import ask_for_second_factor
        from dakehu.ui import entry, navigation
        from dakehu.ui.panels import Panel, register

        user_logged_in.connect(receivers.begin, dispatch_uid="signin.begin")
        user_logged_out.connect(receivers.end, dispatch_uid="signin.end")
        entry.register_door(ask_for_second_factor)
        entry.register_way(
            entry.Way(single_sign_on_words, "key", "signin:sso", 10, is_single_sign_on_offered)
        )
        entry.register_way(
            entry.Way(_("Log in with a passkey"), "fingerprint", "signin:passkey", 20)
        )
        navigation.register(
            navigation.NavItem(
                navigation.Section.SYSTEM,
                _("Other systems"),
                "plug-connected",
                "signin:client_list",
                "api.manage",
                40,
            )
        )
        register(
            Panel(
                "staff",
                "account",
                _("Log-in and sessions"),
                "signin:account_panel",
                "people.manage",
                90,
                "shield-lock",
            )
        )
