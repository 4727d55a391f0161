#!/usr/bin/env python3
"""Counts HL7 v2 files without Vitalstream: messages, segments, OBX, and the observations that their values should become.

    count_hl7v2.py FILE...        one JSON line a file, then the totals

Standard library only, and another algorithm than the reader's: split by lines, then by delimiters. An OBX counts as an observation when its
message is of a type that is mapped (ADT but for links and merges, ORU, OUL, ORM, OML, OMG, OMI, OMP, RDE, RDS, RAS, RGV, VXU, MDM, PPR), it has
a code and a value, its type is one that is mapped, and its status is not O; each repetition of a number or code counts.
"""
import json
import re
import sys

MAPPED = set("ADT ORU OUL ORM OML OMG OMI OMP RDE RDS RAS RGV VXU MDM PPR".split())
IDENTITY = {"A18", "A24", "A29", "A30", *(f"A{n}" for n in range(34, 38)), *(f"A{n}" for n in range(39, 52))}
REPEATED = {"NM", "CE", "CWE", "CNE", "CF"}
SINGLE = {"SN", "ID", "IS", "ST", "TX", "FT", "TS", "DT", "DTM", "TM"}


def count(path):
    with open(path, "rb") as file:
        text = file.read().removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    totals = {"messages": 0, "segments": 0, "obx": 0, "observations": 0}
    if not re.match(r"[\r\n]*(MSH|BHS|FHS)[!-/:-@\[-`{-~]", text):
        return totals
    separator, component, repetition, is_mapped = "|", "^", "~", False
    for line in re.split(r"[\r\n]+", text):
        if re.match(r"(MSH|BHS|FHS)[!-/:-@\[-`{-~]", line):
            separator, component, repetition = line[3], line[4:5], line[5:6]
        if not re.match(r"[A-Z][A-Z0-9]{2}(" + re.escape(separator) + r"|$)", line):
            continue
        totals["segments"] += 1
        fields = line.split(separator)
        if fields[0] == "MSH":
            totals["messages"] += 1
            code, trigger = ((fields[8] if len(fields) > 8 else "").split(component) + [""])[:2]
            is_mapped = code in MAPPED and not (code == "ADT" and trigger in IDENTITY)
            is_mapped = is_mapped and len(set(fields[1])) == len(fields[1])
        if fields[0] != "OBX":
            continue
        totals["obx"] += 1
        fields += [""] * 12
        kind, name, value, status = fields[2], fields[3].split(component), fields[5], fields[11]
        has_code = any(name[i : i + 1] not in ([], [""]) for i in (0, 3))
        if not is_mapped or not has_code or not value or status == "O":
            continue
        if kind in REPEATED:
            totals["observations"] += sum(1 for part in value.split(repetition) if part)
        elif kind in SINGLE:
            totals["observations"] += 1
    return totals


def main():
    total = {}
    for path in sys.argv[1:]:
        counted = count(path)
        print(json.dumps({"file": path, **counted}))
        for name, number in counted.items():
            total[name] = total.get(name, 0) + number
    print(json.dumps({"file": "total", **total}))


if __name__ == "__main__":
    main()
