import JSONDocument

extension OpenAPIDocument {
    /// The paths and their operations.
    static func paths(needsToken: Bool) -> JSONObject {
        var paths: JSONObject = [
            "/v1/observations": [
                "post": data(
                    "postObservations", "Open mHealth and IEEE 1752.1 data points", parameters: ["contentEncoding"],
                    bodies: ["application/json": points, "application/x-ndjson": text], isFHIR: false, needsToken)
            ],
            "/v1/feeds/{format}": [
                "parameters": [reference("parameters/format")],
                "post": data(
                    "postFeed", "A file or message of another format",
                    parameters: [
                        "contentEncoding", "mapping", "file", "cohort", "tissue", "orientation", "unit", "subject",
                        "timeZone",
                    ],
                    bodies: ["application/octet-stream": [:]], isFHIR: false, needsToken),
            ],
            "/fhir": [
                "post": data(
                    "postFHIR", "A Bundle of any type, one resource, or one resource a line",
                    parameters: ["contentEncoding"],
                    bodies: [
                        "application/fhir+json": resource, "application/json": resource,
                        "application/fhir+ndjson": text, "application/fhir+xml": text,
                    ], isFHIR: true, needsToken)
            ],
            "/fhir/{type}": [
                "parameters": [reference("parameters/resourceType")],
                "post": data(
                    "createResource", "One resource; with If-None-Exist only when nothing matches",
                    parameters: ["contentEncoding", "ifNoneExist"],
                    bodies: ["application/fhir+json": resource, "application/json": resource], isFHIR: true, needsToken),
            ],
            "/fhir/{type}/{id}": [
                "parameters": [reference("parameters/resourceType"), reference("parameters/resourceID")],
                "put": data(
                    "updateResource", "The next version of a resource", parameters: ["contentEncoding"],
                    bodies: ["application/fhir+json": resource, "application/json": resource], isFHIR: true, needsToken),
            ],
        ]
        if needsToken {
            paths[TokenRoutes.path] = ["post": token]
            for (path, name, title) in [
                ("/.well-known/smart-configuration", "smartConfiguration", "How tokens are asked for"),
                ("/fhir/.well-known/smart-configuration", "smartConfigurationOfFHIR", "How tokens are asked for"),
                ("/.well-known/jwks.json", "publicKeys", "The keys that sign access tokens"),
            ] { paths[path] = ["get": document(name, title)] }
        }
        paths["/openapi.json"] = ["get": document("openAPI", "This document")]
        paths["/asyncapi.json"] = ["get": document("asyncAPI", "The topics, as an AsyncAPI document")]
        for (path, name, title) in [
            ("/livez", "livez", "Whether the process works"), ("/readyz", "readyz", "Whether it takes work now"),
            ("/startupz", "startupz", "Whether it has started"),
        ] { paths[path] = ["get": probe(name, title)] }
        paths["/metrics"] = [
            "get": [
                "operationId": "metrics", "summary": "Metrics in the text format of Prometheus", "tags": ["operation"],
                "responses": [
                    "200": ["description": "The metrics", "content": ["text/plain": ["schema": text]]]
                ],
            ]
        ]
        return paths
    }

    private static let resource: JSONValue = reference("schemas/Resource")
    private static let points: JSONValue = reference("schemas/DataPoints")
    private static let text: JSONValue = ["type": "string"]

    static func reference(_ path: String) -> JSONValue { ["$ref": .string("#/components/\(path)")] }

    /// A route that takes data. Every refusal that the front door knows can come of each.
    private static func data(
        _ name: String, _ title: String, parameters: [String], bodies: KeyValuePairs<String, JSONValue>, isFHIR: Bool,
        _ needsToken: Bool
    ) -> JSONValue {
        var content: JSONObject = [:]
        for (type, schema) in bodies { content[type] = schema.object?.isEmpty ?? true ? [:] : ["schema": schema] }
        let kind = isFHIR ? "FHIR" : "Feed"
        var responses: JSONObject = ["200": reference("responses/\(kind)Taken")]
        if isFHIR { responses["201"] = reference("responses/FHIRCreated") }
        responses["202"] = reference("responses/\(kind)Quarantined")
        for status in ["400", "404", "413", "415"] { responses[status] = reference("responses/\(kind)Refused") }
        if isFHIR { responses["412"] = reference("responses/FHIRRefused") }
        responses["422"] = reference("responses/\(kind)Rejected")
        if needsToken {
            responses["401"] = reference("responses/\(kind)Unauthorized")
            responses["403"] = reference("responses/\(kind)Unauthorized")
            responses["429"] = reference("responses/\(kind)Later")
        }
        responses["503"] = reference("responses/\(kind)Later")
        var operation: JSONObject = [
            "operationId": .string(name), "summary": .string(title), "tags": ["data"],
            "parameters": .array(parameters.map { reference("parameters/\($0)") }),
            "requestBody": ["required": true, "content": .object(content)], "responses": .object(responses),
        ]
        if needsToken { operation["security"] = [["backendServices": []]] }
        return .object(operation)
    }

    private static var token: JSONValue {
        [
            "operationId": "token", "summary": "An access token for a signed assertion (RFC 6749, RFC 7523)",
            "tags": ["authorization"],
            "requestBody": [
                "required": true,
                "content": ["application/x-www-form-urlencoded": ["schema": reference("schemas/TokenRequest")]],
            ],
            "responses": [
                "200": [
                    "description": "The token",
                    "content": ["application/json": ["schema": reference("schemas/TokenGrant")]],
                ],
                "400": reference("responses/TokenRefused"), "401": reference("responses/TokenRefused"),
                "500": reference("responses/TokenRefused"), "503": reference("responses/TokenRefused"),
            ],
        ]
    }

    private static func document(_ name: String, _ title: String) -> JSONValue {
        [
            "operationId": .string(name), "summary": .string(title), "tags": ["description"],
            "responses": [
                "200": [
                    "description": .string(title), "content": ["application/json": ["schema": ["type": "object"]]],
                ]
            ],
        ]
    }

    private static func probe(_ name: String, _ title: String) -> JSONValue {
        [
            "operationId": .string(name), "summary": .string(title), "tags": ["operation"],
            "responses": ["200": reference("responses/Health"), "503": reference("responses/Health")],
        ]
    }
}
