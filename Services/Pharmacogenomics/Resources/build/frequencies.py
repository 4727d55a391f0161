#!/usr/bin/env python3
"""Turns allele frequencies as CPIC publishes them (CC0 1.0) into a frequencies table.

    frequencies.py ALLELES.json > frequencies.tsv

ALLELES.json is a saved answer of CPIC's public interface, https://api.cpicpgx.org/v1/allele (one gene or all): a list of
objects with genesymbol, name and frequency, an object from a biogeographical group to a number or null. A group without
a number gives no row; a published zero is kept. The repository holds no such numbers of its own.
"""

import json
import pathlib
import sys


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = []
    for allele in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
        for population, frequency in (allele["frequency"] or {}).items():
            if frequency is not None:
                if not 0 <= frequency <= 1:
                    sys.exit(f"{allele['genesymbol']} {allele['name']} {population}: {frequency} is no frequency")
                rows.append((allele["genesymbol"], allele["name"], population, f"{frequency:.6g}", "CPIC"))
    print("# Allele frequencies by biogeographical group, by CPIC (CC0 1.0); made by build/frequencies.py.")
    print("gene\tallele\tpopulation\tfrequency\tsource")
    for row in sorted(rows):
        print("\t".join(row))


if __name__ == "__main__":
    main()
