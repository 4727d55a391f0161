import JSONDocument

/// The forms of bodies and answers.
enum OpenAPISchemas {
    static let all: JSONValue = [
        "Outcomes": outcomes, "Outcome": outcome, "Reason": reason, "Refusal": refusal,
        "OperationOutcome": operationOutcome,
        "Bundle": bundle, "Resource": resource, "DataPoints": dataPoints, "TokenRequest": tokenRequest,
        "TokenGrant": tokenGrant, "TokenError": tokenError, "Health": health,
    ]

    private static let text: JSONValue = ["type": "string"]
    private static let count: JSONValue = ["type": "integer", "minimum": 0]

    private static let outcomes: JSONValue = [
        "type": "object", "required": ["outcomes", "accepted", "duplicate", "quarantined", "rejected"],
        "properties": [
            "outcomes": [
                "type": "array", "description": "As many as records were sent, in their order",
                "items": ["$ref": "#/components/schemas/Outcome"],
            ],
            "accepted": count, "duplicate": count, "quarantined": count, "rejected": count,
        ],
    ]

    private static let outcome: JSONValue = [
        "type": "object", "required": ["index", "outcome"],
        "properties": [
            "index": count,
            "outcome": ["type": "string", "enum": ["accepted", "duplicate", "quarantined", "rejected"]],
            "event_id": ["type": "string", "format": "uuid", "description": "The record's id"],
            "code": ["type": "string", "description": "A stable reason code in kebab case"],
            "place": ["type": "string", "description": "Where in the body: an expression, a line, a segment"],
            "detail": ["type": "string", "description": "What was wrong and what would be right"],
            "notes": ["type": "array", "items": ["$ref": "#/components/schemas/Reason"]],
        ],
    ]

    private static let reason: JSONValue = [
        "type": "object", "required": ["code", "place", "detail"],
        "properties": ["code": text, "place": text, "detail": text],
    ]

    private static let refusal: JSONValue = [
        "type": "object", "required": ["code", "detail"], "properties": ["code": text, "place": text, "detail": text],
    ]

    private static let operationOutcome: JSONValue = [
        "type": "object", "required": ["resourceType", "issue"],
        "properties": [
            "resourceType": ["const": "OperationOutcome"],
            "issue": [
                "type": "array", "minItems": 1,
                "items": [
                    "type": "object", "required": ["severity", "code"],
                    "properties": [
                        "severity": ["type": "string", "enum": ["fatal", "error", "warning", "information"]],
                        "code": text, "details": ["type": "object", "properties": ["text": text]],
                        "diagnostics": text, "expression": ["type": "array", "items": text],
                    ],
                ],
            ],
        ],
    ]

    private static let bundle: JSONValue = [
        "type": "object", "required": ["resourceType", "type"],
        "properties": [
            "resourceType": ["const": "Bundle"],
            "type": ["type": "string", "enum": ["batch-response", "transaction-response"]],
            "entry": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["response"],
                    "properties": [
                        "response": ["type": "object", "required": ["status"], "properties": ["status": text]]
                    ],
                ],
            ],
        ],
    ]

    private static let resource: JSONValue = [
        "type": "object", "required": ["resourceType"],
        "properties": ["resourceType": ["type": "string", "pattern": "^[A-Z][A-Za-z]+$"]],
        "examples": [
            [
                "resourceType": "Observation", "status": "final",
                "code": ["coding": [["system": "http://loinc.org", "code": "8867-4"]]],
                "subject": ["reference": "Patient/123"], "effectiveDateTime": "2024-05-01T06:30:00Z",
                "valueQuantity": [
                    "value": 72, "unit": "beats/minute", "system": "http://unitsofmeasure.org", "code": "/min",
                ],
            ]
        ],
    ]

    private static let dataPoints: JSONValue = [
        "description": "A data point, or an array of them",
        "anyOf": [["type": "object"], ["type": "array", "items": ["type": "object"]]],
    ]

    private static let tokenRequest: JSONValue = [
        "type": "object", "required": ["grant_type", "client_assertion_type", "client_assertion", "scope"],
        "properties": [
            "grant_type": ["const": "client_credentials"],
            "client_assertion_type": ["const": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"],
            "client_assertion": ["type": "string", "description": "A JWT in RS384 or ES384, signed by the client"],
            "scope": ["type": "string", "description": "Scopes such as system/Observation.c, separated by spaces"],
        ],
    ]

    private static let tokenGrant: JSONValue = [
        "type": "object", "required": ["access_token", "token_type", "expires_in", "scope"],
        "properties": [
            "access_token": text, "token_type": ["const": "bearer"],
            "expires_in": ["type": "integer", "minimum": 1, "maximum": 300], "scope": text,
        ],
    ]

    private static let tokenError: JSONValue = [
        "type": "object", "required": ["error"],
        "properties": [
            "error": [
                "type": "string",
                "enum": [
                    "invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type", "server_error",
                    "temporarily_unavailable",
                ],
            ], "error_description": text,
        ],
    ]

    private static let health: JSONValue = [
        "type": "object", "required": ["status", "checks"],
        "properties": [
            "status": ["type": "string", "enum": ["pass", "fail"]],
            "checks": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["name", "status"],
                    "properties": [
                        "name": text, "status": ["type": "string", "enum": ["pass", "fail"]], "detail": text,
                    ],
                ],
            ],
        ],
    ]
}
