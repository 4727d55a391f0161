import HL7v2

/// Coding systems by their names in table 0396, and their URIs (HL7 Terminology; for local ones a name within the sender).
enum HL7CodeSystems {
    static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    static let cvx = "http://hl7.org/fhir/sid/cvx"
    static let ndc = "http://hl7.org/fhir/sid/ndc"
    static let snomed = "http://snomed.info/sct"

    /// The URI of the coding system that a message names `name`; codes without a known system belong to the sender.
    static func uri(_ name: String, sender: String) -> String {
        let known = name.uppercased()
        if let uri = uris[known] { return uri }
        if known.hasPrefix("HL7"), known.utf8.count == 7,
            known.utf8.dropFirst(3).allSatisfy({ (0x30...0x39).contains($0) })
        {
            return "http://terminology.hl7.org/CodeSystem/v2-\(known.suffix(4))"
        }
        let isOID = name.contains(".") && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        if isOID { return "urn:oid:\(name)" }
        return "urn:vitalstream:hl7v2:codes:\(sender):\(name)"
    }

    /// The coding in the first of the `preferred` systems, else the first in a known system, else the first.
    static func choice(of element: HL7CodedElement, preferring preferred: [String]) -> HL7CodedElement.Coding? {
        let codings = element.codings
        guard codings.count > 1 else { return codings.first }
        for system in preferred {
            if let coding = codings.first(where: { uris[$0.system.uppercased()] == system }) { return coding }
        }
        return codings.first { uris[$0.system.uppercased()] != nil } ?? codings.first
    }

    private static let uris: [String: String] = [
        "LN": CodedConcept.loincSystem, "LOINC": CodedConcept.loincSystem,
        "SCT": snomed, "SNOMED": snomed, "SNOMED-CT": snomed, "SNOMEDCT": snomed, "SCT2": snomed,
        "RXNORM": rxNorm, "RXN": rxNorm, "NDC": ndc, "CVX": cvx, "MVX": "http://terminology.hl7.org/CodeSystem/MVX",
        "I9": "http://hl7.org/fhir/sid/icd-9-cm", "I9C": "http://hl7.org/fhir/sid/icd-9-cm",
        "I9CDX": "http://hl7.org/fhir/sid/icd-9-cm", "I9CP": "http://terminology.hl7.org/CodeSystem/icd9cm-vol3",
        "I10": "http://hl7.org/fhir/sid/icd-10", "ICD10": "http://hl7.org/fhir/sid/icd-10",
        "I10C": "http://hl7.org/fhir/sid/icd-10-cm", "I10P": "http://www.cms.gov/Medicare/Coding/ICD10",
        "C4": "http://www.ama-assn.org/go/cpt", "CPT": "http://www.ama-assn.org/go/cpt",
        "CPTM": "http://www.ama-assn.org/go/cpt", "ATC": "http://www.whocc.no/atc", "WC": "http://www.whocc.no/atc",
        "UCUM": "http://unitsofmeasure.org", "UNII": "http://fdasis.nlm.nih.gov",
        "NCIT": "http://ncithesaurus-stage.nci.nih.gov",
        "CDCREC": "urn:oid:2.16.840.1.113883.6.238", "DCM": "http://dicom.nema.org/resources/ontology/DCM",
        "MDC": "urn:iso:std:iso:11073:10101",
    ]
}
