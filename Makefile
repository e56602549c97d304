# One command for each wish; each installs what it needs.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p >/dev/null && $$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
SETUP := $(if $(PYTHON),$(PYTHON) scripts/setup.py,$(error Python 3.11 or newer with venv is needed))
SIZE ?= small
ONLY ?=

.PHONY: help run demo standins test check fix bench axe long lock schema states messages hooks upgrade-fixture clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

run: ## start the whole system; the first time with demo data
	@$(SETUP) worker --system --env
	@exec $(BIN)/python scripts/run.py

demo: ## throw the embedded database away and fill it with demo data anew
	@$(SETUP) worker --env
	@$(BIN)/python manage.py demo --reset

standins: ## start the stand-in of the business register and a mail catcher, for trying things out
	@$(SETUP) dev --env
	@exec $(BIN)/python scripts/standins.py

test: ## the whole suite on SQLite and PostgreSQL, and the browser stories
	@$(SETUP) dev --system
	@$(BIN)/python scripts/test.py

check: ## format, lint, types, imports, migrations, API schema, translations, states
	@$(SETUP) dev
	@$(BIN)/python scripts/check.py

fix: ## format and mend what can be mended by machine
	@$(SETUP) dev
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .
	@$(BIN)/python scripts/messages.py update
	@$(MAKE) --no-print-directory states schema

bench: ## measure, SIZE=small|full, ONLY=tickets for these alone; the table also goes to var/bench.json
	@$(SETUP) dev --system
	@$(BIN)/python -m benchmarks --size $(SIZE) --only "$(ONLY)"

axe: ## accessibility of every page in all languages, themes and sizes
	@$(SETUP) dev --system
	@$(BIN)/python scripts/test.py --only axe

long: ## the long variants: chaos by SIGKILL, big imports
	@$(SETUP) dev --system
	@$(BIN)/python scripts/test.py --only long

lock: ## lock the dependencies anew, with hashes
	@$(SETUP) dev
	@$(BIN)/python scripts/lock.py

schema: ## write the API's OpenAPI document
	@$(BIN)/python scripts/with_env.py manage.py spectacular --file docs/openapi.yaml --validate

states: ## draw docs/states.md
	@$(BIN)/python scripts/with_env.py scripts/draw_states.py

messages: ## put new strings into the catalogues
	@$(BIN)/python scripts/messages.py update

hooks: ## run `make check`'s quick part before each commit
	@$(SETUP) dev
	@$(BIN)/pre-commit install

upgrade-fixture: ## keep a demo database of STAGE in tests/upgrades/
	@$(SETUP) dev
	@$(BIN)/python scripts/upgrade_fixture.py $(STAGE)

clean: ## throw away what was installed and made here
	@rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
