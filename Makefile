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

LOKET = "$(CARGO_TARGET_DIR)/debug/loket"

.DEFAULT_GOAL := help
.PHONY: demo test soak bench bench-parts bench-peers setup help

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

soak: setup ## 20.000 toevallige lichtingen, in stukken; gaat verder waar het gebleven was
	@$(READY) .ci/soak

# What bench and bench-peers measure: FAMILIES="amsterdam regio", SEEDS=1,2,3, CANDIDATES=50, REPEATS=3.
FAMILIES ?= amsterdam amsterdam-mixed rerun
SEEDS ?= 1,2,3
REPEATS ?= 1
comma := ,
empty :=
space := $(empty) $(empty)
WAVES = "$(CARGO_TARGET_DIR)/debug/waves"
PICK = --families $(subst $(space),$(comma),$(strip $(FAMILIES))) --seeds $(SEEDS) --repeats $(REPEATS) \
	$(if $(CANDIDATES),--candidates $(CANDIDATES)) $(if $(LIMIT),--seconds $(LIMIT))
PEERS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/loket/peers

bench: setup ## meet hele lichtingen (FAMILIES, SEEDS, CANDIDATES, REPEATS en LIMIT sturen wat)
	@$(READY) cargo build --locked --workspace
	@$(WAVES) run $(PICK)

bench-parts: setup ## meet onderdelen apart
	@$(READY) cargo bench --locked --profile dev --workspace --bench parts

bench-peers: setup $(PEERS)/ready ## dezelfde lichtingen met andere oplossers (AGAIN=1 begint opnieuw, PEER_SECONDS is hun grens)
	@$(READY) cargo build --locked --workspace
	@$(WAVES) peers --python "$(PEERS)/bin/python" --script benches/peers/peer.py $(PICK) \
		$(if $(PEER_SECONDS),--peer-seconds $(PEER_SECONDS)) $(if $(AGAIN),--again)

$(PEERS)/ready: benches/peers/requirements.txt
	@python3 -m venv "$(PEERS)"
	@"$(PEERS)/bin/pip" install --quiet --disable-pip-version-check --requirement benches/peers/requirements.txt
	@touch "$@"

setup: ## kijk of cargo, cmake en libclang er zijn, en haal wat ontbreekt
	@.ci/setup

help: ## deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile
