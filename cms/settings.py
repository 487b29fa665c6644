"""The only settings file. Everything that differs between installations comes from the environment (.env.example)."""

from pathlib import Path

from django.utils.csp import CSP

from cms import connections, machine_translation
from cms.environment import Environment
from core.languages import LANGUAGE_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# --- What kind of installation this is -------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}

_base = env.url("BASE_URL", ("http", "https"), "http://127.0.0.1:8000" if DEBUG or DEMO else "")
BASE_URL = _base.origin if _base else ""
ALLOWED_HOSTS = sorted({*env.names("ALLOWED_HOSTS"), *([_base.host] if _base and _base.host else [])})
if DEBUG or DEMO:
    ALLOWED_HOSTS = sorted({*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"})
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")

if len(SECRET_KEY) < 50:
    env.fault("SECRET_KEY", "needs at least 50 random characters")
if not BASE_URL:
    env.fault("BASE_URL", "is missing; give the public address, for example https://www.example.org")
elif not DEBUG and _base.host not in LOOPBACK and _base.scheme != "https":
    env.fault("BASE_URL", "must start with https: on a public host")
if "*" in ALLOWED_HOSTS:
    env.fault("ALLOWED_HOSTS", "must name the hosts; * lets anybody choose one")
if DEMO and not {*ALLOWED_HOSTS} <= LOOPBACK:
    env.fault("DEMO", "has public passwords and is refused together with a public host name")
if DEBUG and not {*ALLOWED_HOSTS} <= LOOPBACK:
    env.fault("DEBUG", "shows internals and is refused together with a public host name")

# --- Applications ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    *(["demo"] if DEMO else []),
    "home",
    "news",
    "stories",
    "campaigns",
    "organisations",
    "translations",
    "core",
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.middleware.response_headers",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.clean_query",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.publishing_gate.last_resort",
    "core.middleware.redirects",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "core.User"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
            ],
        },
    }
]

# --- Parts that may be replaced by URL -------------------------------------------------------------------------------
DATABASES = {"default": connections.database(env.url("DATABASE_URL", ("sqlite", "postgres", "postgresql")), DATA_DIR)}
_redis = env.url("REDIS_URL", ("redis", "rediss"))
# Wagtail looks for a cache of this name before it asks the database for each picture on a page.
CACHES = {name: connections.cache(_redis, name) for name in ("default", "renditions")}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
_storage = env.url("STORAGE_URL", ("s3",))
STORAGES = {
    "default": connections.storage(_storage, MEDIA_ROOT),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MAILERS = {
    "default": {"BACKEND": "core.outbox.OutboxBackend"},
    "transport": connections.mail(
        env.url("EMAIL_URL", ("smtp", "smtps", "file", "console"), f"file:{DATA_DIR / 'mails'}"), env
    ),
}
# Where newsletters come back to that could not be delivered.
BOUNCE_MAILBOX = connections.mailbox(env.url("BOUNCE_MAILBOX", ("imaps", "imap")))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "NeMO <noreply@localhost>")
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}
    if env.choice("TASKS", ("database", "immediate")) == "database"
    else {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
}

# --- Languages and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = list(LANGUAGE_NAMES.items())
WAGTAILADMIN_PERMITTED_LANGUAGES = [(code, name) for code, name in LANGUAGES if code != "de-simple"]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cms.formats"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# --- Machine translation ---------------------------------------------------------------------------------------------
MACHINE_LANGUAGES = machine_translation.languages(env, env.names("MACHINE_TRANSLATION"), LANGUAGE_NAMES)
MACHINE_PROVIDERS = machine_translation.providers(
    env,
    {*MACHINE_LANGUAGES.values()},
    {
        "libretranslate": env.url("LIBRETRANSLATE_URL", ("http", "https")),
        "deepl": env.url("DEEPL_URL", ("http", "https")),
        "google": env.url("GOOGLE_TRANSLATE_URL", ("http", "https")),
    },
    {
        "libretranslate": env.text("LIBRETRANSLATE_KEY"),
        "deepl": env.text("DEEPL_KEY"),
        "google": env.text("GOOGLE_TRANSLATE_KEY"),
    },
)
MACHINE_WORDS_PER_MONTH = env.number("MACHINE_WORDS_PER_MONTH", 50_000)  # for each language
MACHINE_TIMEOUT = env.number("MACHINE_TIMEOUT", 20)
if not MACHINE_TIMEOUT:
    env.fault("MACHINE_TIMEOUT", "must be at least one second")

# --- Static files ----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# --- Security --------------------------------------------------------------------------------------------------------
PUBLIC_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}
# Wagtail's admin and the translation editor do not run under a nonce policy; the admin has no anonymous visitors.
ADMIN_CSP = {
    **PUBLIC_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}
# Files of editors: even opened on their own they may do nothing.
FILE_CSP = {"default-src": [CSP.NONE], "sandbox": True, "frame-ancestors": [CSP.NONE]}
SECURE_CSP = PUBLIC_CSP
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # previews in the admin are frames of our own
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = bool(_base and _base.scheme == "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "mailto:security@localhost")
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
FILE_UPLOAD_HANDLERS = [
    "core.upload_limit.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "NeMO"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTOSAVE_INTERVAL = 2_000
WAGTAILADMIN_USER_LOGIN_FORM = "core.login.ThrottledLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "core.login.ThrottledPasswordResetForm"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.images.CheckedImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.documents.CheckedDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = False  # ours is stricter: FILE_CSP
WAGTAILEMBEDS_FINDERS = []
# Stems are made by core.stems, alike on every database.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "translations.approval.finish"
WAGTAILLOCALIZE_JOBS = {"BACKEND": "wagtail_localize.tasks.ImmediateBackend"}

# --- Log: one line a record on stdout --------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logging.JsonFormatter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
            "level": env.choice("LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR")),
        }
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
}

env.refuse_if_faulty()
