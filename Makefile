# Every command takes PORT and VAR (where database, media and secret live), so that several copies can run side by side.
PORT ?= 8000
VAR ?= var
STORY ?=
TITLE ?=
PACK ?=
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export VAR
SOURCES := config reader wiki tests manage.py

.PHONY: help run stop test quick check lint types contracts format migrations bench worlds pins browser clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

$(VENV)/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp ## serve the site on localhost:PORT; STORY=file TITLE="…" adds a manuscript, PACK=folder its wiki
	@$(BIN)/python manage.py serve --port $(PORT) $(if $(STORY),--story "$(STORY)") $(if $(TITLE),--title "$(TITLE)") $(if $(PACK),--pack "$(PACK)")

stop: ## stop the site and the database of this VAR
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m config.serving stop "$(VAR)"; fi

test: $(VENV)/dev.stamp browser ## all tests
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

quick: $(VENV)/dev.stamp ## the tests without a browser
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser" $(ARGS)

check: $(VENV)/dev.stamp lint types contracts deploy ## what has to pass before a change is kept
	@NEED_BROWSER=1 $(MAKE) --no-print-directory test

worlds: $(VENV)/dev.stamp ## the two-worlds proof on thousands of random wikis
	@HYPOTHESIS_PROFILE=explore WORLDS=$(or $(WORLDS),2000) $(BIN)/python -m pytest tests/worlds $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2 --check

types: $(VENV)/dev.stamp
	$(BIN)/mypy $(SOURCES)

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

deploy: $(VENV)/dev.stamp
	@HTTPS=1 ALLOWED_HOSTS=example.org $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/dev.stamp ## put code and templates into shape
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2

bench: $(VENV)/dev.stamp ## measure, and print a small table
	@$(BIN)/python -m tests.bench

browser: ## a Chromium for the tests, where this machine lets us install one
	@tests/browser/install.sh

pins: ## write requirements*.txt anew from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --extra dev pyproject.toml -o requirements-dev.txt

clean: stop ## remove what was made here
	rm -rf $(VENV) "$(VAR)"
