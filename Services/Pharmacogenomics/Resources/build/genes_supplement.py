#!/usr/bin/env python3
"""Writes genes-supplement.tsv: clinical functions and activity values that the facts directory lacks.

The facts give no functions for CYP2D6, G6PD and RYR1, and only activity values for CYP2C9 and DPYD. CPIC's assignments
(CC0 1.0) stand in the repository PharmGKB/PharmCAT (MPL-2.0), below src/main/resources/org/pharmgkb/pharmcat/phenotype:

    CYP2D6  cpic/CYP2D6.json  c8100ec878f6d0731ba9f1403f1a5ecb91061abb  (2024-08-27, the last with CPIC's own list)
    G6PD    cpic/G6PD.json    76bfe08c85fc1b63d014445e3d7dd883cf7088cf  (2023-08-08)
    CYP2C9  CYP2C9.json       5431bf1187e50383df7e7db18ef67b36fc8b562e  (2025-11-05)
    DPYD    DPYD.json         5431bf1187e50383df7e7db18ef67b36fc8b562e  (2025-11-05)

and for RYR1 in the table `allele` of CPIC's database, release 1.60.0 of 2026-08-07 (https://api.cpicpgx.org/v1/allele),
saved as alleles.csv with the columns genesymbol, name, clinicalfunctionalstatus and activityvalue.

    genes_supplement.py DIRECTORY-WITH-THE-FIVE-FILES > genes-supplement.tsv

Before it writes, it checks that one rule per pair of functions (or per activity score) gives every diplotype of the JSON
files. Activity values written `>=3.0` by CPIC become 3.0, the least they can be.
"""

import collections
import csv
import json
import pathlib
import re
import sys

SOURCES = {
    "CYP2C9": "PharmCAT 5431bf1187e5 2025-11-05",
    "CYP2D6": "PharmCAT c8100ec878f6 2024-08-27",
    "DPYD": "PharmCAT 5431bf1187e5 2025-11-05",
    "G6PD": "PharmCAT 76bfe08c85fc 2023-08-08",
}
DATABASE = "CPIC database 1.60.0 2026-08-07"


def natural(name):
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


def clean(name):
    """G6PD's older names hold a low quotation mark for the comma and a slash that newer ones have as a comma."""
    return name.replace("\u201a", ",").replace("Telti/Kobe", "Telti, Kobe")


def value(text):
    return "" if text in (None, "", "n/a") else str(float(text.lstrip("\u2265"))).removesuffix(".0")


def from_json(gene, data):
    """(allele, function, activity value) of a file of PharmCAT's, once its diplotypes have been found to obey rules."""
    named = {entry["name"]: entry for entry in data.get("namedAlleles", [])}
    scores = data["activityValues"]
    functions = {name: named.get(name, {}).get("functionValue") or function
                 for name, function in data["haplotypes"].items()}
    outcome = collections.defaultdict(set)
    for diplotype in data["diplotypes"]:
        names = [name for name, count in diplotype["diplotypekey"].items() for _ in range(count)]
        if scores:
            values = [value(scores[name]) for name in names]
            key = "n/a" if "" in values else sum(map(float, values))
        else:
            key = tuple(sorted(functions[name] for name in names))
        outcome[key].add(diplotype["generesult"])
    ambiguous = {key: results for key, results in outcome.items() if len(results) > 1}
    if ambiguous:
        sys.exit(f"{gene}: no rule gives {ambiguous}")
    print(f"{gene}: {len(data['diplotypes'])} diplotypes by {len(outcome)} rules", file=sys.stderr)
    return [(clean(name), function, value(scores.get(name))) for name, function in functions.items()]


def main():
    directory = pathlib.Path(sys.argv[1])
    rows = []
    for gene, source in SOURCES.items():
        data = json.loads((directory / f"{gene}.json").read_text(encoding="utf-8"))
        rows += [(gene, *allele, source) for allele in from_json(gene, data)]
    with open(directory / "alleles.csv", encoding="utf-8", newline="") as file:
        rows += [("RYR1", row["name"], row["clinicalfunctionalstatus"], value(row["activityvalue"]), DATABASE)
                 for row in csv.DictReader(file) if row["genesymbol"] == "RYR1"]
    print("# Clinical functions and activity values by CPIC (CC0 1.0); made by genes_supplement.py, which names the"
          " files they were read from.")
    print("gene\tallele\tfunction\tactivity_value\tsource")
    for row in sorted(rows, key=lambda row: (row[0], natural(row[1]))):
        print("\t".join(row))


if __name__ == "__main__":
    main()
