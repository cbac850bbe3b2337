# Linli (邻里). `make help` lists the targets.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# Compiled files are kept, whatever the shell says: a start compiles three hundred files otherwise.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check format faults story bench spec migration clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */  make \1\t/' | expand -t 20

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Linli needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@echo "  making $(VENV) and installing what requirements.lock pins (about half a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q backend
	@touch $(STAMP)

run: $(STAMP)  ## bring everything up with a community living in it (Ctrl-C stops it)
	@exec $(BIN)/linli serve

test: $(STAMP)  ## the whole suite, on servers it starts itself
	$(BIN)/python -m pytest -n 3 --dist loadgroup

check: $(STAMP)  ## format, lint, strict types, import contracts, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/linli spec --check

format: $(STAMP)  ## mend format and simple lints
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

faults: $(STAMP)  ## killed processes, cancelled tasks, parallel presses; prints a table
	$(BIN)/python -m tests.faults

story: $(STAMP)  ## play the story against the running server (make run, in another terminal)
	@$(BIN)/linli story

bench: $(STAMP)  ## measure the hot doors; writes tests/bench/results.json
	$(BIN)/python -m tests.bench

spec: $(STAMP)  ## write api_spec/ anew
	$(BIN)/linli spec

migration: $(STAMP)  ## a new migration from the changes in tables.py
	PICCOLO_CONF=backend.piccolo_conf $(BIN)/piccolo migrations new linli --auto

clean:  ## remove the virtual environment and caches (data stays in the state folder)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
