import JSONDocument

/// The answers that several routes share.
enum OpenAPIResponses {
    static let all: JSONValue = {
        var all: JSONObject = [:]
        let outcomes = OpenAPIDocument.reference("schemas/Outcomes")
        let refusal = OpenAPIDocument.reference("schemas/Refusal")
        for (name, title) in [
            ("Taken", "An outcome for each record"), ("Quarantined", "Every record is held back for review"),
            ("Rejected", "Every record was rejected, each with its reason"),
        ] { all["Feed\(name)"] = response(title, "application/json", outcomes) }
        all["FeedRefused"] = response("The body as a whole was not taken", "application/json", refusal)
        all["FeedUnauthorized"] = response(
            "No valid token, or one that does not permit this", "application/json", refusal, header: "WWW-Authenticate")
        all["FeedLater"] = response(
            "Nothing is known to have happened; send again later", "application/json", refusal, header: "Retry-After")

        let either = JSONValue.object([
            "anyOf": [
                OpenAPIDocument.reference("schemas/OperationOutcome"), OpenAPIDocument.reference("schemas/Bundle"),
            ]
        ])
        let outcome = OpenAPIDocument.reference("schemas/OperationOutcome")
        all["FHIRTaken"] = response(
            "A response Bundle, or the outcome of one resource", "application/fhir+json", either)
        all["FHIRCreated"] = response("The resource is durable", "application/fhir+json", either)
        all["FHIRQuarantined"] = response("The resource is held back for review", "application/fhir+json", either)
        all["FHIRRejected"] = response("Not taken, with the reasons", "application/fhir+json", either)
        all["FHIRRefused"] = response("The body as a whole was not taken", "application/fhir+json", outcome)
        all["FHIRUnauthorized"] = response(
            "No valid token, or one that does not permit this", "application/fhir+json", outcome,
            header: "WWW-Authenticate")
        all["FHIRLater"] = response(
            "Nothing is known to have happened; send again later", "application/fhir+json", outcome,
            header: "Retry-After")

        all["TokenRefused"] = response(
            "Why no token was given (RFC 6749, section 5.2)", "application/json",
            OpenAPIDocument.reference("schemas/TokenError"))
        all["Health"] = response(
            "Every check and its result", "application/json", OpenAPIDocument.reference("schemas/Health"))
        return .object(all)
    }()

    private static func response(_ title: String, _ type: String, _ schema: JSONValue, header: String? = nil)
        -> JSONValue
    {
        var response: JSONObject = [
            "description": .string(title), "content": .object([type: ["schema": schema]]),
        ]
        if let header {
            // FHIR and feed answers of 503 and 401 carry it always; those of the same form at other statuses may.
            var headers = JSONObject()
            headers[header] = ["schema": ["type": "string"]]
            response["headers"] = .object(headers)
        }
        return .object(response)
    }
}
