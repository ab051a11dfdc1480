# Loket: `make demo` shows it at work, `make test` checks it; `make help` lists the rest.

# HiGHS (C++) is built once per target folder, about ten minutes: keep the folder outside the clone and share it.
TARGET ?= $(or $(CARGO_TARGET_DIR),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/loket/target)
export CARGO_TARGET_DIR := $(abspath $(TARGET))

# Written by .ci/setup where cmake and libclang come from PyPI.
ENVIRONMENT := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/loket/environment
READY = if [ -f "$(ENVIRONMENT)" ]; then . "$(ENVIRONMENT)"; fi;

# Random tests start from another seed every day; a failure prints how to repeat it.
LOKET_SEED ?= $(shell date -u +%Y%m%d)
LOKET_TINY ?= 500
LOKET_FROM ?= 0
N ?= 2000

LOKET = "$(CARGO_TARGET_DIR)/debug/loket"

.DEFAULT_GOAL := help
.PHONY: demo test differential soak bench setup help

demo: setup ## maak een lichting van 150 kandidaten, los haar op en controleer de uitkomst
	@$(READY) cargo build --locked --package loket-service --bin loket
	@mkdir -p demo
	$(LOKET) generate --preset amsterdam --candidates 150 --seed 1 -o demo/lichting.json
	$(LOKET) solve demo/lichting.json -o demo/uitkomst.json --progress
	$(LOKET) verify demo/lichting.json demo/uitkomst.json
	@echo "De lichting staat in demo/lichting.json, de uitkomst in demo/uitkomst.json."

test: setup ## alle tests (LOKET_SEED en LOKET_TINY sturen de toevallige lichtingen)
	@echo "LOKET_SEED=$(LOKET_SEED) LOKET_TINY=$(LOKET_TINY)   herhalen: make test LOKET_SEED=$(LOKET_SEED) LOKET_TINY=$(LOKET_TINY)"
	@$(READY) LOKET_SEED=$(LOKET_SEED) LOKET_TINY=$(LOKET_TINY) cargo test --locked --workspace

differential: setup ## N toevallige lichtingen, elk antwoord naast elk ander; een verschil wordt verkleind en bewaard in tests/waves
	@$(READY) LOKET_SEED=$(LOKET_SEED) LOKET_WAVES=$(N) LOKET_FROM=$(LOKET_FROM) LOKET_KEEP=1 \
		cargo test --locked --workspace --test all -- --nocapture random_waves_of_every_shape

soak: setup ## 20.000 toevallige lichtingen, in stukken; gaat verder waar het gebleven was
	@$(READY) .ci/soak

bench: setup ## metingen
	@$(READY) cargo bench --locked --profile dev --package loket-benches

setup: ## kijk of cargo, cmake en libclang er zijn, en haal wat ontbreekt
	@.ci/setup

help: ## deze lijst
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
