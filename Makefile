# Everything here works in a fresh clone with python3 (3.11 or newer) and make.
PYTHON ?= python3
FILE ?= problems/7_1.yaml
# Extra arguments: `make test ARGS="-k softmax"`, `make bench ARGS=depth`; `make test SLOW=1` takes
# the slow tests too.
ARGS ?=
SLOW ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest $(if $(SLOW),-m "slow or not slow")

.DEFAULT_GOAL := check
.PHONY: help solve test check fmt fmt-check lint type golden bench bench-peers clean

help:  ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

solve: $(VENV)/user  ## print the derivation of exercise 7.1 (another: FILE=...)
	@$(BIN)/symback solve $(FILE)

test: $(VENV)/test  ## install what the tests need and run them
	$(PYTEST) $(ARGS)

check: fmt-check lint type test  ## all that a change must pass

fmt: $(VENV)/dev  ## format the sources
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

fmt-check: $(VENV)/dev
	$(BIN)/ruff format --check --quiet .

lint: $(VENV)/dev  ## look for faults of style
	$(BIN)/ruff check --quiet .

type: $(VENV)/dev  ## check the types
	$(BIN)/mypy --no-error-summary

golden: $(VENV)/test  ## write the golden files and the generated tables anew
	$(BIN)/python -m pytest --quiet --update-golden $(ARGS)

bench: $(VENV)/test  ## measure against SymPy, and whichever peers are installed
	$(BIN)/python -m tests.benchmarks $(ARGS)
	$(if $(ARGS),,$(BIN)/python -m tests.benchmarks.grading)

bench-peers: $(VENV)/test  ## install the peers that `make bench` compares with
	$(PIP) casadi pytensor jax

clean:  ## remove what make, pytest and Python have left
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find symback tests -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each set of dependencies: installed anew when pyproject.toml changes.
$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "symback needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/user: pyproject.toml | $(VENV)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/test: pyproject.toml | $(VENV)/python
	$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/user

$(VENV)/dev: pyproject.toml | $(VENV)/python
	$(PIP) --editable '.[test,dev]'
	@touch $@ $(VENV)/test $(VENV)/user
