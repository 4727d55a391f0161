"""fhir.resources (pydantic): every resource of the Bundles is parsed and validated by its R4B model."""

from harness import arguments, contents, measure

import orjson
from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

seconds, files = arguments()
bundles = contents(files)


def work():
    records = refused = 0
    for content in bundles:
        for entry in orjson.loads(content)["entry"]:
            resource = entry["resource"]
            records += 1
            try:
                get_fhir_model_class(resource["resourceType"]).model_validate(resource)
            except ValidationError:
                refused += 1
    return records, refused


# The models are built when they are first used: that is not what is measured.
work()
measure(work, size=sum(map(len, bundles)), seconds=seconds)
