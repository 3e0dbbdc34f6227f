# `make run` and `make test` need only Python 3.11+ and make; both create .venv and install into it, once.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: run test test-postgres test-browser soak fuzz audit coverage bench lint types clean

# With a token (config.toml or the environment) the bot; without one the sandbox.
run: $(INSTALLED)
	$(BIN)/python -m bot

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak and not long"

# The whole suite on a real PostgreSQL, and what is long (the journey of a year, several processes, LibreOffice).
test-postgres: $(INSTALLED)
	SCHOOLBOT_TEST_POSTGRES=1 $(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak" --ignore=tests/browser

# The sandbox's page in Chromium (Debian: chromium). The pictures of the documentation anew: SCHOOLBOT_PICTURES=1
test-browser: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[browser]'
	$(BIN)/python -m pytest -m "not soak" tests/browser

soak: $(INSTALLED)
	$(BIN)/python -m pytest -m "soak or long"

# Updates and presses led by what they reach: 100,000 in an hour or so; WHAT=press or raw, RUNS=1000. Linux, x86-64.
RUNS ?= 100000
fuzz: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.security.fuzz $(WHAT) -runs=$(RUNS)

# Known holes of what is pinned; fails, too, where PyPI does not say. Needs the internet; its .venv is its own, so that it
# may be called anywhere.
audit:
	test -x .venv-audit/bin/pip-audit || $(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip install --quiet --disable-pip-version-check -c constraints.txt pip-audit
	.venv-audit/bin/pip-audit --strict --requirement constraints.txt --no-deps --disable-pip

coverage: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak and not long" --cov --cov-report=term

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

clean:
	rm -rf .venv .venv-audit build dist *.egg-info

# Installs again only when what is to be installed has changed.
$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
