# Two commands do everything: `make report` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ACCESSIBILITY := .venv-accessibility
VTL := .venv-vtl
TERRITORY ?= massa-carrara
OUT ?= out

.DEFAULT_GOAL := help
.PHONY: help report test lint bench soak pictures manual golden lock clean browser java database office

help:  ## What there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

# A stamp is written only after its step has ended well: an interrupted one is done again.
$(VENV)/.core: requirements/core.lock pyproject.toml
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements/core.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.develop: requirements/develop.lock $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements/develop.lock
	touch $@

# The PDF accessibility checkers live apart: one of them depends on an AGPL library.
$(ACCESSIBILITY)/.done: requirements/accessibility.lock
	test -x $(ACCESSIBILITY)/bin/pip || $(PYTHON) -m venv $(ACCESSIBILITY)
	$(ACCESSIBILITY)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements/accessibility.lock
	touch $@

# The VTL engine that the exported rules are compared with: AGPL, with old pins.
$(VTL)/.done: requirements/vtl.lock
	test -x $(VTL)/bin/pip || $(PYTHON) -m venv $(VTL)
	$(VTL)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements/vtl.lock
	touch $@

report: $(VENV)/.core  ## Compile the report of TERRITORY (massa-carrara) in every format into OUT (out/)
	$(BIN)/rendiconto build $(TERRITORY) --out $(OUT)

browser:  # Debian's Chromium, for the tests in a real browser
	@if command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else echo "The browser tests need Chromium: sudo apt-get install chromium" >&2; exit 1; fi

java:  # Debian's Java, for Spark
	@if command -v java >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; \
	else echo "The tests of Spark need Java: sudo apt-get install openjdk-17-jre-headless" >&2; exit 1; fi

database:  # Debian's PostgreSQL, of which the tests start a server of their own
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; \
	else echo "The tests of databases need PostgreSQL: sudo apt-get install postgresql" >&2; exit 1; fi

office:  # Debian's LibreOffice Writer, through which `make soak` sends our Word files
	@if [ -e "$$(dirname "$$(readlink -f "$$(command -v soffice)")")/libswlo.so" ]; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui; \
	else echo "The long tests need LibreOffice: sudo apt-get install libreoffice-writer-nogui" >&2; exit 1; fi

test: $(VENV)/.develop $(ACCESSIBILITY)/.done $(VTL)/.done browser java database  ## Run all tests (installs what they need)
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.develop  ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.develop  ## Measure builds, intake, checks, reading, audits, commentary, microdata; planted faults found
	$(BIN)/python bench/build.py
	$(BIN)/python bench/checks.py
	$(BIN)/python bench/faults.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/audits.py
	$(BIN)/python bench/prose.py
	$(BIN)/python bench/microdata.py
	$(BIN)/python bench/italy.py

soak: $(VENV)/.develop $(ACCESSIBILITY)/.done $(VTL)/.done browser java database office  ## Long campaigns: many synthetic territories, many examples
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n 2 --dist loadgroup -m "soak or not soak"

pictures: $(VENV)/.develop browser  ## Make the README's pictures again from a fresh build
	$(BIN)/rendiconto build $(TERRITORY) --out $(OUT)
	$(BIN)/python scripts/pictures.py $(OUT)/$(TERRITORY)-2024 docs/pictures $(wildcard $(OUT)/sito-2024)

manual: $(VENV)/.develop  ## Write the manual's generated pages again
	cd tests/spec && PYTHONPATH=.:.. ../../$(BIN)/python language.py
	$(BIN)/python tests/documented/checks_page.py
	$(BIN)/python tests/documented/rules_tables.py

golden: $(VENV)/.develop  ## Write the golden files again, after a change that is meant
	$(BIN)/python tests/golden/golden.py
	$(BIN)/python tests/prose/goldenprose.py

lock:  ## Pin all dependencies again
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-header --python-version 3.11 pyproject.toml -o requirements/core.lock
	$(BIN)/uv pip compile --quiet --no-header --python-version 3.11 pyproject.toml --extra sdmx --extra test --extra lint \
	  --constraint requirements/core.lock -o requirements/develop.lock
	$(BIN)/uv pip compile --quiet --no-header --python-version 3.11 requirements/accessibility.in -o requirements/accessibility.lock
	$(BIN)/uv pip compile --quiet --no-header --python-version 3.11 requirements/vtl.in -o requirements/vtl.lock

clean:  ## Remove what was built and installed here
	rm -rf $(VENV) $(ACCESSIBILITY) $(VTL) $(OUT)
