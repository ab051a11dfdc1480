# Loket: `make demo` shows it at work, `make test` checks it; `make help` lists the rest.

# HiGHS (C++) is built once per target folder, about ten minutes: keep the folder outside the clone and share it.
# Another place: make CARGO_TARGET_DIR=folder. No variable here is called TARGET: bindgen has HiGHS built again when that one of the
# environment changes, and make puts what is given on its command line into the environment.
CACHE = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/loket
override CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),$(CACHE)/target))
export CARGO_TARGET_DIR
unexport TARGET

# Written by .ci/setup where cmake and libclang come from PyPI.
ENVIRONMENT := $(CACHE)/environment
READY = if [ -f "$(ENVIRONMENT)" ]; then . "$(ENVIRONMENT)"; fi;

# Random tests start from another seed every day; a failure prints how to repeat it.
LOKET_SEED ?= $(shell date -u +%Y%m%d)
LOKET_TINY ?= 500
LOKET_EXPLAIN ?= 40
LOKET_FROM ?= 0
N ?= 2000

LOKET = "$(CARGO_TARGET_DIR)/debug/loket"

# Where `make install` puts the program: $(PREFIX)/bin. DESTDIR is for whoever packs it.
PREFIX ?= $(HOME)/.local
BIN = $(DESTDIR)$(abspath $(patsubst ~/%,$(HOME)/%,$(PREFIX)))/bin

# One selection of packages, always: another one asks for other features, and another HiGHS (docs/decisions/0001-one-profile.md).
CARGO_ALL = --locked --workspace

# `make demo` uses real schools when their table is at hand: the one named by SCHOOLS, else the one beside the clone.
SCHOOLS ?= $(wildcard ../shared/data/amsterdam_basisscholen_samengevoegd.csv)

# Where the demo's service listens; 0 lets the system choose.
DEMO_PORT ?= 0

.DEFAULT_GOAL := help
.PHONY: setup-tests release install put uninstall demo demo-schools demo-service demo-stop test differential soak bench bench-parts bench-peers bench-machines setup load schemathesis clients pictures help

demo: setup ## maak een lichting van 150 kandidaten, los haar op, controleer de uitkomst en start de dienst (SCHOOLS=lijst.csv: met echte scholen)
	@$(READY) cargo build $(CARGO_ALL)
	@mkdir -p demo
	$(LOKET) generate --preset amsterdam --candidates $(or $(CANDIDATES),150) --seed 1 -o demo/lichting.json
	$(LOKET) solve demo/lichting.json -o demo/uitkomst.json --progress
	$(LOKET) verify demo/lichting.json demo/uitkomst.json
	@if [ -n "$(SCHOOLS)" ]; then $(MAKE) --no-print-directory demo-schools SCHOOLS="$(SCHOOLS)"; fi
	@echo
	@echo "Verzonnen scholen: de lichting staat in demo/lichting.json, de uitkomst in demo/uitkomst.json."
	@if [ -n "$(SCHOOLS)" ]; then \
		echo "Echte scholen: demo/scholen-lichting.json en demo/scholen-uitkomst.json, samenvatting in demo/scholen.txt."; \
	else \
		echo "Met echte scholen: make demo SCHOOLS=pad/naar/scholen.csv (kolommen: zie README)."; \
	fi
	@echo
	@echo "Het programma staat in $(CARGO_TARGET_DIR)/debug/loket."
	@echo "make install zet het in $(PREFIX)/bin, zodat u het als loket kunt aanroepen."
	@$(MAKE) --no-print-directory demo-service

install: setup ## zet het programma loket in ~/.local/bin (PREFIX=map: in map/bin)
	@$(READY) cargo build $(CARGO_ALL)
	@$(MAKE) --no-print-directory put

release: setup ## maak het Debian-pakket, de lijst van onderdelen (CycloneDX) en het recept voor een container, in de map release
	@$(READY) cargo build $(CARGO_ALL)
	@$(READY) .ci/release $(LOKET)

# What was built last is put in its place in one step, also where that program is running.
put:
	@mkdir -p "$(BIN)"
	@cp $(LOKET) "$(BIN)/.loket.nieuw" && chmod 755 "$(BIN)/.loket.nieuw" && mv -f "$(BIN)/.loket.nieuw" "$(BIN)/loket"
	@echo "loket staat in $(BIN)/loket. Weghalen: make uninstall$(if $(filter $(HOME)/.local,$(PREFIX)),, PREFIX=$(PREFIX))"
	@case ":$$PATH:" in *":$(BIN):"*) ;; *) \
		echo "$(BIN) staat nog niet in PATH. Voor dit venster: export PATH=\"$(BIN):\$$PATH\"" ;; esac

uninstall: ## haal het programma weer weg uit ~/.local/bin (of PREFIX)
	@rm -f "$(BIN)/loket"
	@echo "$(BIN)/loket is weg."

# The service goes on after make has ended; its process id is kept to end it by.
demo-service: demo-stop
	@echo
	@echo "De dienst wordt gestart en gevuld ..."
	@umask 077; nohup $(LOKET) serve --demo --gegevens demo/loket.sqlite --adres 127.0.0.1:$(DEMO_PORT) > demo/dienst.txt 2> demo/dienst.log < /dev/null & echo $$! > demo/dienst.pid
	@for second in $$(seq 120); do \
		if grep -q "openapi.json" demo/dienst.txt; then break; fi; \
		if ! kill -0 "$$(cat demo/dienst.pid)" 2> /dev/null || grep -q "niet gevuld" demo/dienst.log; then cat demo/dienst.log; exit 1; fi; \
		sleep 1; \
	done
	@echo "De dienst draait door (logregels: demo/dienst.log). Stoppen: make demo-stop"
	@cat demo/dienst.txt

demo-stop: ## stop de dienst van make demo
	@if [ -f demo/dienst.pid ]; then \
		pid=$$(cat demo/dienst.pid); \
		if grep -qa "serve.--demo" "/proc/$$pid/cmdline" 2> /dev/null; then kill "$$pid"; fi; \
		for tenth in $$(seq 100); do kill -0 "$$pid" 2> /dev/null || break; sleep 0.1; done; \
		rm -f demo/dienst.pid; \
	fi

demo-schools:
	@echo
	$(LOKET) generate --preset amsterdam --candidates $(or $(CANDIDATES),150) --seed 1 --schools "$(SCHOOLS)" -o demo/scholen-lichting.json
	$(LOKET) solve demo/scholen-lichting.json -o demo/scholen-uitkomst.json --progress > demo/scholen.txt
	@sed -n '2,4p;$$p' demo/scholen.txt
	$(LOKET) verify demo/scholen-lichting.json demo/scholen-uitkomst.json

test: setup-tests ## alle tests (LOKET_SEED en LOKET_TINY sturen de toevallige lichtingen)
	@echo "LOKET_SEED=$(LOKET_SEED) LOKET_TINY=$(LOKET_TINY)   herhalen: make test LOKET_SEED=$(LOKET_SEED) LOKET_TINY=$(LOKET_TINY)"
	@$(READY) LOKET_SEED=$(LOKET_SEED) LOKET_TINY=$(LOKET_TINY) LOKET_EXPLAIN=$(LOKET_EXPLAIN) cargo test $(CARGO_ALL)
	@echo; echo "Nog eens met PostgreSQL: de dienst, de pagina's, en wat wegvalt."
	@$(READY) LOKET_TEST_DATABASE=postgres LOKET_READS=$(or $(LOKET_READS),5000) cargo test $(CARGO_ALL) --test all -- $(ON_POSTGRES)

# What of the tests asks something of the database (`invariants::databases` finds whatever is not named here); the tests of the store run on
# both by themselves.
ON_POSTGRES = http pages:: service:: oidc:: letters:: foreign:: --skip http::description --skip service::installed

differential: setup-tests ## N toevallige lichtingen, elk antwoord naast elk ander; een verschil wordt verkleind en bewaard in tests/waves
	@$(READY) LOKET_SEED=$(LOKET_SEED) LOKET_WAVES=$(N) LOKET_FROM=$(LOKET_FROM) LOKET_KEEP=1 \
		cargo test $(CARGO_ALL) --test all -- --nocapture random_waves_of_every_shape

soak: setup-tests ## een miljoen toevallige leesvragen, 5.000 roosters van elke soort en meerjarenplannen, 200 keer stroomuitval en 20.000 toevallige lichtingen, in stukken; gaat verder waar het gebleven was
	@$(READY) .ci/soak-reads
	@$(READY) .ci/soak-rosters
	@$(READY) .ci/soak

load: setup-tests ## 500 keer lezen per seconde en 50 schrijvers een minuut lang, tijdens het rekenen (wil de machine voor zich alleen)
	@$(READY) cargo build $(CARGO_ALL) --tests
	@$(READY) cargo test $(CARGO_ALL) --test all -- --ignored --nocapture five_hundred_reads

# Seconds that schemathesis may take.
SECONDS_LONG ?= 180
SCHEMATHESIS := $(CACHE)/schemathesis-4.32.5

schemathesis: setup $(SCHEMATHESIS)/ready ## laat schemathesis de dienst aanroepen zoals een vreemde dat zou doen, volgens haar eigen beschrijving
	@$(READY) cargo build $(CARGO_ALL)
	@python3 .ci/schemathesis.py $(LOKET) "$(SCHEMATHESIS)/bin/schemathesis" $(SECONDS_LONG)

$(SCHEMATHESIS)/ready:
	@python3 -m venv "$(SCHEMATHESIS)"
	@"$(SCHEMATHESIS)/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5
	@touch "$@"

clients: setup ## maak uit de beschrijving een client in Python en in TypeScript, en laat elk het hele verhaal van een lichting doen
	@$(READY) cargo build $(CARGO_ALL)
	@.ci/clients $(LOKET)

pictures: setup-tests ## maak de plaatjes van de pagina's in docs/pictures opnieuw
	@$(READY) cargo build $(CARGO_ALL)
	@.ci/pictures $(LOKET)

bench-pages: setup-tests ## meet de pagina's met een lichting van CANDIDATES (1.000) kandidaten, in Chromium
	@$(READY) cargo build $(CARGO_ALL)
	@benches/pages/measure $(LOKET) $(or $(CANDIDATES),1000)

bench-machines: setup-tests ## twee diensten en WORKERS (1 en 3) werkers met WAVES (200) lichtingen van 50, op een bestand en op PostgreSQL
	@$(READY) cargo build $(CARGO_ALL) --tests
	@$(READY) for database in sqlite postgres; do for workers in $(or $(WORKERS),1 3); do \
		echo "== $$database"; LOKET_TEST_DATABASE=$$database LOKET_WORKERS=$$workers LOKET_WAVES=$(or $(WAVES),200) \
		cargo test $(CARGO_ALL) --test all -- --ignored --nocapture two_hundred_waves | grep " waves of 50" || exit 1; done; done

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

bench: setup ## meet hele lichtingen (FAMILIES, SEEDS, CANDIDATES, REPEATS en LIMIT sturen wat; BASELINE is een ander programma ernaast, CALLED zijn naam)
	@$(READY) cargo build $(CARGO_ALL)
	@$(WAVES) run $(PICK) $(if $(BASELINE),--baseline "$(BASELINE)") $(if $(CALLED),--called "$(CALLED)")

bench-parts: setup ## meet onderdelen apart
	@$(READY) cargo bench $(CARGO_ALL) --profile dev --bench parts

bench-peers: setup $(PEERS)/ready ## dezelfde lichtingen met andere oplossers (AGAIN=1 begint opnieuw, PEER_SECONDS is hun grens)
	@$(READY) cargo build $(CARGO_ALL)
	@$(WAVES) peers --python "$(PEERS)/bin/python" --script benches/peers/peer.py $(PICK) \
		$(if $(PEER_SECONDS),--peer-seconds $(PEER_SECONDS)) $(if $(AGAIN),--again)

$(PEERS)/ready: benches/peers/requirements.txt
	@python3 -m venv "$(PEERS)"
	@"$(PEERS)/bin/pip" install --quiet --disable-pip-version-check --requirement benches/peers/requirements.txt
	@touch "$@"

# What the tests start as well: python3 and node.
setup-tests:
	@.ci/setup tests

setup: ## kijk of cargo, cmake en libclang er zijn, en haal wat ontbreekt
	@.ci/setup

help: ## deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile
