# Two commands are all most people need: `make serve` and `make test`. Each sets up .venv by itself.

PYTHON ?= python3
VENV_BIN := .venv/bin
PIP_AUDIT := 2.10.1
CYCLONEDX := 11.12.0
# The warning about MkDocs 2 that Material prints at each start is answered in ARCHITECTURE.md.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup serve test build check handouts publish links wayout fuzz lock notices audit

help: ## Show what can be done
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

setup: ## Set up .venv; every other target does so by itself
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "setup: there is no $(PYTHON) on this machine; install Python 3.11 or newer (https://www.python.org/downloads/)" >&2; exit 2; }
	@$(PYTHON) scripts/handbook/bootstrap.py

serve: setup ## Show the handbook at http://127.0.0.1:8000/ and follow your changes
	@$(VENV_BIN)/handbook serve $(ARGS)

test: setup ## Run every test, those in a real browser too
	@$(VENV_BIN)/pytest -n auto --dist worksteal $(ARGS)

build: setup ## Check the pages and build the site into site/
	@$(VENV_BIN)/handbook build $(ARGS)

check: setup ## Check the pages and the site they make, and say what to mend
	@$(VENV_BIN)/handbook build --check-only $(ARGS)

handouts: setup ## Build the site with PDFs, books, and copies to read without internet
	@$(VENV_BIN)/handbook handouts $(ARGS)

publish: setup ## Build the site and publish it: make publish ARGS="--to DIR" (deploy/README.md)
	@$(VENV_BIN)/handbook publish $(ARGS)

lock: setup ## Renew requirements.lock from pyproject.toml
	@$(VENV_BIN)/uv pip compile --quiet --universal --python-version 3.11.5 --all-extras --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --upgrade pyproject.toml --output-file requirements.lock

links: setup ## Ask other sites whether what is linked to is still there (needs a network)
	@$(VENV_BIN)/handbook links $(ARGS)

wayout: setup ## Try the builders that could take the place of MkDocs (needs a network)
	@$(VENV_BIN)/handbook way-out $(ARGS)

fuzz: setup ## Try 100,000 hostile pages, data files, names and images (about an hour)
	@$(VENV_BIN)/handbook fuzz $(ARGS)

notices: setup ## Renew the list of other people's licences and the bill of materials from requirements.lock
	@$(VENV_BIN)/handbook notices --write

audit: setup ## Ask the public database whether a locked package has a known weakness (needs a network)
	@$(VENV_BIN)/uv run --quiet --no-project --isolated --python $(VENV_BIN)/python \
		--with "cyclonedx-python-lib[json-validation]==$(CYCLONEDX)" python -c 'import pathlib, sys; \
		from cyclonedx.schema import SchemaVersion; from cyclonedx.validation.json import JsonStrictValidator; \
		wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(pathlib.Path("deploy/sbom.cdx.json").read_text()); \
		sys.exit(f"audit: deploy/sbom.cdx.json is no valid CycloneDX 1.6: {wrong}" if wrong else 0)'
	@echo "The bill of materials is valid CycloneDX 1.6."
	@$(VENV_BIN)/uv tool run --quiet --from pip-audit==$(PIP_AUDIT) pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock || \
		{ echo "audit: not clean. A table above names known weaknesses; an error without a table means that the database could not be asked, so nothing is known." >&2; exit 1; }
