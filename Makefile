# make run      the dashboard with the sample council, on this machine
# make test     everything that is checked before a change is kept
# make soak     the long runs: fuzzing, kill drills
# make bench    how fast it is, on this machine
# make measure  the skeleton of a measure: ID=its_id STRAND=systems, and EXTRACT=referrals whose rows are its cases
# make pages    the pages and snapshots that are made from the code
# make lock     new versions of the dependencies into the lock files

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# for two processors: tests wait for other processes much of the time
WORKERS ?= 4
export SAFE_DATABASE_URL ?= sqlite:///safe.db
# what is compiled is kept, since tests start many processes
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak bench measure pages lock clean

run: $(VENV)/.run
	@test -e safe.db || $(BIN)/safe-dashboard load sample_data/council
	$(BIN)/safe-dashboard serve

# more processes than processors already: threads of their own only wait for one another (soak tries those)
test: export POLARS_MAX_THREADS := 1
test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not soak" -q

soak: $(VENV)/.dev
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "soak or fuzz" -q

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.growth
	$(BIN)/python -m tests.benchmarks.sizes
	$(BIN)/python -m tests.benchmarks.server
	$(BIN)/python -m tests.benchmarks.pages
	$(BIN)/python -m tests.benchmarks.packs

measure: $(VENV)/.dev
	$(BIN)/python -m tests.new_measure "$(ID)" "$(STRAND)" "$(or $(EXTRACT),referrals)"

pages: $(VENV)/.dev
	$(BIN)/python -m data_access.measures.worked_examples_page
	$(BIN)/python -m data_access.extracts.format_page
	$(BIN)/python -m data_access.quality.rules_page
	$(BIN)/python -m dashboard.analysis.sentence_table
	$(BIN)/python -m tests.data_access.test_sql_snapshots

lock: $(VENV)/.dev
	$(PIP) uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-annotate --no-header --python-version 3.11 pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.txt \
	    -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis safe.db safe.db-wal safe.db-shm

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-build-isolation --no-deps -e .
	@touch $@ $(VENV)/.run
