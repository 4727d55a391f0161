#!/usr/bin/env python3
"""Counts what stands in an Apple Health export.xml, by type, without the code under test: a regular expression over the text, line by line.

usage: count_apple_records.py export.xml

Prints one line for each type: the type, a tab, the count. Records inside a Correlation count too, as they do in `ingestion validate
--format apple`.
"""

import collections
import re
import sys

RECORD = re.compile(rb'<Record\s[^>]*?\btype="([A-Za-z0-9]+)"')
OTHER = re.compile(rb"<(Workout|ActivitySummary|Correlation|Me|ClinicalRecord|Audiogram|VisionPrescription)[\s>/]")


def main():
    counts = collections.Counter()
    with open(sys.argv[1], "rb") as export:
        for line in export:
            counts.update(match.decode() for match in RECORD.findall(line))
            counts.update(match.decode() for match in OTHER.findall(line))
    for name, count in sorted(counts.items()):
        print(f"{name}\t{count}")


main()
