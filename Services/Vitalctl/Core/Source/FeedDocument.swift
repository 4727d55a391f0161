public import JSONDocument

/// Turns a JSON document into records for the feed topics.
///
/// It looks only at what it needs to choose a topic and a key; whether the content is valid is Ingestion's to judge, record by record.
public enum FeedDocument {
    /// The largest record it makes, in bytes; Kafka's own limit is 1,000,000 here and Ingestion's 1 MiB.
    public static let standardLimit = 512 * 1024

    /// The records of `document`, which came from `source` (a file's name).
    ///
    /// - A FHIR Bundle becomes one record or, when it is larger than `limit`, several Bundles of the same kind, each with the Patient and
    ///   Medication entries that others refer to. Numbers keep their text.
    /// - Another FHIR resource becomes one record.
    /// - An Open mHealth data point becomes one record; an array of them one record for each run of points of one user, cut at `limit`.
    /// - An array of FHIR resources becomes a record each.
    ///
    /// - Throws: `notHealthData` when it is none of these, `oversize` when one part alone is larger than `limit`.
    public static func records(
        of document: JSONValue, source: String, limit: Int = standardLimit
    ) throws(VitalctlError) -> [FeedRecord] {
        if let elements = document.array { return try records(of: elements, source: source, limit: limit) }
        if document["resourceType"]?.string == "Bundle" {
            let key = FeedKey.key(for: person(inBundle: document) ?? source)
            return try FHIRBundle.parts(of: document, source: source, limit: limit).map { part in
                FeedRecord(topic: .ehr, key: key, value: part.bytes, itemCount: part.items)
            }
        }
        if document["resourceType"]?.string != nil {
            return [try record(.ehr, key: person(inResource: document), [document], source: source, limit: limit)]
        }
        if isDataPoint(document) {
            return [try record(.wearable, key: user(of: document), [document], source: source, limit: limit)]
        }
        throw VitalctlError(
            .notHealthData, operation: "read \(source)",
            detail: "neither a FHIR resource (resourceType) nor an Open mHealth data point (header, body)")
    }

    private static func records(
        of elements: [JSONValue], source: String, limit: Int
    ) throws(VitalctlError) -> [FeedRecord] {
        var records: [FeedRecord] = []
        var run: [JSONValue] = []
        var runBytes = 2
        func close() throws(VitalctlError) {
            guard let first = run.first else { return }
            records.append(try record(.wearable, key: user(of: first), run, source: source, limit: limit))
            run = []
            runBytes = 2
        }
        for element in elements {
            guard isDataPoint(element) else {
                try close()
                records += try self.records(of: element, source: source, limit: limit)
                continue
            }
            let size = element.serialized().count + 1
            if let first = run.first, user(of: first) != user(of: element) || runBytes + size > limit { try close() }
            run.append(element)
            runBytes += size
        }
        try close()
        return records
    }

    private static func record(
        _ topic: FeedTopic, key: String?, _ items: [JSONValue], source: String, limit: Int
    ) throws(VitalctlError) -> FeedRecord {
        let value = items.count == 1 ? items[0] : .array(items)
        let bytes = value.serialized()
        guard bytes.count <= limit else {
            throw VitalctlError(
                .oversize, operation: "read \(source)",
                detail:
                    "one item has \(HumanText.bytes(bytes.count)); at most \(HumanText.bytes(limit)) fit into a record")
        }
        return FeedRecord(topic: topic, key: FeedKey.key(for: key ?? source), value: bytes, itemCount: items.count)
    }

    private static func isDataPoint(_ value: JSONValue) -> Bool {
        value["header"]?.object != nil && value["body"]?.object != nil
    }

    private static func user(of point: JSONValue) -> String? { point["header"]?["user_id"]?.string }

    static func person(inResource resource: JSONValue) -> String? {
        if resource["resourceType"]?.string == "Patient" { return resource["id"]?.string }
        let reference = resource["subject"]?["reference"]?.string ?? resource["patient"]?["reference"]?.string
        return reference.map { text in
            String(text.split(whereSeparator: { $0 == "/" || $0 == ":" }).last ?? "")
        }
    }

    private static func person(inBundle bundle: JSONValue) -> String? {
        let resources = (bundle["entry"]?.array ?? []).compactMap { $0["resource"] }
        let patient = resources.first { $0["resourceType"]?.string == "Patient" }?["id"]?.string
        return patient ?? resources.lazy.compactMap { person(inResource: $0) }.first
    }
}
