# Everything a developer does, by name. Needs nothing but make and a Python from 3.11 to 3.14.
#
#   make PYTHON=/path/to/python3.12 ...   another Python than the newest one found
#   make PORT=9000 run                    another port than 8000
#   make TESTS="tests/server -k ask" test some of the tests
#   make LOAD="--triples 100000 --rounds 1" bench-load   a smaller or shorter run
#   make SUITES=DIR conformance      the W3C's tests of SPARQL, from a copy of w3c/rdf-tests
#   make READING="--corpus polnear=DIR" bench-reading   a public corpus as well, where it is

PORT ?= 8000
TESTS ?=
READING ?=
LOAD ?=
SUITES ?=
OF ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --no-input --disable-pip-version-check --require-virtualenv
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help run install test check lint format types imports docs lock clean \
	bench bench-hostile bench-reading bench-load conformance openapi

help: ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 - \2/p' $(MAKEFILE_LIST)

run: $(VENV)/installed-run ## build the release of the seeds, ask it who said what about AI, serve it on port 8000
	$(BIN)/onrecord build
	$(BIN)/onrecord ask who-said-what --about ai
	$(BIN)/onrecord serve --port $(PORT)

install: $(VENV)/installed-test ## the environment for running and testing, in .venv

test: $(VENV)/installed-test ## all tests, on all cores
	$(BIN)/python -m pytest -n auto $(TESTS)

check: lint types imports ## lint, types and imports

lint: $(VENV)/installed-test ## style (ruff)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

format: $(VENV)/installed-test ## put the style right where ruff can
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

types: $(VENV)/installed-test ## strict types (mypy)
	$(BIN)/python -m mypy

imports: $(VENV)/installed-test ## who may import whom (import-linter)
	$(BIN)/lint-imports

docs: $(VENV)/installed-run ## write the reference pages anew from the ontology, the shapes, the canned queries and HTTP
	$(BIN)/python -m ontology.reference > docs/ontology.md
	$(BIN)/python -m shapes.reference > docs/shapes.md
	$(BIN)/python -m server.canned.reference > docs/queries.md
	$(BIN)/python -m server.http.reference > docs/http.md

bench: $(VENV)/installed-test ## times of a build and of the command line, as whole processes
	$(BIN)/python -m bench.commands

bench-hostile: $(VENV)/installed-test ## ten thousand hostile requests, and what a well-behaved client notices of them (about half an hour)
	$(BIN)/python -m bench.hostile

bench-reading: $(VENV)/installed-peers ## write docs/reading-benchmark.md: what is read, how well, how fast, beside others
	$(BIN)/python -m bench.reading.page docs/reading-benchmark.md --gold seeds tests/reading/articles tests/reading/held-out $(READING)

bench-load: $(VENV)/installed-peers ## throughput and latency beside oxigraph and rdflib-endpoint (needs wrk)
	$(BIN)/python -m bench.load $(LOAD)

conformance: $(VENV)/installed-test ## write docs/conformance.md: the W3C's tests, from the copy of w3c/rdf-tests in SUITES
	$(BIN)/python -m bench.conformance $(SUITES) docs/conformance.md --of "$(OF)"

openapi: $(VENV)/installed-test $(VENV)-openapi/installed ## hold a server against its OpenAPI document (schemathesis)
	$(BIN)/python -m bench.openapi $(VENV)-openapi/bin/schemathesis

lock: $(VENV)/installed-lock ## lock the newest dependencies pyproject.toml allows (needs the network)
	$(LOCK) --upgrade pyproject.toml -o requirements/run.txt
	$(LOCK) --upgrade pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
	$(LOCK) --upgrade pyproject.toml --group peers -c requirements/run.txt -o requirements/peers.txt
	$(LOCK) --upgrade --group openapi -o requirements/openapi.txt
	$(LOCK) --upgrade --group build -c requirements/test.txt -o requirements/build.txt
	$(LOCK) --upgrade --group lock -o requirements/lock.txt

clean: ## remove the environment and everything made; releases in .onrecord stay
	rm -rf $(VENV) $(VENV)-openapi build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp file stands for a finished step, so that a second run has nothing to do. An environment whose Python no
# longer runs (an upgrade took it away) is made anew.
ifneq ($(wildcard $(VENV)),)
ifneq ($(shell $(BIN)/python -c 'print("runs")' 2>/dev/null),runs)
$(shell rm -rf $(VENV))
endif
endif

$(VENV)/created:
	@python=$$(PYTHON='$(PYTHON)' sh requirements/find-python) && \
	echo "making $(VENV) with $$python" && rm -rf $(VENV) && "$$python" -m venv $(VENV) && touch $@

$(VENV)/installed-run: $(VENV)/created requirements/run.txt requirements/build.txt pyproject.toml
	@echo "installing what onrecord needs"
	@$(INSTALL) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed-run requirements/test.txt
	@echo "installing what the tests need"
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/installed-peers: $(VENV)/installed-run requirements/peers.txt
	@echo "installing what is compared with"
	@$(INSTALL) --require-hashes -r requirements/peers.txt
	@touch $@

# Apart from the others, because it draws in what they have in other versions.
$(VENV)-openapi/installed: $(VENV)/created requirements/openapi.txt
	@echo "installing what the OpenAPI document is held against"
	@rm -rf $(VENV)-openapi && $(BIN)/python -m venv $(VENV)-openapi
	@$(VENV)-openapi/bin/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes \
		-r requirements/openapi.txt
	@touch $@

$(VENV)/installed-lock: $(VENV)/installed-run
	@$(INSTALL) --require-hashes -r requirements/lock.txt
	@touch $@
