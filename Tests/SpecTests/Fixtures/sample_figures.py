#!/usr/bin/env python3
"""Counts the figures that SampleStudyTests expects, from the CSV files and nothing else.

Written apart from Carrel, to be read beside SampleData/studies. Run it after the sample data
changes, and copy what it prints into the test.
"""

import collections
import csv
import datetime
import gzip
import io
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "SampleData"
INDEX, YEAR_START = "2024-03-31", "2023-04-01"


def rows(table):
    with gzip.open(FOLDER / f"{table}.csv.gz", "rt", newline="") as file:
        yield from csv.DictReader(io.StringIO(file.read()))


def codes(name):
    with open(FOLDER / "studies" / "codelists" / f"{name}.csv", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def holds(row):
    """Whether a stay covers the index date."""
    return row["start_date"] <= INDEX and not (row["end_date"] and row["end_date"] < INDEX)


patients = {row["patient_id"]: row for row in rows("patients")}
registered = {row["patient_id"] for row in rows("practice_registrations") if holds(row)}
addresses = {}
for row in sorted(filter(holds, rows("addresses")), key=lambda r: (r["start_date"], r["end_date"])):
    addresses[row["patient_id"]] = row


def age(person):
    year, month, day = map(int, patients[person]["date_of_birth"].split("-"))
    return 2024 - year - ((3, 31) < (month, day))


def band(person):
    return ["18-39", "40-59", "60-79", "80+"][sum(age(person) >= cut for cut in (40, 60, 80))]


def address(person, column):
    return addresses.get(person, {}).get(column, "")


diagnosed, cleared, reviewed, hypertension, pressure = {}, {}, set(), set(), {}
lists = {name: codes(name) for name in (
    "asthma-diagnosis", "asthma-resolved", "asthma-review", "hypertension", "systolic-pressure",
    "antidepressants")}
for row in rows("clinical_events"):
    person, date, code, value = row.values()
    if code in lists["asthma-diagnosis"] and date <= INDEX:
        diagnosed[person] = max(date, diagnosed.get(person, ""))
    if code in lists["asthma-resolved"] and date <= INDEX:
        cleared[person] = max(date, cleared.get(person, ""))
    if code in lists["asthma-review"] and YEAR_START <= date <= INDEX:
        reviewed.add(person)
    if code in lists["hypertension"] and date <= INDEX:
        hypertension.add(person)
    if code in lists["systolic-pressure"] and value and YEAR_START <= date <= INDEX:
        if 60 <= float(value) <= 240:
            # The latest, and the lowest of several on that day.
            pressure[person] = max((date, -float(value)), pressure.get(person, ("", 0)))
items = collections.Counter(
    row["patient_id"] for row in rows("medications")
    if row["dmd_code"] in lists["antidepressants"] and YEAR_START <= row["date"] <= INDEX)

adults = [person for person in patients if person in registered and age(person) >= 18]
bands, quintiles = ["18-39", "40-59", "60-79", "80+"], ["1", "2", "3", "4", "5"]

print("asthma: deprivation, age, people, reviewed")
asthma = [p for p in adults if p in diagnosed and diagnosed[p] > cleared.get(p, "")]
for quintile in quintiles:
    for years in bands:
        group = [p for p in asthma if address(p, "imd_quintile") == quintile and band(p) == years]
        print(quintile, years, len(group), sum(p in reviewed for p in group))

print("blood pressure: level, people, mean, below 140")
measured = [p for p in adults if p in hypertension and p in pressure]
for levels, of in (
    (bands, band),
    (["female", "male", "intersex", "unknown"], lambda p: patients[p]["sex"]),
    (quintiles + [""], lambda p: address(p, "imd_quintile")),
):
    for level in levels:
        values = [-pressure[p][1] for p in measured if of(p) == level]
        print(level or "missing", len(values), sum(values) / len(values), sum(v < 140 for v in values))

days_of_items = collections.defaultdict(list)
for row in rows("medications"):
    if row["dmd_code"] in lists["antidepressants"] and YEAR_START <= row["date"] <= INDEX:
        days_of_items[row["patient_id"]].append(datetime.date.fromisoformat(row["date"]))


def late(person):
    """Whether more than 30 days lie between two items that follow each other."""
    days = sorted(days_of_items[person])
    return any((after - before).days > 30 for before, after in zip(days, days[1:]))


print("antidepressants: region, people, prescribed, six or more, items, late")
for region in sorted({address(p, "region") for p in adults} - {""}):
    group = [p for p in adults if address(p, "region") == region]
    print(f"{region}, {len(group)}, {sum(items[p] > 0 for p in group)},",
          f"{sum(items[p] >= 6 for p in group)}, {sum(items[p] for p in group)},",
          f"{sum(late(p) for p in group)}")


def history(table):
    rows_of = collections.defaultdict(list)
    for row in rows(table):
        rows_of[row["patient_id"]].append(row)
    return rows_of


def holding(stays, day):
    """The stay of a person that covers a day; of several, the one that began last."""
    held = [s for s in stays if s["start_date"] <= day and not (s["end_date"] and s["end_date"] < day)]
    return max(held, key=lambda s: (s["start_date"], s["end_date"]), default=None)


def age_on(person, day):
    born = tuple(map(int, patients[person]["date_of_birth"].split("-")))
    year, *rest = map(int, day.split("-"))
    return year - born[0] - (tuple(rest) < born[1:])


registrations, homes = history("practice_registrations"), history("addresses")
diagnoses, reviews, prescriptions = (collections.defaultdict(list) for _ in range(3))
for row in rows("clinical_events"):
    if row["snomedct_code"] in lists["asthma-diagnosis"]:
        diagnoses[row["patient_id"]].append(row["date"])
    if row["snomedct_code"] in lists["asthma-review"]:
        reviews[row["patient_id"]].append(row["date"])
for row in rows("medications"):
    if row["dmd_code"] in lists["antidepressants"]:
        prescriptions[row["patient_id"]].append(row["date"])


def adults_on(day, column):
    """Registered adults, with what a column says of where they live on the day."""
    for person in patients:
        home = holding(homes[person], day)
        if home and home[column] and holding(registrations[person], day) and age_on(person, day) >= 18:
            yield person, home[column]


print("asthma trend: first day, people by deprivation, reviewed by deprivation")
for year, month in [(y, m) for y in (2022, 2023, 2024) for m in (1, 4, 7, 10)][1:9]:
    day = f"{year}-{month:02}-01"
    end = f"{year}-{month + 2:02}-31"
    group = [(p, q) for p, q in adults_on(day, "imd_quintile") if any(d <= day for d in diagnoses[p])]
    seen = {p for p, _ in group if any(day <= d <= end for d in reviews[p])}
    print(day, *(sum(q == k for _, q in group) for k in quintiles),
          *(sum(q == k and p in seen for p, q in group) for k in quintiles))

print("antidepressants by month: first day, people, prescribed; then those of London")
for number in range(12):
    year, month = 2023 + (number + 3) // 12, (number + 3) % 12 + 1
    day, end = f"{year}-{month:02}-01", f"{year}-{month:02}-31"
    group = list(adults_on(day, "region"))
    seen = {p for p, _ in group if any(day <= d <= end for d in prescriptions[p])}
    print(day, len(group), len(seen), sum(r == "London" for _, r in group),
          sum(r == "London" and p in seen for p, r in group))
