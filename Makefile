# Kith: set up, run, test and check. Needs python3 (3.11 or newer), make and git; nothing else.
#
#   make run      set up and start a node on http://localhost:8420, its data in data/
#   make test     set up and run all tests
#   make interop  set up and run the tests with real client programs; `make test` does it too
#   make canary   prove that nothing private leaves a node, with a table of all ways out
#   make check    formatting, lint, import contracts, types, migrations, shape
#
# PYTHON=python3.13 chooses the interpreter that makes .venv; ARGS="..." is handed to kith or pytest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
READY_DEV := $(VENV)/ready-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade

.PHONY: setup setup-dev run test interop canary check format bench messages lock help
.DEFAULT_GOAL := help

help:
	@sed -n '3,9s/^# \{0,1\}//p' Makefile

setup: $(READY)
	@:

setup-dev: $(READY_DEV)
	@:

# The virtual environment. A half-made one, without pip, is completed in place.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Kith needs Python 3.11 or newer. Name one: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "setup: virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -f $@; echo "python3 -m venv failed. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

$(READY): $(BIN)/python requirements.lock pyproject.toml
	@echo "setup: locked dependencies"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@echo "setup: the kith command"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q activitypub federation migrations node storage
	@touch $@

$(READY_DEV): $(READY) requirements-dev.lock
	@echo "setup: tools for tests and checks"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

run: setup
	@exec $(BIN)/kith serve --data data $(ARGS)

test: setup-dev
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --durations 40 \
		--ignore tests/benchmarks --ignore tests/interop $(ARGS)
	@$(MAKE) --no-print-directory interop

# Real clients, each test shown by its name. They are fetched from PyPI and npm into .interop/.
interop: setup-dev
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup -vv tests/interop

canary: setup-dev
	@$(BIN)/python -m pytest tests/canary $(ARGS)

check: setup-dev
	@echo "check: formatting"
	@$(BIN)/ruff format --quiet --check . || { echo "Run: make format" >&2; exit 1; }
	@echo "check: lint"
	@$(BIN)/ruff check --quiet .
	@echo "check: imports"
	@$(BIN)/lint-imports --no-cache
	@echo "check: types"
	@$(BIN)/mypy
	@echo "check: migrations"
	@$(BIN)/python -m tests.check_migrations
	@echo "check: shape"
	@$(BIN)/python -m pytest tests/test_shape.py

format: setup-dev
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format .

bench: setup-dev
	@$(BIN)/python -m tests.benchmarks $(ARGS)

# Collects every sentence of the interface for translators (node/web/locale/README.md).
messages: setup-dev
	@$(BIN)/pybabel --quiet extract -F node/web/babel.cfg -k N_ -o node/web/locale/kith.pot .

# Pins every dependency with its hashes, for all platforms. Commit the result.
lock: setup-dev
	@$(COMPILE) --output-file requirements.lock --group build pyproject.toml
	@$(COMPILE) --output-file requirements-dev.lock --group build --extra dev \
		--constraint requirements.lock pyproject.toml
	@echo "lock: requirements.lock and requirements-dev.lock are new; run make check and make test"
