# Everything here works in a fresh clone with Python 3.11+ and pip; the first target that is made installs the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# `make test EXTRAS='--extra browser'` also installs what drives a browser
EXTRAS ?=
ARGS ?=

.PHONY: demo test lint bench serve clean

demo: $(VENV)/.synced
	$(BIN)/govdigest demo $(ARGS)

test: $(VENV)/.synced
	$(BIN)/pytest $(ARGS)

lint: $(VENV)/.synced
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.synced
	$(BIN)/python -m bench $(ARGS)

serve: $(VENV)/.synced
	$(BIN)/govdigest serve $(ARGS)

clean:
	rm -rf $(VENV) .govdigest build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find site -mindepth 1 ! -path site/README.md -delete
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# versions come from uv.lock; uv is a PyPI package like the others
$(VENV)/.synced: pyproject.toml uv.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "govdigest needs Python 3.11 or newer; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8'
	UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --inexact $(EXTRAS)
	touch $@
