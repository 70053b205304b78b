# `make demo` goes from a clone to a released table; `make test` runs every check of the project.
# Both first install the development packages of SQLite and OpenSSL if they are missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := demo
.PHONY: demo test soak benchmark format lint language fuzz sample-data libraries clean

# Warnings are errors in the manifest; this makes an import that the manifest does not declare one too.
CHECKED := --explicit-target-dependency-import-check error
SWIFT_FILES := Package.swift Sources Tests SampleData Benchmarks
TABLES := patients practice_registrations ons_deaths clinical_events medications addresses \
	vaccinations admissions

demo:
	@SampleData/demo.sh

# The tests run the optimised program, which is the one that people run.
test: libraries lint
	swift build -c release --product carrel $(CHECKED)
	swift build --build-tests $(CHECKED)
	CARREL_PROGRAM=$(CURDIR)/.build/release/carrel swift test --skip-build --disable-xctest

# Over ten thousand random tables through secondary suppression, each proved by the checker; and a
# bundle with each of its bytes changed in turn.
soak: libraries
	swift build --build-tests $(CHECKED)
	CARREL_SOAK=50 swift test --skip-build --disable-xctest --filter "SuppressionTests|TamperingTests"

# Kills programs that change a site at 200 random points.
crash-test: libraries
	swift build -c release --product carrel
	swift build --build-tests
	CARREL_CRASHES=200 CARREL_PROGRAM=$(CURDIR)/.build/release/carrel \
		swift test --skip-build --disable-xctest --filter CrashTests

lint:
	swift format lint --strict -r --parallel $(SWIFT_FILES)

format:
	swift format -i -r --parallel $(SWIFT_FILES)

# What the project promises of its speed, on a machine that does little else; fails where a promise
# is broken.
benchmark: libraries
	swift build -c release --product carrel
	swift build -c release --product carrel-benchmarks
	.build/release/carrel-benchmarks .build/release/carrel

# Feeds the parser, the checker and all else that precedes the records with texts that libFuzzer comes
# up with, for so many seconds. What stops them is kept in .build/fuzz, and belongs in
# Tests/StudyTrialTests/Crashers. CARREL_STUDIES=50000 swift test --filter StudyTrialTests makes
# studies instead.
SECONDS_OF_FUZZING ?= 60
FUZZ := .build/fuzz
fuzz: libraries
	CARREL_FUZZ=1 swift build -c release --scratch-path $(FUZZ) --product carrel-fuzz
	mkdir -p $(FUZZ)/corpus
	$(FUZZ)/release/carrel-fuzz --words > $(FUZZ)/words.dict
	SWIFT_BACKTRACE=enable=no nice -n 10 $(FUZZ)/release/carrel-fuzz $(FUZZ)/corpus \
	SampleData/studies Tests/CarrelSyntaxTests/Studies Tests/TranscriptTests/Studies \
	Tests/StudyTrialTests/Crashers -max_total_time=$(SECONDS_OF_FUZZING) -timeout=10 \
	-rss_limit_mb=2048 -max_len=8192 -dict=$(FUZZ)/words.dict -artifact_prefix=$(FUZZ)/

# Writes docs/language.md anew from its chapters, and what people are shown in them.
language: libraries
	CARREL_REWRITE=1 swift test --disable-xctest --filter LanguageTests

# Makes the invented people of SampleData again; the same program writes the same tables.
sample-data: libraries
	swift build -c release --product sample-data
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	.build/release/sample-data "$$folder"; \
	for table in $(TABLES); do gzip -n -9 -c "$$folder/$$table.csv" > SampleData/$$table.csv.gz; done

libraries:
	@SampleData/demo.sh libraries

clean:
	rm -rf .build out
