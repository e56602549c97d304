"""Settings come from the environment only; `.env.example` documents each."""

from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from servicedesk.databases import database
from servicedesk.timetable import TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
env.read_env(VAR_DIR / "env")  # what `make run` wrote for this machine; real variables win
SECRET_KEY = env("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
# By 127.0.0.1 the health checks of the containers ask, from within.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=["localhost"]), "127.0.0.1"]
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
IS_HTTPS = SITE_URL.startswith("https://")

# The first key encrypts, all of them decrypt; see docs/adr and `rotate_encryption_keys`.
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS")
LOOKUP_HASH_KEY = env("LOOKUP_HASH_KEY")

INSTALLED_APPS = [
    "servicedesk.apps.ServicedeskConfig",
    "workspace",
    "documents",
    "tickets",
    "inquiries",
    "knowledge",
    "registry",
    "clients",
    "accounts",
    "common",
    "accounts.admin_config.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "csp",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "common.middleware.ClientAddressMiddleware",
    "common.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.LanguageOfUserMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.staying_forms.StayingFormMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "accounts.middleware.AccessLogMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.middleware.NotAllowedPageMiddleware",
]

ROOT_URLCONF = "servicedesk.urls"
WSGI_APPLICATION = "servicedesk.wsgi.application"

FORM_RENDERER = "common.form_renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workspace.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database(env("DATABASE_URL", default=""), VAR_DIR, BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # An office stands behind one address, and everybody comes at nine.
    "login": "120/m/ip",
    "login_failed": env("LOGIN_FAILED_LIMIT", default="60/m/ip,5/15m/key"),
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Servicedesk"
MFA_ADAPTER = "accounts.adapters.StaffMfaAdapter"
REQUIRE_TOTP_FOR_ADMIN = env.bool("REQUIRE_TOTP_FOR_ADMIN", default=False)
# Addresses or networks of the proxies in front whose X-Forwarded-For is believed.
TRUSTED_PROXIES = [
    ip_network(one) for one in env("TRUSTED_PROXIES", default="").replace(",", " ").split()
]

SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=10) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The event stream lives in its own process. Behind a proxy it has our own origin and the port is empty.
LIVE_PORT = env("LIVE_PORT", default="")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [
            SELF,
            *(
                [
                    f"{'https' if IS_HTTPS else 'http'}://{host}:{LIVE_PORT}"
                    for host in ALLOWED_HOSTS
                    if host != "*"
                ]
                if LIVE_PORT
                else []
            ),
        ],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "et"
LANGUAGES = [("et", _("Estonian")), ("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Tallinn"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["servicedesk.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_DIR", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servicedesk.storage.HashedStaticFiles"},
}
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

REDIS_URL = env("REDIS_URL", default="")
# Failed logins are counted in the cache, so all processes must share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache"
        if REDIS_URL
        else "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": REDIS_URL or str(VAR_DIR / "cache"),
        "KEY_PREFIX": "servicedesk",
        # The usual 300 files are soon there; then counts of failed logins and of forms would be thrown out.
        "OPTIONS": {} if REDIS_URL else {"MAX_ENTRIES": 10_000},
    }
}
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "messages"),
        "data_folder_out": str(VAR_DIR / "broker" / "messages"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = TIMETABLE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("SMTP_HOST", default="")  # empty: mail waits in the outbox and the page says so
EMAIL_PORT = env.int("SMTP_PORT", default=25)
EMAIL_HOST_USER = env("SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env("SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("SMTP_STARTTLS", default=False)
EMAIL_TIMEOUT = env.int("SMTP_TIMEOUT_SECONDS", default=20)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="klienditugi@keskkonnaamet.ee")

# The mailbox that letters come to, as imaps://user:password@host/INBOX; empty: none is read.
IMAP_URL = env("IMAP_URL", default="")
IMAP_TIMEOUT_SECONDS = env.float("IMAP_TIMEOUT_SECONDS", default=30)
MAILBOX_SILENT_MINUTES = env.int("MAILBOX_SILENT_MINUTES", default=15)  # then people are told
IMAP_DONE_FOLDER = env("IMAP_DONE_FOLDER", default="Servicedesk")  # where read mail is moved to
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", default=60_000_000)  # of a longer one only the head
MAIL_KEPT_DAYS = env.int("MAIL_KEPT_DAYS", default=365)  # then a filed mail's own bytes go

# When we are open, as data: `mon-thu 08:00-12:00, 12:30-17:00; fri 09:00-15:00`. Public holidays are known.
SERVICE_HOURS = env("SERVICE_HOURS", default="mon-fri 09:00-16:00")
SERVICE_CLOSED_DAYS = env.list("SERVICE_CLOSED_DAYS", default=[])  # further days, as 2026-12-23
# A promised callback is due after so many open hours, and shown as urgent so many hours before.
CALLBACK_WITHIN_HOURS = env.float("CALLBACK_WITHIN_HOURS", default=7)
CALLBACK_WARNING_HOURS = env.float("CALLBACK_WARNING_HOURS", default=2)
TALK_TARGET_SECONDS = env.int("TALK_TARGET_SECONDS", default=360)  # past it the clock is coloured
WRAP_UP_TARGET_SECONDS = env.int("WRAP_UP_TARGET_SECONDS", default=60)  # past it the page says so
# Whoever is still writing so long after a call is ready again by itself.
AFTER_CALL_LIMIT_SECONDS = env.int("AFTER_CALL_LIMIT_SECONDS", default=180)
LINE_HISTORY_DAYS = env.int("LINE_HISTORY_DAYS", default=400)  # who was on the line when
ANSWER_UNDO_SECONDS = env.int("ANSWER_UNDO_SECONDS", default=10)
UNIT_ANSWER_DAYS = env.int("UNIT_ANSWER_DAYS", default=5)  # working days
# Papers to sign: how long a link opens, by when an answer is asked for, and when clients are reminded.
CLIENT_PAGE_DAYS = env.int("CLIENT_PAGE_DAYS", default=30)
CLIENT_ANSWER_WORKING_DAYS = env.int("CLIENT_ANSWER_WORKING_DAYS", default=10)
REMIND_CLIENT_AFTER_WORKING_DAYS = sorted(
    map(int, env.list("REMIND_CLIENT_AFTER_WORKING_DAYS", default=["5", "10"]))
)
FORWARD_WITHIN_DAYS = env.int("FORWARD_WITHIN_DAYS", default=5)  # working days
# How many letters of the public page are taken within an hour from one network, and to one address.
WEB_LETTERS_PER_NETWORK = env.int("WEB_LETTERS_PER_NETWORK", default=20)
WEB_LETTERS_PER_ADDRESS = env.int("WEB_LETTERS_PER_ADDRESS", default=3)
# The question how we served: so long after the end, to so many of a hundred, one person not oftener.
SATISFACTION_DELAY_HOURS = env.int("SATISFACTION_DELAY_HOURS", default=24)
SATISFACTION_SHARE = env.int("SATISFACTION_SHARE", default=100)
SATISFACTION_QUIET_DAYS = env.int("SATISFACTION_QUIET_DAYS", default=90)
# A reply to the letter about a closed ticket opens it again for so long; later it is a new matter.
TICKET_REOPEN_DAYS = env.int("TICKET_REOPEN_DAYS", default=30)
QUIET_DAYS = env.int("QUIET_DAYS", default=7)  # then a settled inquiry is closed
WORD_ANALYSER = env("WORD_ANALYSER", default="snowball")  # or "vabamorf", the extra `morphology`
RECORDING_DAYS = env.int("RECORDING_DAYS", default=60)  # then the reference to a recording goes
# So many events a minute are taken from one telephone exchange; a flood is turned away.
CTI_EVENTS_A_MINUTE = env.int("CTI_EVENTS_A_MINUTE", default=3000)
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=20_000_000)

REGISTER_URL = env(
    "REGISTER_URL", default=""
)  # empty: representation is checked in open data or by hand
REGISTER_USER = env("REGISTER_USER", default="")
REGISTER_PASSWORD = env("REGISTER_PASSWORD", default="")
JIRA_TIMEOUT_SECONDS = env.float("JIRA_TIMEOUT_SECONDS", default=15)
# A Jira in the cloud finds what it was given only a while later.
JIRA_SEARCH_LAG_SECONDS = env.int("JIRA_SEARCH_LAG_SECONDS", default=60)
JIRA_LEASE_SECONDS = env.int(
    "JIRA_LEASE_SECONDS", default=300
)  # longer than one call with all its looks
JIRA_PAUSES_SECONDS = env.list("JIRA_PAUSES_SECONDS", int, [10, 30, 60, 120, 300, 600, 1800])
REGISTER_TIMEOUT_SECONDS = env.float("REGISTER_TIMEOUT_SECONDS", default=10)
# How old the register's data may be, in calendar days; 0: of the same day.
REPRESENTATION_CHECK_VALID_DAYS = {
    "drafting": env.int("CHECK_VALID_DAYS_DRAFTING", default=1),
    "signing": env.int("CHECK_VALID_DAYS_SIGNING", default=0),
    "return": env.int("CHECK_VALID_DAYS_RETURN", default=0),
}
# Where files of open data are looked for; uploads are put there too.
REGISTER_FILES_DIR = Path(env("REGISTER_FILES_DIR", default="") or VAR_DIR / "register")

# Where clients enter the e-service portal, as the notices say it.
PORTAL_ADDRESS = env("PORTAL_ADDRESS", default="https://eteenus.keskkonnaamet.ee")
# By which trusted lists signatures are judged: the live ones, or test ones, which are kept apart.
TRUSTED_LIST_STORE = env("TRUSTED_LIST_STORE", default="live")
if TRUSTED_LIST_STORE not in {"live", "test"}:
    raise ImproperlyConfigured("TRUSTED_LIST_STORE is live or test")
# The list of lists; for the live store the European one. Empty: nothing is fetched (closed networks).
EUROPEAN_LISTS = {"live": "https://ec.europa.eu/tools/lotl/eu-lotl.xml"}
LOTL_URL = env("LOTL_URL", default=EUROPEAN_LISTS.get(TRUSTED_LIST_STORE, ""))
# A file or a folder with the certificates that may sign it, as the Official Journal publishes them.
LOTL_CERTIFICATES = env("LOTL_CERTIFICATES", default="")
TRUSTED_LIST_TERRITORIES = [
    one.strip().upper() for one in env.list("TRUSTED_LIST_TERRITORIES", default=["EE"])
]
TRUSTED_LIST_TIMEOUT_SECONDS = env.float("TRUSTED_LIST_TIMEOUT_SECONDS", default=20)

AGENCY = {
    "name": env("AGENCY_NAME", default="Keskkonnaamet"),
    "registry_code": env("AGENCY_REGISTRY_CODE", default="70008658"),
    "address": env("AGENCY_ADDRESS", default="Roheline 64, 80010 Pärnu"),
    "phone": env("AGENCY_PHONE", default="+372 662 5999"),
    "email": env("AGENCY_EMAIL", default="klienditugi@keskkonnaamet.ee"),
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["common.api.permissions.HasScope"],
    "DEFAULT_PAGINATION_CLASS": "common.api.pagination.KeysetPagination",
    "EXCEPTION_HANDLER": "common.api.problem_details.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Servicedesk",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ClientKindEnum": "clients.models.client.ClientKind",
        "ContactKindEnum": "clients.models.contact_point.ContactKind",
        "InquiryChannelEnum": "inquiries.models.inquiry_choices.Channel",
        "LetterChannelEnum": "inquiries.models.letter.CHANNELS",
        "LetterDirectionEnum": "inquiries.models.letter.LetterDirection",
        "LetterKindEnum": "inquiries.models.letter.LetterKind",
        "CardFactEnum": "inquiries.models.identification.CardFact",
    },
}

# Who may read /metrics: this machine itself, and whoever sends this token.
METRICS_TOKEN = env("METRICS_TOKEN", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "common.logs.JsonLines"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        # They tell every request with its address, and that the file-system broker has no host.
        "httpx": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},
        # It tells what it says to the server and hears from it: letters, and addresses.
        "imapclient": {"level": "ERROR"},
        # The development server has a handler of its own, which would tell addresses as they are.
        "django.server": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["stdout"], "level": env("LOG_LEVEL", default="INFO")},
}
