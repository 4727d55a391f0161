"""The inputs: files made from a seed, the same for every contender of a run."""

import gzip
import json
import random
from datetime import datetime, timedelta, timezone

SEED = 20_240_501
START = datetime(2024, 1, 1, tzinfo=timezone.utc)
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
# code, name, mean, deviation, digits, unit
VITALS = [
    ("8867-4", "Heart rate", 74, 10, 0, "/min"), ("9279-1", "Respiratory rate", 15, 2, 0, "/min"),
    ("8310-5", "Body temperature", 36.8, 0.4, 1, "Cel"), ("2708-6", "Oxygen saturation in Arterial blood", 97, 1, 0, "%"),
    ("29463-7", "Body weight", 76, 12, 1, "kg"), ("8302-2", "Body Height", 171, 9, 1, "cm"),
]
LABS = [
    ("2345-7", "Glucose", 95, 15, 1, "mg/dL"), ("2160-0", "Creatinine", 0.95, 0.2, 2, "mg/dL"), ("2951-2", "Sodium", 140, 2, 0, "mmol/L"),
    ("2823-3", "Potassium", 4.2, 0.3, 1, "mmol/L"), ("718-7", "Hemoglobin", 14.1, 1.2, 1, "g/dL"), ("6690-2", "Leukocytes", 6.8, 1.5, 1, "10*3/uL"),
    ("777-3", "Platelets", 250, 50, 0, "10*3/uL"), ("2093-3", "Cholesterol", 190, 30, 0, "mg/dL"), ("2571-8", "Triglyceride", 120, 40, 0, "mg/dL"),
    ("1742-6", "Alanine aminotransferase", 25, 8, 0, "U/L"), ("17861-6", "Calcium", 9.4, 0.4, 1, "mg/dL"), ("4548-4", "Hemoglobin A1c", 5.5, 0.4, 1, "%"),
]


def value(rng, row):
    number = round(rng.gauss(row[2], row[3]), row[4])
    return int(number) if row[4] == 0 else number


def identifier(rng):
    return f"{rng.getrandbits(32):08x}-{rng.getrandbits(16):04x}-4{rng.getrandbits(12):03x}-8{rng.getrandbits(12):03x}-{rng.getrandbits(48):012x}"


def observation(rng, row, category, subject, encounter, at):
    return {
        "resourceType": "Observation", "id": identifier(rng), "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": category, "display": category}]}],
        "code": {"coding": [{"system": LOINC, "code": row[0], "display": row[1]}], "text": row[1]},
        "subject": {"reference": subject}, "encounter": {"reference": encounter},
        "effectiveDateTime": at.isoformat(), "issued": at.isoformat(timespec="milliseconds"),
        "valueQuantity": {"value": value(rng, row), "unit": row[5], "system": UCUM, "code": row[5]},
    }


def pressure(rng, subject, encounter, at):
    record = observation(rng, ("85354-9", "Blood Pressure", 0, 0, 0, ""), "vital-signs", subject, encounter, at)
    del record["valueQuantity"]
    record["component"] = [
        {"code": {"coding": [{"system": LOINC, "code": code, "display": name}], "text": name},
         "valueQuantity": {"value": round(rng.gauss(mean, 9)), "unit": "mm[Hg]", "system": UCUM, "code": "mm[Hg]"}}
        for code, name, mean in (("8462-4", "Diastolic Blood Pressure", 78), ("8480-6", "Systolic Blood Pressure", 124))]
    return record


def bundle(rng, visits):
    """A patient's record as a transaction Bundle in the manner of Synthea."""
    patient = identifier(rng)
    subject = f"urn:uuid:{patient}"
    born = START - timedelta(days=rng.randrange(7_000, 30_000))
    resources = [{
        "resourceType": "Patient", "id": patient, "gender": rng.choice(["male", "female"]), "birthDate": born.date().isoformat(),
        "identifier": [{"system": "urn:example:hospital", "value": f"{rng.getrandbits(40)}"}],
        "name": [{"use": "official", "family": f"Family{rng.getrandbits(20)}", "given": [f"Given{rng.getrandbits(20)}"]}],
        "address": [{"line": ["1 Example Street"], "city": "Exampleton", "state": "MA", "country": "US"}],
    }]
    for visit in range(visits):
        at = START - timedelta(days=30 * (visits - visit), seconds=rng.randrange(40_000))
        encounter = identifier(rng)
        reference = f"urn:uuid:{encounter}"
        resources.append({
            "resourceType": "Encounter", "id": encounter, "status": "finished",
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
            "type": [{"coding": [{"system": "http://snomed.info/sct", "code": "185349003", "display": "Encounter for check up"}]}],
            "subject": {"reference": subject}, "period": {"start": at.isoformat(), "end": (at + timedelta(minutes=30)).isoformat()},
        })
        resources += [observation(rng, row, "vital-signs", subject, reference, at) for row in VITALS]
        resources.append(pressure(rng, subject, reference, at))
        resources += [observation(rng, row, "laboratory", subject, reference, at) for row in rng.sample(LABS, 8)]
        resources.append({
            "resourceType": "Condition", "id": identifier(rng), "subject": {"reference": subject}, "encounter": {"reference": reference},
            "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
            "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]},
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003", "display": "Hypertensive disorder"}], "text": "Hypertension"},
            "onsetDateTime": at.isoformat(), "recordedDate": at.isoformat(),
        })
        resources.append({
            "resourceType": "MedicationRequest", "id": identifier(rng), "status": "active", "intent": "order",
            "medicationCodeableConcept": {"coding": [{
                "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "314076", "display": "lisinopril 10 MG Oral Tablet"}]},
            "subject": {"reference": subject}, "encounter": {"reference": reference}, "authoredOn": at.isoformat(),
            "dosageInstruction": [{"sequence": 1, "timing": {"repeat": {"frequency": 1, "period": 1.0, "periodUnit": "d"}}, "asNeededBoolean": False}],
        })
    return {
        "resourceType": "Bundle", "type": "transaction",
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one, "request": {"method": "POST", "url": one["resourceType"]}}
                  for one in resources],
    }


def fhir(directory, bundles, visits=12):
    """Bundles of some 220 resources; the files."""
    rng = random.Random(SEED)
    files = []
    for number in range(bundles):
        path = directory / f"bundle-{number:03}.json"
        path.write_text(json.dumps(bundle(rng, visits), indent=2))
        files.append(path)
    return files


def synthea(directory, source):
    """The patients' bundles of Synthea, unpacked, or nothing when they are not there."""
    files = []
    for packed in sorted(source.glob("fhir-r4/synthea*/*.json.gz")):
        path = directory / packed.name.removesuffix(".gz")
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        files.append(path)
    return files


def hl7v2(directory, messages):
    """One file of ORU^R01 messages of version 2.5.1 with twelve results each; segments end with CR."""
    rng = random.Random(SEED + 1)
    path = directory / "results.hl7"
    with open(path, "w", encoding="utf-8", newline="") as file:
        for number in range(messages):
            at = START + timedelta(minutes=number)
            stamp = at.strftime("%Y%m%d%H%M%S+0000")
            lines = [
                f"MSH|^~\\&|LAB|HOSPITAL|EHR|HOSPITAL|{stamp}||ORU^R01^ORU_R01|M{number:08}|P|2.5.1|||AL|NE||UNICODE UTF-8",
                f"PID|1||{rng.randrange(10**8)}^^^HOSPITAL^MR||Family{number}^Given^M||19{rng.randrange(30, 99)}0{rng.randrange(1, 9)}15|F|||1 Example St^^Exampleton^MA^02134",
                f"PV1|1|I|W{rng.randrange(9)}^{rng.randrange(99)}^1||||1234^Example^Doctor|||MED",
                f"OBR|1|P{number}|F{number}|24323-8^Comprehensive metabolic panel^LN|||{stamp}|||||||{stamp}||1234^Example^Doctor||||||{stamp}||LAB|F",
            ]
            for place, row in enumerate(LABS, start=1):
                lines.append(f"OBX|{place}|NM|{row[0]}^{row[1]}^LN||{value(rng, row)}|{row[5]}^{row[5]}^UCUM||N|||F|||{stamp}")
            file.write("\r".join(lines) + "\r")
    return [path]


def open_mhealth(directory, points):
    """One data point a line: heart rates, blood pressures, temperatures, steps."""
    rng = random.Random(SEED + 2)
    path = directory / "points.ndjson"
    with open(path, "w", encoding="utf-8") as file:
        for number in range(points):
            file.write(json.dumps(data_point(rng, number, f"u{number % 500}"), separators=(",", ":")) + "\n")
    return [path]


def data_point(rng, number, user):
    at = (START + timedelta(seconds=7 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    end = (START + timedelta(seconds=7 * number + 60)).strftime("%Y-%m-%dT%H:%M:%SZ")
    kind = number % 4
    if kind == 0:
        name, version, body = "heart-rate", "1.0", {"heart_rate": {"value": rng.randrange(50, 120), "unit": "beats/min"}}
    elif kind == 1:
        name, version = "blood-pressure", "1.0"
        body = {"systolic_blood_pressure": {"value": rng.randrange(100, 150), "unit": "mmHg"},
                "diastolic_blood_pressure": {"value": rng.randrange(60, 95), "unit": "mmHg"}}
    elif kind == 2:
        name, version, body = "body-temperature", "1.0", {"body_temperature": {"value": round(rng.gauss(98.2, 0.6), 1), "unit": "F"}}
    else:
        name, version, body = "step-count", "1.0", {"step_count": rng.randrange(0, 140)}
    body["effective_time_frame"] = (
        {"time_interval": {"start_date_time": at, "end_date_time": end}} if kind == 3 else {"date_time": at})
    return {
        "header": {
            "id": identifier(rng), "creation_date_time": end, "user_id": user,
            "schema_id": {"namespace": "omh", "name": name, "version": version},
            "acquisition_provenance": {"source_name": "bench", "source_creation_date_time": end, "modality": "sensed"}},
        "body": body,
    }


APPLE_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT ExportDate EMPTY>
<!ATTLIST ExportDate value CDATA #REQUIRED>
<!ELEMENT Me EMPTY>
<!ELEMENT Record ((MetadataEntry)*)>
<!ELEMENT MetadataEntry EMPTY>
]>
<HealthData locale="en_US">
 <ExportDate value="2024-05-01 08:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-04-02" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale" \
HKCharacteristicTypeIdentifierBloodType="HKBloodTypeNotSet" HKCharacteristicTypeIdentifierFitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet" \
HKCharacteristicTypeIdentifierCardioFitnessMedicationsUse="None"/>
"""
APPLE_TYPES = [
    ("HeartRate", "count/min", 74, 12, 0), ("StepCount", "count", 60, 25, 0), ("ActiveEnergyBurned", "Cal", 0.9, 0.3, 3),
    ("DistanceWalkingRunning", "km", 0.06, 0.02, 5), ("OxygenSaturation", "%", 0.97, 0.01, 2), ("RespiratoryRate", "count/min", 15, 2, 1),
]


def apple(directory, megabytes):
    """An export.xml of at least so many megabytes, and the number of its records."""
    rng = random.Random(SEED + 3)
    path = directory / "export.xml"
    size, number, limit = 0, 0, megabytes * 1_000_000
    with open(path, "w", encoding="utf-8") as file:
        size += file.write(APPLE_HEAD)
        while size < limit:
            lines = []
            for _ in range(2_000):
                at = datetime(2020, 1, 1) + timedelta(seconds=61 * number)
                name, unit, mean, deviation, digits = APPLE_TYPES[number % len(APPLE_TYPES)]
                amount = f"{max(0.0, rng.gauss(mean, deviation)):.{digits}f}"
                start, end = (moment.strftime("%Y-%m-%d %H:%M:%S +0200") for moment in (at, at + timedelta(seconds=60)))
                head = (f' <Record type="HKQuantityTypeIdentifier{name}" sourceName="Apple Watch" sourceVersion="10.4" '
                        'device="&lt;&lt;HKDevice: 0x281b0c8e0&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:10.4&gt;" '
                        f'unit="{unit}" creationDate="{end}" startDate="{start}" endDate="{end}" value="{amount}"')
                lines.append(head + '>\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n </Record>\n'
                             if name == "HeartRate" else head + "/>\n")
                number += 1
            size += file.write("".join(lines))
        file.write("</HealthData>\n")
    return [path], number


def vcf(directory, lines):
    """One sample, GRCh38, GT:DP:GQ."""
    rng = random.Random(SEED + 4)
    path = directory / "sample.vcf"
    with open(path, "w", encoding="utf-8") as file:
        file.write("##fileformat=VCFv4.2\n##reference=GRCh38\n##FILTER=<ID=PASS,Description=\"All filters passed\">\n")
        for chromosome in range(1, 23):
            file.write(f"##contig=<ID=chr{chromosome},length=250000000,assembly=GRCh38>\n")
        file.write('##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n')
        file.write('##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">\n##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">\n')
        file.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n")
        each = lines // 22 + 1
        for number in range(lines):
            chromosome, place = divmod(number, each)
            reference, other = rng.sample("ACGT", 2)
            depth = rng.randrange(10, 60)
            file.write(f"chr{chromosome + 1}\t{10_000 + place * 700 + rng.randrange(600)}\trs{number + 1}\t{reference}\t{other}\t{rng.randrange(30, 99)}\t"
                       f"PASS\tDP={depth}\tGT:DP:GQ\t{rng.choice(['0/1', '1/1', '0|1'])}:{depth}:{rng.randrange(20, 99)}\n")
    return [path]
