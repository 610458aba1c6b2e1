# copbot: `make setup`, `make run`, `make test`.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export RASA_TELEMETRY_ENABLED := false
# Bytecode is what makes the second start fast.
unexport PYTHONDONTWRITEBYTECODE

CLEAN := env -u PYTHONDONTWRITEBYTECODE
UV := $(CLEAN) .tools/bin/uv
BIN := $(CLEAN) .venv/bin
PYTHON := .venv/bin/python
LOCK := pip compile --quiet --python-version 3.10 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: help setup run test soak check format lock

help: ## Show what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/.synced ## Make the environment, or bring it up to date

.tools/bin/uv:
	scripts/bootstrap.sh

.venv/bin/python: | .tools/bin/uv
	$(UV) venv --python 3.10 .venv

.venv/.synced: requirements-dev.lock pyproject.toml | .venv/bin/python
	if ! cmp --silent requirements-dev.lock .venv/.synced; then \
	  $(UV) pip sync --compile-bytecode --python $(PYTHON) requirements-dev.lock; fi
	$(UV) pip install --quiet --no-deps --python $(PYTHON) --editable .
	cp requirements-dev.lock .venv/.synced

run: setup ## Start copbot
	$(BIN)/copbot serve

test: setup ## Everything that has to hold before a change goes in
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy bot
	$(BIN)/copbot check
	$(BIN)/pytest -q

soak: setup ## The long runs
	$(BIN)/pytest -q -m soak

check: setup ## Check the content
	$(BIN)/copbot check

format: setup ## Format the Python files and sort their imports
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: .tools/bin/uv ## Write the lock files anew
	$(UV) $(LOCK) pyproject.toml --output-file requirements.lock
	$(UV) $(LOCK) --extra dev pyproject.toml --output-file requirements-dev.lock
