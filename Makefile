# `make demo` goes from a clone to a released table; `make test` runs every check of the project.
# Both first install the development packages of SQLite and OpenSSL if they are missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := demo
.PHONY: demo test bench format lint sample-data libraries clean

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

# What the project promises of its speed; fails where a promise is broken.
bench: libraries
	swift build -c release --product carrel-benchmarks
	.build/release/carrel-benchmarks

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
