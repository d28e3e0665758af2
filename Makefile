# Each target works alone, from a fresh clone; see README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready

.DEFAULT_GOAL := help
.PHONY: help run test check lint bench soak lock clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_READY): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(TEST_READY): requirements-dev.txt $(RUN_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(RUN_READY) ## serve the command centre on HOST:PORT (127.0.0.1:8050)
	@exec $(BIN)/python cli.py serve

test: $(TEST_READY) ## every test, on a real browser and both databases
	@sh tests/install_packages.sh
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m 'not alone'
	@$(BIN)/python -m pytest -m alone

lint: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test ## lint, format, types, then every test

bench: $(TEST_READY) ## the benchmarks of the README
	@$(BIN)/python -m tests.bench

soak: $(TEST_READY) ## the endurance run of the README
	@$(BIN)/python -m tests.soak
	@$(BIN)/python -m tests.soak_wall
	@$(BIN)/python -m tests.wall_faults

lock: $(TEST_READY) ## renew requirements*.txt from requirements*.in
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
