#!/usr/bin/env python3
"""Counts, from the raw JSON alone, what Ingestion must make of FHIR R4 bundles.

usage: count_fhir_facts.py FILE...      (.json or .json.gz)

One line per file, then a line that begins with `total`:
name,resources,observation,patient,condition,medication,allergy,encounter,procedure,immunization,report,consent,archived

An observation fact is a value[x] or dataAbsentReason of an Observation, or of one of its components; of a SampledData, each of its samples.
Every other type gives one fact a resource. Archived is a resource of another type, or an Observation that tells no value. The rules hold for
bundles in which every fact has a code with a system, a subject and a time; Synthea's do.
"""

import gzip
import json
import pathlib
import sys

KINDS = {
    "Patient": "patient",
    "Condition": "condition",
    "MedicationRequest": "medication",
    "MedicationStatement": "medication",
    "MedicationAdministration": "medication",
    "AllergyIntolerance": "allergy",
    "Encounter": "encounter",
    "Procedure": "procedure",
    "Immunization": "immunization",
    "DiagnosticReport": "report",
    "Consent": "consent",
}
COLUMNS = ["resources", "observation", *dict.fromkeys(KINDS.values()), "archived"]


def values(element):
    if "valueSampledData" in element:
        return len(element["valueSampledData"].get("data", "").split())
    return int("dataAbsentReason" in element or any(n.startswith("value") and n[5:6].isupper() for n in element))


def count(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        document = json.load(file)
    entries = document.get("entry", []) if document["resourceType"] == "Bundle" else [{"resource": document}]
    counts = dict.fromkeys(COLUMNS, 0)
    for resource in (entry["resource"] for entry in entries if "resource" in entry):
        counts["resources"] += 1
        kind = KINDS.get(resource["resourceType"])
        if kind:
            counts[kind] += 1
        elif resource["resourceType"] == "Observation":
            facts = sum(values(element) for element in [resource, *resource.get("component", [])])
            counts["observation"] += facts
            counts["archived"] += facts == 0
        else:
            counts["archived"] += 1
    return [counts[column] for column in COLUMNS]


def main():
    total = [0] * len(COLUMNS)
    for name in sys.argv[1:]:
        counts = count(pathlib.Path(name))
        total = [a + b for a, b in zip(total, counts)]
        print(",".join([pathlib.Path(name).name, *map(str, counts)]))
    print(",".join(["total", *map(str, total)]))


main()
