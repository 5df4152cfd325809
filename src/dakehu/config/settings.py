"""All settings of an installation, each read once from the environment (see docs/settings.md)."""

import contextlib
import os
import secrets
from pathlib import Path

from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from dakehu.config import env, roles
from dakehu.files.rules import contents

PACKAGE = Path(__file__).resolve().parent.parent
HOME = env.read_folder("DAKEHU_HOME", "var")


def secret_key() -> str:
    """Return the key from the environment, else the one kept in the installation's folder."""
    given = env.read_text("DAKEHU_SECRET_KEY", "")
    if given:
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        keep_new_key(kept)
    return kept.read_text(encoding="ascii")


def keep_new_key(kept: Path) -> None:
    """Write a random key to a file, whole or not at all; of several processes the first wins."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_name(f"{kept.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
    with contextlib.suppress(FileExistsError):
        os.link(draft, kept)
    draft.unlink()


DEBUG = env.read_bool("DAKEHU_DEBUG", default=False)
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.read_list("DAKEHU_OLD_SECRET_KEYS", "")
ALLOWED_HOSTS = env.read_list("DAKEHU_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.read_list("DAKEHU_TRUSTED_ORIGINS", "")
HTTPS = env.read_bool("DAKEHU_HTTPS", default=False)

INSTALLED_APPS = [
    "dakehu.ui",
    "dakehu.audit",
    "dakehu.people",
    "dakehu.signin",
    "dakehu.files",
    "dakehu.messaging",
    "dakehu.customers",
    "dakehu.tiering",
    "dakehu.ownership",
    "dakehu.worklist",
    "dakehu.outbox",
    "dakehu.hooks",
    "dakehu.clocks",
    "dakehu.catalogue",
    "dakehu.channels",
    "dakehu.obligations",
    "dakehu.live",
    "dakehu.cases",
    "dakehu.care",
    "dakehu.opportunities",
    "dakehu.alerts",
    "dakehu.ranking",
    "dakehu.targets",
    "dakehu.campaigns",
    "dakehu.surveys",
    "dakehu.exchange",
    "dakehu.desk",
    "dakehu.demo",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "dakehu.ui.middleware.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dakehu.signin.middleware.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dakehu.ui.middleware.UnkeptMiddleware",
    "dakehu.ui.middleware.StreamMiddleware",
    "dakehu.ui.middleware.FragmentMiddleware",
    "dakehu.signin.middleware.DutyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "dakehu.config.urls"
WSGI_APPLICATION = "dakehu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "dakehu.ui.context.shell",
            ],
        },
    },
]

DATABASES = {"default": env.read_database("DAKEHU_DATABASE_URL", HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dakehu.signin.policies.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "dakehu.signin.policies.CharacterKindsValidator"},
    {"NAME": "dakehu.signin.policies.OwnNumbersValidator"},
    {
        "NAME": "dakehu.signin.policies.LikenessValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "staff_no")},
    },
    {"NAME": "dakehu.signin.policies.CommonnessValidator"},
    {"NAME": "dakehu.signin.policies.UsedPasswordValidator"},
]
PASSWORD_DAYS = env.read_int("DAKEHU_PASSWORD_DAYS", 90, low=0, high=3650)
SECOND_FACTOR_ROLES = env.read_words(
    "DAKEHU_SECOND_FACTOR_ROLES", ("ALL", *(role.code for role in roles.ROLES))
)
# Parts of allauth under our own pages (docs/adr/0014); the one lock-out is that of axes below.
MFA_ADAPTER = "dakehu.signin.policies.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Dakehu"
MFA_RECOVERY_CODES_SHOW_ONCE = True
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_ADAPTER = "dakehu.signin.views.single.MatchingAdapter"
OIDC_URL = env.read_secure_url("DAKEHU_OIDC_URL")
OIDC_CLIENT = env.read_text("DAKEHU_OIDC_CLIENT", "")
OIDC_SECRET = env.read_text("DAKEHU_OIDC_SECRET", "")
OIDC_NAME = env.read_text("DAKEHU_OIDC_NAME", "")
OIDC_CLAIM = env.read_text("DAKEHU_OIDC_CLAIM", "preferred_username")
OIDC_MATCH = env.read_choice("DAKEHU_OIDC_MATCH", "username", ("username", "staff_no"))
LDAP_URL = env.read_directory_url("DAKEHU_LDAP_URL")
LDAP_BASE = env.read_text("DAKEHU_LDAP_BASE", "")
LDAP_NAME = env.read_text("DAKEHU_LDAP_NAME", "uid={name},{base}")
LDAP_CA = env.read_text("DAKEHU_LDAP_CA", "")
if LDAP_URL:
    AUTHENTICATION_BACKENDS.append("dakehu.signin.policies.DirectoryBackend")
LOGIN_URL = "ui:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "ui:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "ui/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# Besides passwords, which it never keeps: what proves somebody stays out of the record.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "credential", "present", "new"]
# A session ends after this time whatever happens, and earlier when nobody is at the screen.
SESSION_COOKIE_AGE = 8 * 3600
IDLE_MINUTES = env.read_int("DAKEHU_IDLE_MINUTES", 30, low=1, high=480)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
# Lax, not Strict: whoever comes from a link in a message is still signed in.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # Browsers take these names from this very host over TLS only; a neighbour cannot plant them.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
# The list that browsers are shipped with is for whole domains; their owner decides, not one site.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
TRUSTED_PROXIES = env.read_networks("DAKEHU_TRUSTED_PROXIES", "127.0.0.1,::1")
# No answer to a form or an upload needs more; files are limited once more where they arrive.
UPLOAD_MB = env.read_int("DAKEHU_UPLOAD_MB", 50, low=1, high=2000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dakehu.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = env.read_choice("DAKEHU_LANGUAGE", "zh-hans", ("zh-hans", "en"))
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
USE_I18N = USE_TZ = True
# The apps' own catalogues are found by Django; this folder holds the roles' names.
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
TIME_ZONE = env.read_text("DAKEHU_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "media"

# Background work waits in the records database, put there by the very transaction that wants it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Where pages are told that something rings: an address or path, or the port of `dakehu run`.
LIVE_URL = env.read_text("DAKEHU_LIVE_URL", "")
LIVE_PORT = env.read_int("DAKEHU_LIVE_PORT", 0, low=0, high=65535)
LIVE_MOST = env.read_int("DAKEHU_LIVE_MOST", 2000, low=1, high=100_000)

FILTERS_EMPTY_CHOICE_LABEL = _("All")
ROLES = roles.ROLES
INBOX_URL = env.read_text("DAKEHU_INBOX", str(HOME / "inbox"))
OUTBOX_URL = env.read_text("DAKEHU_OUTBOX", str(HOME / "outbox"))
ENGINE_MEMORY_MB = env.read_int("DAKEHU_ENGINE_MEMORY_MB", 1500, low=256, high=1_000_000)
ENGINE_THREADS = env.read_int("DAKEHU_ENGINE_THREADS", 2, low=1, high=256)
FACTS_KEPT_MONTHS = env.read_int("DAKEHU_FACTS_KEPT_MONTHS", 13, low=2, high=120)
REJECT_LIMIT_PERCENT = env.read_int("DAKEHU_REJECT_LIMIT_PERCENT", 5, low=0, high=100)
EXPORT_ROW_CAP = env.read_int("DAKEHU_EXPORT_ROW_CAP", 50_000, low=1, high=1_000_000)
ATTACHMENT_KEPT_DAYS = env.read_int("DAKEHU_ATTACHMENT_KEPT_DAYS", 90, low=1, high=3650)
ATTACHMENT_MB = env.read_int("DAKEHU_ATTACHMENT_MB", 20, low=1, high=500)
ATTACHMENT_TYPES = env.read_words(
    "DAKEHU_ATTACHMENT_TYPES",
    tuple(contents.KINDS),
    default="pdf,docx,xlsx,pptx,doc,xls,ppt,png,jpg,gif,webp,txt",
)
EXPORT_HOURS = env.read_int("DAKEHU_EXPORT_HOURS", 24, low=1, high=720)
EXPORT_REQUEST_DAYS = env.read_int("DAKEHU_EXPORT_REQUEST_DAYS", 7, low=1, high=365)
IMPORT_ROW_CAP = env.read_int("DAKEHU_IMPORT_ROW_CAP", 200_000, low=1, high=1_000_000)
IMPORT_MAX_MB = env.read_int("DAKEHU_IMPORT_MAX_MB", 50, low=1, high=1000)
IMPORT_KEPT_DAYS = env.read_int("DAKEHU_IMPORT_KEPT_DAYS", 30, low=1, high=3650)
TARGET_MEMBERS_LIMIT = env.read_int("DAKEHU_TARGET_MEMBERS_LIMIT", 200_000, low=1, high=10_000_000)
TARGET_TASKS_LIMIT = env.read_int("DAKEHU_TARGET_TASKS_LIMIT", 20_000, low=1, high=1_000_000)
GREETING_DAYS = env.read_int("DAKEHU_GREETING_DAYS", 14, low=1, high=60)
GREETING_GAP_DAYS = env.read_int("DAKEHU_GREETING_GAP_DAYS", 3, low=0, high=30)
MESSAGE_DAYS = env.read_int("DAKEHU_MESSAGE_DAYS", 30, low=1, high=365)
MESSAGE_CARE_MOST = env.read_int("DAKEHU_MESSAGE_CARE_MOST", 4, low=0, high=1000)
MESSAGE_MARKETING_MOST = env.read_int("DAKEHU_MESSAGE_MARKETING_MOST", 2, low=0, high=1000)
MESSAGE_TOGETHER_MOST = env.read_int("DAKEHU_MESSAGE_TOGETHER_MOST", 4, low=0, high=1000)
MESSAGE_FIRST_HOUR = env.read_int("DAKEHU_MESSAGE_FIRST_HOUR", 8, low=0, high=23)
MESSAGE_LAST_HOUR = env.read_int("DAKEHU_MESSAGE_LAST_HOUR", 21, low=1, high=24)
# By which address customers reach this installation: it begins the links in messages.
PUBLIC_URL = env.read_secure_url("DAKEHU_PUBLIC_URL")
SMS_URL = env.read_gateway("DAKEHU_SMS_URL")
SMS_SECRET = env.read_text("DAKEHU_SMS_SECRET", "")
if SMS_URL.startswith("http") and not SMS_SECRET:
    raise ImproperlyConfigured("DAKEHU_SMS_URL takes signed messages; set DAKEHU_SMS_SECRET too.")
# Closed networks to which events may go, besides the open one; there also unencrypted.
HOOK_NETWORKS = env.read_networks("DAKEHU_HOOK_NETWORKS", "")
# Mail leaves once both are named; until then messages wait.
MAIL_FROM = env.read_text("DAKEHU_MAIL_FROM", "")
MAIL = env.read_mail_server("DAKEHU_MAIL_URL")
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_tls, MAIL.turns_to_tls
if MAIL_FROM and not MAIL.host:
    raise ImproperlyConfigured("DAKEHU_MAIL_FROM needs a server; set DAKEHU_MAIL_URL too.")
SIMULATION_KEPT_DAYS = env.read_int("DAKEHU_SIMULATION_KEPT_DAYS", 30, low=1, high=3650)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
