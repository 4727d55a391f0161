"""jsonschema: validates the header and the body of each data point by the schemas of Open mHealth and IEEE 1752.1 that Ingestion carries.

First argument behind the seconds: the folder with their text.
"""

import json
import pathlib
import re

from harness import arguments, contents, measure

import orjson
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

seconds, (folder, *files) = arguments()
BASE = "https://example.org/"
LITERAL = re.compile(r'#"""\n(.*?)\n\s*"""#', re.DOTALL)


def anchored(schema):
    """References by name become absolute."""
    if isinstance(schema, dict):
        return {
            key: BASE + value if key == "$ref" and isinstance(value, str) and not value.startswith("#") else anchored(value)
            for key, value in schema.items()}
    return [anchored(one) for one in schema] if isinstance(schema, list) else schema


resources = []
for path in pathlib.Path(folder).glob("OpenMHealthSchemaText*.swift"):
    for literal in LITERAL.findall(path.read_text()):
        text = re.sub(r"\\#\n\s*", "", literal)
        for line in text.splitlines():
            name, _, schema = line.strip().partition(" ")
            if schema.startswith("{"):
                resources.append((BASE + name, Resource(contents=anchored(json.loads(schema)), specification=DRAFT4)))
registry = Registry().with_resources(resources)


def validator(name):
    return Draft4Validator({"$ref": BASE + name}, registry=registry)


header = validator("omh/header-1.0")
bodies = {}
lines = [line for content in contents(files) for line in content.splitlines()]


def work():
    refused = 0
    for line in lines:
        point = orjson.loads(line)
        kind = point["header"]["schema_id"]
        name = f"{kind['namespace']}/{kind['name']}-{kind['version']}"
        body = bodies.get(name)
        if body is None:
            body = bodies[name] = validator(name)
        if not (header.is_valid(point["header"]) and body.is_valid(point["body"])):
            refused += 1
    return len(lines), refused


measure(work, size=sum(len(line) + 1 for line in lines), seconds=seconds)
