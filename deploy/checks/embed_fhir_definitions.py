#!/usr/bin/env python3
"""Writes the facts of FHIR R4's definitions as Swift text, so that the executable carries them.

usage: embed_fhir_definitions.py PACKAGE_DIR OUTPUT_DIR

PACKAGE_DIR is the folder `package` of hl7.fhir.r4.core 4.0.1 (CC0-1.0). Taken are names, types, cardinalities, targets of references,
codes of required bindings, keys, severities and expressions of constraints, and the URLs of the core extensions: no sentence of the
specification. A form that the Swift side does not know stops the script.

A type is one line, `name kind base element;element`, where kind is p(rimitive), d(atatype), b(ackbone), r(esource) or a(bstract) and an
element is its name, its cardinality (`?` 0..1, `!` 1..1, `*` 0..*, `+` 1..*, else `{min,max}`), its types and, after `~`, the number
of the value set that binds it. A type is `Name`, `Reference(Target+Target)`, `>` (the type named by the element's path), `@path`
(the type of another element) or `Name:Profile`.
"""

import json
import pathlib
import re
import sys

LINES_PER_FILE = 380
LARGEST_VALUE_SET = 250
SYSTEM = "http://hl7.org/fhirpath/System."
CORE = "http://hl7.org/fhir/StructureDefinition/"
CARDINALITY = {("0", "1"): "?", ("1", "1"): "!", ("0", "*"): "*", ("1", "*"): "+"}


def wrapped(text, width=112):
    """Lines of a Swift raw multi-line literal that reads as one line."""
    lines = []
    while len(text) > width:
        cut = width
        while text[cut - 1] in " \t\\" or text[cut] in " \t":
            cut -= 1
        lines.append(text[:cut] + "\\#")
        text = text[cut:]
    return lines + [text]


class Package:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        about = json.loads((self.folder / "package.json").read_text())
        if (about["name"], about["version"]) != ("hl7.fhir.r4.core", "4.0.1"):
            raise SystemExit("not hl7.fhir.r4.core 4.0.1")
        self.structures = self.all("StructureDefinition")
        self.value_sets = {item["url"]: item for item in self.all("ValueSet")}
        self.code_systems = {item["url"]: item for item in self.all("CodeSystem")}

    def all(self, kind):
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob(f"{kind}-*.json"))]

    def codes(self, url, seen=()):
        """The codes of a value set, or None when the package does not enumerate them."""
        url = url.partition("|")[0]
        value_set = self.value_sets.get(url)
        if value_set is None or url in seen:
            return None
        result = {}
        compose = value_set.get("compose", {})
        if compose.get("exclude"):
            return None
        for include in compose.get("include", []):
            parts = []
            for other in include.get("valueSet", []):
                parts.append(self.codes(other, (*seen, url)))
            if "system" in include:
                parts.append(self.system_codes(include))
            if not parts or any(part is None for part in parts):
                return None
            common = parts[0]
            for part in parts[1:]:
                common = {code: True for code in common if code in part}
            result.update(common)
        return result or None

    def system_codes(self, include):
        if "concept" in include:
            return {item["code"]: True for item in include["concept"]}
        system = self.code_systems.get(include["system"])
        if system is None or system.get("content") != "complete":
            return None
        result = {}

        def collect(concepts, ancestors):
            for item in concepts:
                chain = [*ancestors, item["code"]]
                if all(self.kept(test, item, chain) for test in include.get("filter", [])):
                    result[item["code"]] = True
                collect(item.get("concept", []), chain)

        for test in include.get("filter", []):
            if test["op"] not in ("is-a", "descendent-of", "is-not-a"):
                return None
        collect(system.get("concept", []), [])
        return result

    @staticmethod
    def kept(test, item, chain):
        below = test["value"] in chain
        if test["op"] == "is-a":
            return below
        if test["op"] == "descendent-of":
            return below and item["code"] != test["value"]
        return not below


class Table:
    def __init__(self, package):
        self.package = package
        self.types, self.constraints, self.bindings, self.numbers = [], [], [], {}

    def binding(self, element):
        binding = element.get("binding")
        if not binding or binding["strength"] != "required" or "valueSet" not in binding:
            return ""
        if not any(item["code"] == "code" for item in element.get("type", [])):
            return ""
        url = binding["valueSet"].partition("|")[0]
        if url not in self.numbers:
            codes = self.package.codes(url)
            if codes is None or len(codes) > LARGEST_VALUE_SET or any(re.search(r"\s", code) for code in codes):
                self.numbers[url] = None
            else:
                self.numbers[url] = len(self.bindings)
                self.bindings.append(" ".join(codes))
        number = self.numbers[url]
        return "" if number is None else f"~{number}"

    def type_name(self, path, item):
        code = item["code"]
        if code.startswith(SYSTEM):
            hints = [e.get("valueUrl") for e in item.get("extension", []) if e["url"].endswith("structuredefinition-fhir-type")]
            if path == "Resource.id":
                return "id"
            return hints[0]
        if code in ("Reference", "canonical"):
            targets = [url.removeprefix(CORE) for url in item.get("targetProfile", [])]
            if code == "canonical" or not targets or "Resource" in targets or any("/" in name for name in targets):
                return code
            return f"{code}({'+'.join(targets)})"
        profiles = [url.removeprefix(CORE) for url in item.get("profile", [])]
        if profiles:
            if profiles != ["SimpleQuantity"]:
                raise SystemExit(f"unknown profile at {path}")
            return f"{code}:{profiles[0]}"
        return code

    def element(self, element):
        name = element["path"].rpartition(".")[2]
        card = CARDINALITY.get((str(element["min"]), element["max"]), "{%s,%s}" % (element["min"], element["max"]))
        if "contentReference" in element:
            return f"{name}{card}@{element['contentReference'].lstrip('#')}"
        types = [self.type_name(element["path"], item) for item in element["type"]]
        if types in (["BackboneElement"], ["Element"]):
            types = [">"]
        return f"{name}{card}{','.join(types)}{self.binding(element)}"

    def structure(self, definition):
        root = definition["type"] if definition.get("derivation") != "constraint" else definition["id"]
        base = definition.get("baseDefinition", "").removeprefix(CORE) or "-"
        kind = {"primitive-type": "p", "complex-type": "d", "resource": "r"}[definition["kind"]]
        if definition["abstract"]:
            kind = "a"
        elements = definition["snapshot"]["element"]
        own = {root: []}
        heads = {root: (root, kind, base)}
        for element in elements:
            path = element["path"]
            for constraint in element.get("constraint", []):
                if constraint.get("source", definition["url"]) == definition["url"]:
                    place = path.replace(definition["type"], root, 1)
                    self.constraints.append(
                        f"{constraint['key']} {constraint['severity'][0]} {place} {constraint['expression']}")
            if "." not in path or kind == "p" or definition.get("derivation") == "constraint":
                continue
            parent = path.rpartition(".")[0]
            codes = [item["code"] for item in element.get("type", [])]
            if codes in (["BackboneElement"], ["Element"]):
                own[path] = []
                heads[path] = (path, "b", codes[0])
            if element["base"]["path"].partition(".")[0] != definition["type"]:
                continue  # inherited
            own[parent].append(self.element(element))
        for path, (name, kind, base) in heads.items():
            self.types.append(" ".join([name, kind, base, ";".join(own[path])]).rstrip())


def extensions(package):
    """`name types` of every core extension, and ` name?types` for each extension that it holds, with the cardinality's sign.

    `!` before the types says that it modifies its bearer, `-` that it holds extensions instead of a value, `*` that any type may stand.
    """
    lines = []
    for definition in package.structures:
        is_extension = definition["type"] == "Extension" and definition.get("derivation") == "constraint"
        if not is_extension or not definition["url"].startswith(CORE):
            continue
        elements = definition["snapshot"]["element"]
        modifier = "!" if elements[0].get("isModifier") else ""
        parts = [definition["url"].removeprefix(CORE), modifier + value_types(elements, "Extension")]
        for element in elements:
            if not re.fullmatch(r"Extension\.extension:[^.]+", element["id"]):
                continue
            urls = [item["fixedUri"] for item in elements if item["id"] == element["id"] + ".url" and "fixedUri" in item]
            if len(urls) == 1 and ":" not in urls[0]:
                sign = CARDINALITY[(str(min(element["min"], 1)), "1" if element["max"] == "1" else "*")]
                parts.append(urls[0] + sign + value_types(elements, element["id"]))
        lines.append(" ".join(parts))
    return lines


def value_types(elements, owner):
    types = []
    for element in elements:
        tail = element["id"].removeprefix(owner + ".")
        if tail != element["id"] and re.fullmatch(r"value(\[x\](:\w+)?|[A-Z]\w*)", tail) and element["max"] != "0":
            types += [item["code"] for item in element["type"]]
    return "-" if not types else "*" if len(types) > 40 else ",".join(dict.fromkeys(types))


def write(output, name, what, lines):
    files, current = [], []
    for entry in lines:
        entry = ["        " + line for line in wrapped(entry)]
        if current and len(current) + len(entry) > LINES_PER_FILE:
            files.append(current)
            current = []
        current = current + entry
    files.append(current)
    for number, part in enumerate(files, start=1):
        (output / f"DefinitionText+{name}{number}.swift").write_text(
            "// Generated by deploy/checks/embed_fhir_definitions.py; do not edit.\n"
            "// Facts of hl7.fhir.r4.core 4.0.1, CC0-1.0; see Shared/FHIR/NOTICE.\n\n"
            "extension DefinitionText {\n"
            f"    /// {what}\n"
            f"    static let {name.lower()}{number} = #\"\"\"\n" + "\n".join(part) + "\n        \"\"\"#\n}\n")
    return [f"{name.lower()}{number}" for number in range(1, len(files) + 1)]


def main():
    package, output = Package(sys.argv[1]), pathlib.Path(sys.argv[2])
    table = Table(package)
    for definition in package.structures:
        specialised = definition.get("derivation") != "constraint" and definition["kind"] != "logical"
        if specialised or definition["id"] == "SimpleQuantity":
            table.structure(definition)
    parts = {
        "Types": ("One type a line: name, kind, base, elements.", table.types),
        "Constraints": ("One constraint a line: key, severity (e or w), place, expression.", table.constraints),
        "Codes": ("One required value set a line, by its number: the codes.", table.bindings),
        "Extensions": ("One core extension a line: name, types of the value, extensions within.", extensions(package)),
    }
    listing = []
    for name, (what, lines) in parts.items():
        names = write(output, name, what, lines)
        listing.append(f"    /// {what}\n    static var {name.lower()}: [String] {{ [{', '.join(names)}] }}\n")
        print(f"{name}: {len(lines)} lines in {len(names)} files")
    (output / "DefinitionText.swift").write_text(
        "// Generated by deploy/checks/embed_fhir_definitions.py; do not edit.\n\n"
        "/// The facts of FHIR R4's definitions as text; ``DefinitionReader`` says how it reads.\n"
        "enum DefinitionText {\n" + "\n".join(listing) + "}\n")


main()
