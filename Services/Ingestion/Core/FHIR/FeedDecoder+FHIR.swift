import JSONDocument

extension FeedDecoder {
    /// FHIR R4 bulk data: one outcome for each line that is not blank; a bad line spoils no other. References among lines are resolved by type and
    /// id. A Bundle on a line is refused: its entries would be more than one outcome.
    public func fhir(lines json: [UInt8]) -> [FactOutcome] {
        let lines = NDJSON.lines(of: json)
        var values: [(value: JSONValue, place: String)] = []
        var failures: [Int: JSONError] = [:]
        for (index, line) in lines.enumerated() {
            let place = "line[\(line.number)]"
            do throws(JSONError) {
                values.append((try JSONValue(parsing: line.bytes, limits: Self.limits), place))
            } catch {
                values.append((.null, place))
                failures[index] = error
            }
        }
        var outcomes = FHIRReader(context: context, names: names).outcomes(ofResources: values)
        for (index, error) in failures {
            outcomes[index] = Self.unreadable(error, index: index, root: values[index].place)
        }
        return outcomes
    }

    /// A conditional request for one resource (`If-None-Exist`, `If-None-Match`, `PUT`) as the batch of one entry that asks the same, so that it takes
    /// the same way as every other submission.
    ///
    /// - Parameters:
    ///   - resource: the resource of the body.
    ///   - method: `POST` or `PUT`.
    ///   - url: the path after the base, with the query: `Patient`, `Patient/1` or `Patient?identifier=system|value`.
    ///   - ifNoneExist: the header `If-None-Exist`.
    ///   - ifNoneMatch: the header `If-None-Match`.
    public static func batch(
        of resource: JSONValue, method: String, url: String, ifNoneExist: String? = nil, ifNoneMatch: String? = nil
    ) -> JSONValue {
        var request: JSONObject = ["method": .string(method), "url": .string(url)]
        if let ifNoneExist { request["ifNoneExist"] = .string(ifNoneExist) }
        if let ifNoneMatch { request["ifNoneMatch"] = .string(ifNoneMatch) }
        return [
            "resourceType": "Bundle", "type": "batch",
            "entry": [["request": .object(request), "resource": resource]],
        ]
    }
}
