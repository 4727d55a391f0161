#!/usr/bin/env python3
"""Writes the prefixes and unit atoms of UCUM as one compact Swift table.

usage: embed_ucum.py UCUM_ESSENCE_XML OUTPUT_SWIFT

UCUM_ESSENCE_XML is ucum-essence.xml of https://github.com/ucum-org/ucum (the PyPI package ucumvert carries it as well). Only what a
conversion needs is kept: code, case-insensitive code, kind of unit, factor, defining unit, property. A function, a property of a special
unit or a base unit that this script does not know stops it.
"""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

SPACE = "{http://unitsofmeasure.org/ucum-essence}"
FUNCTIONS = {
    "Cel", "degF", "degRe", "pH", "ln", "lg", "lgTimes2", "ld", "tanTimes100", "100tan", "hpX", "hpC", "hpM", "hpQ", "sqrt",
}
BASES = {"m": "L", "s": "T", "g": "M", "rad": "A", "K": "C", "C": "Q", "cd": "F"}
# Properties that a canonical unit hangs on; the rest is written as "-".
PROPERTIES = {
    "time": "time", "mass": "mass", "length": "length", "height of horses": "length", "depth of water": "length", "pressure": "pressure",
    "energy": "energy", "temperature": "temperature", "velocity": "velocity", "frequency": "frequency", "number": "number",
}
# Amounts that UCUM counts alike (all are moles) and laboratories do not.
COUNTED = {"mol": "moles", "eq": "equivalents", "osm": "osmoles"}


def prefixes(root):
    for prefix in root.iter(f"{SPACE}prefix"):
        value = prefix.find(f"{SPACE}value").get("value")
        yield f"{prefix.get('Code')} {prefix.get('CODE')} {value}"


def atoms(root):
    for base in root.iter(f"{SPACE}base-unit"):
        code = base.get("Code")
        if BASES.get(code) != base.get("dim"):
            raise SystemExit(f"unknown base unit {code}")
        kind = PROPERTIES.get(base.findtext(f"{SPACE}property"), "-")
        yield f"{code} {base.get('CODE')} base,metric 1 {base.get('dim')} {kind}"
    for unit in root.iter(f"{SPACE}unit"):
        code, value = unit.get("Code"), unit.find(f"{SPACE}value")
        flags = ["metric"] if unit.get("isMetric") == "yes" else []
        factor, defining = value.get("value"), value.get("Unit")
        if unit.get("isArbitrary") == "yes":
            flags.append("arbitrary")
        function = value.find(f"{SPACE}function")
        if unit.get("isSpecial") == "yes":
            if function.get("name") not in FUNCTIONS:
                raise SystemExit(f"{code}: unknown function {function.get('name')}")
            flags.append(f"special:{function.get('name')}")
            factor, defining = function.get("value"), function.get("Unit")
        kind = COUNTED.get(code) or PROPERTIES.get(unit.findtext(f"{SPACE}property"), "-")
        fields = [code, unit.get("CODE"), ",".join(flags) or "-", factor, defining, kind]
        if any(not field or " " in field for field in fields):
            raise SystemExit(f"{code}: a field is empty or has a space")
        yield " ".join(fields)


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    root = ElementTree.parse(sys.argv[1]).getroot()
    version = f"{root.get('version')} of {root.get('revision-date')}"
    lines = [
        "// Written by deploy/checks/embed_ucum.py; do not edit. Facts of UCUM, see NOTICE.",
        "",
        "extension UCUM {",
        "    /// The version of UCUM that the tables below state.",
        f"    public static let version = \"{version}\"",
        "",
        "    /// Prefixes: code, case-insensitive code, value.",
        "    static let prefixFacts = #\"\"\"",
        *(f"        {line}" for line in prefixes(root)),
        "        \"\"\"#",
        "",
        "    /// Unit atoms: code, case-insensitive code, flags, factor, defining unit (a base unit's dimension), property.",
        "    static let atomFacts = #\"\"\"",
        *(f"        {line}" for line in atoms(root)),
        "        \"\"\"#",
        "}",
        "",
    ]
    pathlib.Path(sys.argv[2]).write_text("\n".join(lines))


if __name__ == "__main__":
    main()
