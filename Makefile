# make help says what there is. Each target makes its own .venv when that is missing or out of date.
PYTHON ?= python3
JOBS ?= 2
ARGS ?=
NOTEBOOKS ?= $(wildcard notebooks/*.ipynb)
OPEN ?= 1_1_math_and_python
URL ?=
PYODIDE ?= cdn

BIN := .venv/bin
READY := .venv/ready
MODULES := node_modules/.package-lock.json
# In a container you may be root, and JupyterLab wants to hear that this is meant.
ALLOW_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm

.PHONY: help book test check versions mutants lint bench study imports lab serve notebooks cards \
    address vendor colab clean

help:
	@echo "make book       build the book and print the page to open (with PYODIDE=self the site brings"
	@echo "                the Python of its pages along: 26 MB, fetched once)"
	@echo "make serve      serve the built book on this machine, so that the cells of its pages run"
	@echo "make test       check the code, run every notebook and compare it with what is stored"
	@echo "                (make test ARGS=tests/nnlib/test_layers.py runs a part)"
	@echo "make check      the same without a browser and without the notebooks: for whoever edits"
	@echo "make versions   test the library on every Python and NumPy that it is meant for"
	@echo "make lint       formatter, linter and types alone"
	@echo "make bench      time an update beside plain NumPy and other libraries (two minutes)"
	@echo "make study      train what the record of section 1.4.3 lacks (two minutes for all of it;"
	@echo "                make study ARGS='--scheduler tcp://host:8786' on a Dask cluster)"
	@echo "make imports    draw which module imports which"
	@echo "make mutants    change nnlib in 500 places, one at a time: do the tests notice? (half an hour;"
	@echo "                make mutants ARGS='graph --count 50' for a part)"
	@echo "make lab        open the first chapter in JupyterLab (another: OPEN=1_4_spiral)"
	@echo "make notebooks  run the notebooks and store their outputs (NOTEBOOKS=notebooks/... for some)"
	@echo "make cards      draw the pictures of the landing page"
	@echo "make address    write another address of the repository everywhere (URL=https://...)"
	@echo "make vendor     bundle what live pages have from others, after a change in package.json"
	@echo "make colab      run every notebook as Colab and Binder do, alone in an empty folder"
	@echo "make clean      remove everything that the other targets made"

$(READY): requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "$(PYTHON) is older than Python 3.11: try make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt
	@touch $@

book: $(READY)
	PYODIDE=$(PYODIDE) $(BIN)/jupyter-book build . --all -W -n --keep-going
	@$(BIN)/python -c 'from pathlib import Path; print("Open this page:", Path("_build/html/index.html").absolute().as_uri())'
	@echo "To run the cells of its pages, use: make serve"

serve: $(READY)
	@$(BIN)/python tools/serve.py $(ARGS)

$(MODULES): package.json package-lock.json $(READY)
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

test: lint
	$(NPM) --silent test
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: lint
	$(NPM) --silent test
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile tests --ignore=tests/browser \
	    --ignore=tests/test_book.py --ignore=tests/test_elsewhere.py $(ARGS)

versions: $(READY)
	$(BIN)/nox

lint: $(READY) $(MODULES)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(NPM) --silent run lint

bench: $(READY)
	PYTHONPATH="$(CURDIR)" $(BIN)/python benchmarks/training.py $(ARGS)

study: $(READY)
	PYTHONPATH="$(CURDIR)" $(BIN)/python -m nnbook.study nnbook/records/spiral_study.csv $(ARGS)

imports: $(READY)
	$(BIN)/python tools/imports.py

mutants: $(READY)
	$(BIN)/python -m tools.mutants --jobs $(JOBS) $(ARGS)

# Notebooks that are not trusted show no drawings.
lab: $(READY)
	@$(BIN)/jupyter-trust $(NOTEBOOKS) >/dev/null
	$(BIN)/jupyter-lab notebooks --LabApp.default_url=/lab/tree/$(OPEN).ipynb \
	    --LabApp.news_url=None $(ALLOW_ROOT) $(ARGS)

notebooks: $(READY)
	$(BIN)/python tools/store_outputs.py --jobs $(JOBS) $(NOTEBOOKS)

cards: $(READY)
	$(BIN)/python tools/cards.py

address: $(READY)
	$(BIN)/python tools/address.py $(URL)

vendor: $(MODULES)
	$(NPM) --silent run vendor

colab: $(READY)
	NNBOOK_ELSEWHERE=all $(BIN)/python -m pytest tests/test_elsewhere.py $(ARGS)

clean:
	rm -rf .venv .nox node_modules _build .pytest_cache .ruff_cache .mypy_cache .hypothesis nnlib.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
