import JSONDocument

/// R4's profiles of vital signs, which hold for every Observation with one of their LOINC codes (R4, Observation, vital signs).
extension ValidationRun {
    /// The UCUM codes of the value; none for a panel.
    private static let units: [String: Set<String>] = [
        "85353-1": [], "85354-9": [], "9279-1": ["/min"], "8867-4": ["/min"], "2708-6": ["%"],
        "8310-5": ["Cel", "[degF]"],
        "8302-2": ["cm", "[in_i]"], "9843-4": ["cm", "[in_i]"], "29463-7": ["g", "kg", "[lb_av]"], "39156-5": ["kg/m2"],
    ]

    mutating func vitalSigns(_ object: JSONObject) {
        let codes = Self.codes(object["code"], of: "http://loinc.org")
        guard let code = codes.first(where: { Self.units[$0] != nil }), let units = Self.units[code] else { return }
        let categories = (object["category"]?.array ?? []).flatMap {
            Self.codes($0, of: "http://terminology.hl7.org/CodeSystem/observation-category")
        }
        if !categories.contains("vital-signs") { missing("category") }
        if object["subject"] == nil { missing("subject") }
        if object["effectiveDateTime"] == nil, object["effectivePeriod"] == nil { missing("effective[x]") }
        if case .string(let time)? = object["effectiveDateTime"], time.utf8.count < 10 {
            report(.invariant, "a vital sign is of a day at least", at: "effectiveDateTime", constraint: "vs-1")
        }
        let isReasoned = object["dataAbsentReason"] != nil
        let hasParts = object["component"] != nil || object["hasMember"] != nil
        if !object.members.contains(where: { $0.key.hasPrefix("value") }), !isReasoned, !hasParts {
            report(.invariant, "a vital sign has a value or says why it has none", constraint: "vs-2")
        }
        if !units.isEmpty { quantity(object["valueQuantity"], units) }
        if code == "85354-9" { bloodPressure(object) }
    }

    private static func codes(_ concept: JSONValue?, of system: JSONValue) -> [String] {
        (concept?["coding"]?.array ?? []).filter { $0["system"] == system }.compactMap { $0["code"]?.string }
    }

    private mutating func missing(_ name: String) {
        report(.required, "the profile of vital signs requires it", at: name)
    }

    private mutating func quantity(_ value: JSONValue?, _ units: Set<String>) {
        guard let value else { return }
        for name in ["value", "unit", "system", "code"] where value[name] == nil { missing("valueQuantity.\(name)") }
        if let system = value["system"], system != "http://unitsofmeasure.org" {
            report(.value, "the unit of a vital sign is one of UCUM", at: "valueQuantity.system")
        }
        if case .string(let code)? = value["code"], !units.contains(code) {
            report(.value, "the vital sign is not given in this unit", at: "valueQuantity.code")
        }
    }

    private mutating func bloodPressure(_ object: JSONObject) {
        let parts = (object["component"]?.array ?? []).flatMap { Self.codes($0["code"], of: "http://loinc.org") }
        for code in ["8480-6", "8462-4"] where !parts.contains(code) {
            report(.required, "a blood pressure has a component \(code)", at: "component")
        }
    }
}
