public import JSONDocument

/// Judging bodies by the schemas of Open mHealth.
public enum OpenMHealthSchemas {
    /// The names of the schemas that can be judged, e.g. `omh/heart-rate-1.1`.
    public static var names: [String] { SchemaCatalog.openMHealth.roots.keys.sorted() }

    /// Whether the schema is known, e.g. namespace `omh`, name `heart-rate`, version `1.1`.
    public static func contains(namespace: String, name: String, version: String) -> Bool {
        SchemaCatalog.openMHealth.roots["\(namespace)/\(name)-\(version)"] != nil
    }

    /// Throws the first violation of the schema by `body`; `root` is how places begin.
    ///
    /// The codes: `unknown-schema`, `missing-member`, `wrong-type`, `value-not-allowed`, `invalid-format`, `too-few-items`, `no-alternative`,
    /// `ambiguous`.
    public static func validateBody(
        _ body: JSONValue, namespace: String, name: String, version: String, root: String = "body"
    ) throws(FeedRejection) {
        try validate(body, schema: "\(namespace)/\(name)-\(version)", root: root)
    }

    static func validate(_ value: JSONValue, schema: String, root: String) throws(FeedRejection) {
        let catalog = SchemaCatalog.openMHealth
        guard let node = catalog.roots[schema] else {
            throw FeedRejection(code: "unknown-schema", place: root, detail: "the schema is not in the catalogue")
        }
        do {
            try catalog.validate(value, against: node)
        } catch {
            throw FeedRejection(code: error.code, place: error.place(root: root), detail: error.detail)
        }
    }
}
