"""The measurements of readers; README.md defines the figures."""

from bench.processes import check, note
from bench.stack import ROOT
from measure import inputs
from measure.contenders import measure

SHARED = ROOT.parent / "shared" / "data"


def _directory(options, name):
    directory = options.directory / name
    directory.mkdir()
    return directory


def fhir(options):
    files = inputs.fhir(_directory(options, "fhir"), 2 if options.quick else 12)
    measure(options, "fhir", "fhir", files, "resources/s", [("fhir_resources", [])])
    real = inputs.synthea(_directory(options, "synthea"), SHARED)
    if real:
        measure(options, "fhir_synthea", "fhir", real, "resources/s", [("fhir_resources", [])])
    else:
        note(f"no Synthea bundles below {SHARED}: left out")


def hl7v2(options):
    messages = 500 if options.quick else 5_000
    files = inputs.hl7v2(_directory(options, "hl7v2"), messages)
    # Ours has an outcome of its own for each result that it holds back.
    measure(options, "hl7v2", "hl7v2", files, "messages/s", [("python_hl7", []), ("hl7apy_parser", [])], count=messages)


def omh(options):
    peers = [("jsonschema_omh", [ROOT / "Services" / "Ingestion" / "Core" / "OpenMHealth" / "Schemas"])]
    files = inputs.open_mhealth(_directory(options, "omh"), 4_000 if options.quick else 40_000)
    measure(options, "omh", "omh-ndjson", files, "points/s", peers)


def apple(options):
    files, count = inputs.apple(_directory(options, "apple"), 20 if options.quick else 320)
    check(options.quick or files[0].stat().st_size >= 300_000_000, "the export is too small")
    measure(options, "apple", "apple", files, "records/s", [("lxml_apple", [])], count=count)
    # The same with a tenth of the file: flat memory shows in that the peak stays.
    files, count = inputs.apple(_directory(options, "apple-small"), 2 if options.quick else 32)
    measure(options, "apple_small", "apple", files, "records/s", [], count=count)


def vcf(options):
    lines = 20_000 if options.quick else 300_000
    files = inputs.vcf(_directory(options, "vcf"), lines)
    measure(options, "vcf", "vcf", files, "lines/s", [("cyvcf2_reader", []), ("pysam_reader", [])], count=lines)
