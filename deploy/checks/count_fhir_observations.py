#!/usr/bin/env python3
"""Counts, from the raw JSON alone, what Ingestion must make of FHIR R4 bundles.

usage: count_fhir_observations.py FILE...      (.json or .json.gz)

One line per file: name,resources,observation_facts,patients,conditions,medication_requests; then a line that begins with `total`.
An observation fact is a value[x] or dataAbsentReason of an Observation, or of one of its components.
"""

import gzip
import json
import pathlib
import sys


def tells_value(element):
    return "dataAbsentReason" in element or any(name.startswith("value") and name[5:6].isupper() for name in element)


def count(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        document = json.load(file)
    entries = document.get("entry", []) if document["resourceType"] == "Bundle" else [{"resource": document}]
    resources = [entry["resource"] for entry in entries if "resource" in entry]
    kinds = [resource["resourceType"] for resource in resources]
    facts = 0
    for resource in resources:
        if resource["resourceType"] == "Observation":
            facts += sum(tells_value(element) for element in [resource, *resource.get("component", [])])
    return [len(resources), facts, kinds.count("Patient"), kinds.count("Condition"), kinds.count("MedicationRequest")]


def main():
    total = [0] * 5
    for name in sys.argv[1:]:
        counts = count(pathlib.Path(name))
        total = [a + b for a, b in zip(total, counts)]
        print(",".join([pathlib.Path(name).name, *map(str, counts)]))
    print(",".join(["total", *map(str, total)]))


main()
