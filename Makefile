# The two that matter: `make run` and `make test`. Each installs what it needs, once.

python := .venv/bin/python
KILLS  ?= 1000

.PHONY: help run test check format demo guide golden build bench bench-check bench-peers soak kill-test-long clean setup-run setup-test setup-build setup-peers

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: setup-run ## open the sidebar (ARGS="--data-dir /tmp/try" is passed on)
	@$(python) main.py $(ARGS)

# A skipped test fails the run: on a machine set up by this file nothing is missing.
# Windows are painted off-screen; tests/e2e starts an X server of its own for real ones.
test: setup-test ## run every test (ARGS="tests/call -k hold" chooses)
	@YORISOI_NO_SKIP=1 QT_QPA_PLATFORM=offscreen $(python) -m pytest $(ARGS)

check: setup-test ## style, formatting, types, and who may import whom
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy
	@.venv/bin/lint-imports --no-logo

format: setup-test ## put the code into shape
	@$(python) -m ruff check --fix-only --quiet .
	@$(python) -m ruff format .

# A picture in docs/pictures is renewed from the one of the same name that the sample call leaves.
demo: setup-run ## play the sample call into build/demo and renew the README's pictures
	@rm -rf build/demo
	@$(python) main.py demo --out build/demo $(ARGS)
	@for picture in docs/pictures/*.png; do \
	  if [ -e "$$picture" ]; then cp "build/demo/$${picture##*/}" "$$picture" || exit 1; fi; \
	done

guide: setup-test ## renew what docs/ has from a command: pictures of the guide, page of keys, imports
	@$(python) tools/guide_pictures.py
	@$(python) tools/keys_card.py
	@$(python) tools/architecture_picture.py

# Read the difference before it is kept: these are what a superior reads.
golden: setup-test ## write the golden files of all sample papers anew (tests/handoff/golden)
	@YORISOI_RENEW_GOLDEN=1 QT_QPA_PLATFORM=offscreen $(python) -m pytest -q \
	  tests/handoff/test_golden.py tests/handoff/test_all_papers.py tests/handoff/test_month.py
	@git --no-pager diff --stat -- tests/handoff/golden

# Built, then tried: the sample call, and a call by keyboard in a window of its own.
build: setup-build ## make dist/yorisoi, a folder that runs without Python, and try it
	@$(python) -m PyInstaller --noconfirm --log-level ERROR --workpath build/pyinstaller build.spec
	@YORISOI_PROGRAM=$(CURDIR)/dist/yorisoi/yorisoi YORISOI_NO_SKIP=1 QT_QPA_PLATFORM=offscreen \
	  $(python) -m pytest -q tests/built tests/e2e/test_keyboard_call.py tests/e2e/test_second_start.py

# Not in CI: a shared machine says nothing about speed. ARGS="--rounds 50 --no-write" tries it.
bench: setup-test ## measure speed and memory, as ratios, into benchmarks/RESULTS.md
	@$(python) benchmarks/run.py $(ARGS)

bench-check: setup-test ## fail where a ratio got worse by over a fifth against RESULTS.md
	@QT_QPA_PLATFORM=offscreen $(python) benchmarks/check.py $(ARGS)

# `bench` does this, too, where the other programs are; this installs them, and says so before.
bench-peers: setup-peers ## install what a user would pick instead, and measure only that
	@$(python) benchmarks/run.py --only peers $(ARGS)

soak: setup-test ## eight simulated hours of calls: memory, handles, timers, warnings
	@QT_QPA_PLATFORM=offscreen $(python) benchmarks/soak.py $(ARGS)

kill-test-long: setup-test ## the kill test, KILLS=1000 times
	@YORISOI_KILLS=$(KILLS) QT_QPA_PLATFORM=offscreen $(python) -m pytest tests/e2e -k kill --timeout=0 -s

clean: ## remove what the tools made, not .venv
	@rm -rf build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

setup-run setup-test setup-build setup-peers: setup-%:
	@tools/setup.sh $*
