# Dakehu from a clean clone: `make demo` shows it, `make test` proves it, `make help` lists the rest.
SHELL := /bin/sh
BIN := .venv/bin
.DEFAULT_GOAL := help
PORT ?= 8000
.PHONY: help setup demo run test test-quick coverage check fix bench messages clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 20

setup: ## install Dakehu and its tools into .venv (quick when nothing changed)
	@tools/setup.sh

demo: setup ## a demonstration province with data, served on this machine (PORT=8000)
	@$(BIN)/dakehu demo --port $(PORT)

run: setup ## serve the installation in DAKEHU_HOME (default: var)
	@$(BIN)/dakehu run --port $(PORT)

test: setup ## everything: SQLite, PostgreSQL, other time zones, the browser
	@tools/install_browser.sh
	@$(BIN)/python -m tools.run_tests

test-quick: setup ## without databases and browser: rules, spec, generative, repository
	@$(BIN)/pytest tests/rules tests/spec tests/generative tests/repo

coverage: setup ## lines and branches that no test on SQLite reaches
	@$(BIN)/pytest --cov --cov-report=term-missing

check: setup ## lint, format, types, import contracts, templates, migrations, catalogues
	@$(BIN)/python -m tools.run_checks

fix: setup ## repair what can be repaired by machine
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench: setup ## measure the engine, the intake, the records, the search, tiers, cases and the night
	@$(BIN)/python -m bench

messages: setup ## bring the catalogues up to date with the texts, and compile them
	@$(BIN)/python -m tools.messages update

clean: ## remove what was built; data in DAKEHU_HOME stay
	@rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		.coverage* test-results dist build src/dakehu/ui/static/vendor
	@find src tests tools bench -name __pycache__ -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
