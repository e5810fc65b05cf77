# Everything here works on a machine with Python 3.11 or newer and make; Node.js comes from the Python environment.

PYTHON ?=
PORT ?= 8000
WORKERS ?= 2
UV := uv==0.13.9
export PORT

VENV := .venv/bin
STAMPS := .venv/stamps
ASSETS := app/web/static/manifest.json
ENGLISH := app/web/translations/en/LC_MESSAGES/messages

# bpmnlint's rules on joins are off: an exclusive gateway or a task passes every token on, which is what alternatives and loops need.
DIAGRAMS := $(shell find processes -name '*.bpmn')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test check bench lock assets draw screenshots

help: ## Say what can be made
	@echo "make <what>:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' Makefile

setup: $(STAMPS)/package $(ASSETS) $(ENGLISH).mo ## Build .venv and the browser files

run: setup ## Fill a demo database in var/ if there is none, print the logins, serve http://127.0.0.1:$PORT (PORT=8000)
	$(VENV)/veilige-route demo

test: setup $(STAMPS)/develop ## Run every test, PostgreSQL and a real browser included (WORKERS=2)
	$(VENV)/python -m tools.ensure_chromium
	$(VENV)/python -m pytest -q -n $(WORKERS) --dist worksteal

check: setup $(STAMPS)/develop ## Style, types, layers, sizes and diagrams
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/python -m tools.budgets
	$(VENV)/veilige-route check processes
	$(VENV)/python -m tools.drawing --check
	tools/node.sh node node_modules/bpmnlint/bin/bpmnlint.js --max-warnings 0 $(DIAGRAMS)
	tools/node.sh node tools/compatible.mjs $(DIAGRAMS)

bench: setup $(STAMPS)/develop ## Measure speed and memory on SQLite and PostgreSQL (BENCH_JSON=file writes the figures)
	$(VENV)/python -m tools.ensure_chromium
	$(VENV)/python -m bench

assets: $(ASSETS) ## Bundle scripts, styles and fonts into app/web/static/

draw: setup $(STAMPS)/develop ## Draw the diagrams from their tables, and photograph them into docs/diagrams/
	$(VENV)/python -m tools.drawing
	$(VENV)/python -m tools.ensure_chromium
	$(VENV)/python -m tools.drawing.render docs/diagrams

screenshots: setup $(STAMPS)/develop ## Photograph every page
	$(VENV)/python -m tools.ensure_chromium
	$(VENV)/python -m tests.browser.screenshots

lock: node_modules/.installed ## Lock the dependencies again after a change in requirements/*.in or package.json
	made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && $(VENV)/python -m venv "$$made" && "$$made/bin/pip" install -q $(UV) && \
	for name in run develop; do \
	    "$$made/bin/uv" pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header \
	        requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	tools/node.sh npm install --package-lock-only --ignore-scripts

$(VENV)/python:
	python="$(PYTHON)" && { test -n "$$python" || python=$$(tools/find_python.sh); } && "$$python" -m venv .venv

$(STAMPS)/run: requirements/run.txt | $(VENV)/python
	$(VENV)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/develop: requirements/develop.txt | $(STAMPS)/run
	$(VENV)/pip install -q --disable-pip-version-check --require-hashes -r requirements/develop.txt
	@touch $@

$(STAMPS)/package: pyproject.toml | $(STAMPS)/run
	$(VENV)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc | $(STAMPS)/run
	tools/node.sh npm ci --ignore-scripts
	@touch $@

$(ASSETS): node_modules/.installed tools/build_assets.mjs $(shell find app/web/assets -type f)
	tools/node.sh node tools/build_assets.mjs

$(ENGLISH).mo: $(ENGLISH).po | $(STAMPS)/package
	$(VENV)/python -m tools.translations compile
