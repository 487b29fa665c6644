# Everything a person does with this project starts here: `make` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
ADDRESS = http://127.0.0.1:$(PORT)

VENV := .venv
PY := $(VENV)/bin/python
NEW_ENOUGH := import ensurepip, sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 12))

# The first Python that is new enough and really starts: a version manager may offer a name without a version behind it.
PYTHON ?= $(shell for python in python3.13 python3.14 python3.12 python3 /usr/bin/python3 \
	$(HOME)/.pyenv/versions/3.1[2-9]*/bin/python; do \
	"$$python" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo "$$python"; break; }; done)

# The environment of this copy. A production has its own: .env.example.
LOCAL = SECRET_KEY="$$(cat var/secret_key)" BASE_URL=$(ADDRESS)
DEMONSTRATION = $(LOCAL) DEMO=1 DEBUG=0
DEVELOPMENT = $(LOCAL) DEMO=1 DEBUG=1 TASKS=immediate
PRODUCTION = SECRET_KEY="$$(cat var/secret_key)" BASE_URL=https://www.example.org ALLOWED_HOSTS=www.example.org \
	DEBUG=0 DEMO=0 DATABASE_URL=postgres://nemo:secret@localhost/nemo REDIS_URL=redis://localhost/0 \
	EMAIL_URL=smtp://localhost:25 DEFAULT_FROM_EMAIL=office@example.org SECURITY_CONTACT=mailto:security@example.org BEHIND_PROXY=1 TRUSTED_PROXIES=1

.NOTPARALLEL:

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- The site ---------------------------------------------------------------------------------------------------------
.PHONY: run
run: prepare ## Install, load the sample site and serve it as in production; PORT=8001 chooses another port
	@$(DEMONSTRATION) $(PY) manage.py collectstatic --noinput --verbosity 0
	@$(DEMONSTRATION) exec $(PY) manage.py serve --port $(PORT) --announce show_logins

.PHONY: dev
dev: prepare ## The same content on a server that reloads when a file changes
	@$(DEVELOPMENT) $(PY) manage.py show_logins
	@$(DEVELOPMENT) exec $(PY) manage.py runserver 127.0.0.1:$(PORT)

.PHONY: prepare
prepare: base local
	@$(DEMONSTRATION) $(PY) manage.py compile_messages
	@$(DEMONSTRATION) $(PY) manage.py migrate --noinput --verbosity 0
	@$(DEMONSTRATION) $(PY) manage.py sync_roles
	@$(DEMONSTRATION) TASKS=immediate $(PY) manage.py load_demo

.PHONY: shell
shell: base local ## A Python shell with the site's models
	@$(DEVELOPMENT) $(PY) manage.py shell

# --- Tests and checks -------------------------------------------------------------------------------------------------
.PHONY: test
test: dev-tools ## Run every test; ARGS="tests/core -k name" chooses
	@$(PY) -m pytest -n auto $(ARGS)

.PHONY: test-postgres
test-postgres: dev-tools ## The same on PostgreSQL: DATABASE_URL=postgres://user:password@host/name
	@case "$(DATABASE_URL)" in postgres*) ;; *) \
		echo "DATABASE_URL must name a PostgreSQL server whose user may create databases." >&2; exit 2;; esac
	@DATABASE_URL="$(DATABASE_URL)" $(PY) -m pytest -n auto $(ARGS)

.PHONY: lint
lint: dev-tools local ## Check code, imports, templates, migrations, catalogues and the production settings
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) $(VENV)/bin/lint-imports
	@$(PY) -m djlint --lint --quiet templates $(wildcard */templates)
	@$(DEMONSTRATION) $(PY) manage.py makemigrations --check --dry-run
	@$(DEMONSTRATION) DATABASE_URL=sqlite:///:memory: $(PY) -m tests.migrations
	@$(DEMONSTRATION) $(PY) manage.py extract_messages --check
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: format
format: dev-tools ## Put code and templates into the house style
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

.PHONY: bench
bench: base local ## Measure every page type against the bars; ARGS="--organisations 60 520 20000" for more
	@$(DEMONSTRATION) $(PY) manage.py collectstatic --noinput --verbosity 0
	@$(DEMONSTRATION) TASKS=immediate $(PY) manage.py bench $(ARGS)

.PHONY: shots
shots: dev-tools ## Take pictures of the running site (make run) into var/shots
	@$(PY) -m tests.shots $(ADDRESS) var/shots

.PHONY: pictures
pictures: dev-tools ## Make the pictures of the documentation anew, beside make run
	@$(DEMONSTRATION) $(PY) -m tests.pictures $(ADDRESS) docs/pictures

# --- Texts ------------------------------------------------------------------------------------------------------------
.PHONY: messages
messages: base local ## Bring the catalogues in locale/ in line with the strings in code and templates
	@$(DEMONSTRATION) $(PY) manage.py extract_messages

.PHONY: fonts
fonts: base ## Make the smaller fonts anew from the whole ones
	@$(PY) -m core.lettering.web_font

.PHONY: compilemessages
compilemessages: base local ## Compile the catalogues that changed
	@$(DEMONSTRATION) $(PY) manage.py compile_messages

# --- Installation -----------------------------------------------------------------------------------------------------
.PHONY: install
install: base ## Install what the site needs into .venv

.PHONY: base
base: venv
	@$(call install,base)

.PHONY: dev-tools
dev-tools: venv
	@$(call install,dev)

# Installs only when the pinned list differs from the one installed last.
define install
cmp -s requirements/$(1).txt $(VENV)/$(1).txt || { \
	echo "Installing requirements/$(1).txt …"; \
	$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$(1).txt \
	&& cp requirements/$(1).txt $(VENV)/$(1).txt; }
endef

.PHONY: venv
venv:
	@$(PY) -c '$(NEW_ENOUGH)' >/dev/null 2>&1 || { \
		python="$(PYTHON)"; \
		[ -n "$$python" ] || { \
			echo "No Python 3.12 or newer (with venv and SQLite) was found." >&2; \
			echo "Debian, Ubuntu: apt-get install python3 python3-venv; elsewhere: https://www.python.org/downloads/" >&2; \
			echo "A Python in an unusual place: make PYTHON=/path/to/python3.13 …" >&2; exit 1; }; \
		rm -rf $(VENV); \
		echo "Making $(VENV) with $$("$$python" --version) …"; \
		"$$python" -m venv $(VENV); }

.PHONY: which-python
which-python:
	@echo "$(PYTHON)"

# Only this copy's own secret: whoever publishes a site makes a new one.
.PHONY: local
local: base
	@mkdir -p var && [ -s var/secret_key ] || { umask 077; \
		$(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > var/secret_key; }

.PHONY: requirements
requirements: venv ## Pin requirements/*.txt anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	@$(PY) -m pip install -qq --disable-pip-version-check uv
	@$(PY) -m uv pip compile $(PIN) --extra storage --group test --group lint -o requirements/dev.txt pyproject.toml
	@$(PY) -m uv pip compile $(PIN) -c requirements/dev.txt -o requirements/base.txt pyproject.toml
	@$(PY) -m uv pip compile $(PIN) -c requirements/dev.txt --extra storage -o requirements/storage.txt pyproject.toml
PIN = --quiet --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: clean
clean: ## Remove what make and Python made, except the site's data in var/
	@rm -rf $(VENV) var/static .pytest_cache .ruff_cache .import_linter_cache .grimp_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find locale -name '*.mo' -delete 2>/dev/null || true

.PHONY: reset
reset: ## Delete the sample site's data (var/), to start afresh with make run
	@rm -rf var
