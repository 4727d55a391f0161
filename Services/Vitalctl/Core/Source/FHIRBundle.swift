import JSONDocument

/// Cuts a FHIR Bundle into Bundles that fit into a record.
enum FHIRBundle {
    /// The Bundles that together hold every entry of `bundle`, none larger than `limit` bytes.
    ///
    /// A transaction that is cut is a batch: it can no longer be applied as one. Entries that others need in order to be understood (Patient,
    /// Medication) stand at the head of every part; `items` counts them in the first only.
    static func parts(
        of bundle: JSONValue, source: String, limit: Int
    ) throws(VitalctlError) -> [(bytes: [UInt8], items: Int)] {
        let whole = bundle.serialized()
        guard let entries = bundle["entry"]?.array, whole.count > limit, var frame = bundle.object else {
            let items = bundle["entry"]?.array?.count ?? 0
            guard whole.count <= limit else { throw oversize(source, whole.count, limit) }
            return [(whole, items)]
        }
        frame["entry"] = .array([])
        if frame["type"]?.string == "transaction" { frame["type"] = "batch" }
        let frameSize = JSONValue.object(frame).serialized().count
        let shared = entries.filter { ["Patient", "Medication"].contains($0["resource"]?["resourceType"]?.string) }
        let others = entries.filter { !["Patient", "Medication"].contains($0["resource"]?["resourceType"]?.string) }
        let sharedSize = shared.reduce(frameSize) { $0 + $1.serialized().count + 1 }

        var parts: [(bytes: [UInt8], items: Int)] = []
        var run: [JSONValue] = []
        var size = sharedSize
        func close() {
            frame["entry"] = .array(shared + run)
            parts.append((JSONValue.object(frame).serialized(), run.count + (parts.isEmpty ? shared.count : 0)))
            run = []
            size = sharedSize
        }
        for entry in others {
            let length = entry.serialized().count + 1
            guard sharedSize + length <= limit else { throw oversize(source, sharedSize + length, limit) }
            if size + length > limit { close() }
            run.append(entry)
            size += length
        }
        if !run.isEmpty || parts.isEmpty { close() }
        return parts
    }

    private static func oversize(_ source: String, _ size: Int, _ limit: Int) -> VitalctlError {
        VitalctlError(
            .oversize, operation: "read \(source)",
            detail:
                "one entry of the Bundle needs \(HumanText.bytes(size)); at most \(HumanText.bytes(limit)) fit into a record"
        )
    }
}
