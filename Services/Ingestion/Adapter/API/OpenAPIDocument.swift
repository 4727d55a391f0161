import IngestionCore
public import JSONDocument

/// What this service answers over HTTP, as an OpenAPI 3.1 document; served at `/openapi.json`. A test holds it to the routes.
public enum OpenAPIDocument {
    /// The document of a server at the URL `base`. With `needsToken` the routes that take data ask for an access token.
    public static func document(base: String, needsToken: Bool) -> JSONValue {
        var components: JSONObject = [
            "schemas": OpenAPISchemas.all, "responses": OpenAPIResponses.all, "parameters": parameters,
        ]
        if needsToken {
            components["securitySchemes"] = [
                "backendServices": [
                    "type": "oauth2",
                    "description":
                        "SMART Backend Services: a signed assertion (RS384, ES384) for a token of five minutes",
                    "flows": [
                        "clientCredentials": [
                            "tokenUrl": .string(base + TokenRoutes.path),
                            "scopes": [
                                "system/*.cu": "every type and format", "system/Observation.c": "one FHIR type",
                                "system/wearable.c": "the formats of wearables", "system/hl7v2.c": "HL7 version 2",
                                "system/genomics.c": "the formats of genomics",
                            ],
                        ]
                    ],
                ]
            ]
        }
        return .object([
            "openapi": "3.1.0",
            "info": [
                "title": "Vitalstream Ingestion", "version": "1.0.0",
                "summary": "The front door: FHIR, wearables and genomics in; an outcome for each record out",
                "description":
                    "An answer of 200, 201, 202 or 422 is given after COMMIT. Sending the same body again is always safe: what is known comes back as duplicate.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(base)]],
            "paths": .object(paths(needsToken: needsToken)),
            "components": .object(components),
        ])
    }

    private static let parameters: JSONValue = [
        "contentEncoding": [
            "name": "Content-Encoding", "in": "header", "required": false, "description": "How the body is packed",
            "schema": ["type": "string", "enum": ["identity", "gzip", "zstd"]],
        ],
        "resourceType": [
            "name": "type", "in": "path", "required": true, "description": "The FHIR type of the body",
            "schema": ["type": "string", "pattern": "^[A-Z][A-Za-z]+$"],
        ],
        "resourceID": [
            "name": "id", "in": "path", "required": true, "description": "The logical id of the body",
            "schema": ["type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$"],
        ],
        "ifNoneExist": [
            "name": "If-None-Exist", "in": "header", "required": false,
            "description": "Take it only when nothing matches this search",
            "schema": ["type": "string", "pattern": "^[!-~]*$"],
        ],
        "format": [
            "name": "format", "in": "path", "required": true, "description": "The format of the body",
            "schema": ["type": "string", "enum": .array(FeedFormat.allCases.map { .string($0.rawValue) })],
        ],
        "mapping": [
            "name": "mapping", "in": "query", "required": false, "description": "The mapping, for csv and json",
            "schema": ["type": "string"],
        ],
        "file": [
            "name": "file", "in": "query", "required": false,
            "description": "The file's name; it tells the measure of some exports",
            "schema": ["type": "string"],
        ],
        "cohort": [
            "name": "cohort", "in": "query", "required": false, "description": "The cohort of an expression matrix",
            "schema": ["type": "string"],
        ],
        "tissue": [
            "name": "tissue", "in": "query", "required": false, "description": "The tissue of an expression matrix",
            "schema": ["type": "string"],
        ],
        "unit": [
            "name": "unit", "in": "query", "required": false, "description": "The unit of an expression matrix",
            "schema": ["type": "string"],
        ],
        "orientation": [
            "name": "orientation", "in": "query", "required": false, "description": "How an expression matrix lies",
            "schema": ["type": "string", "enum": ["genes-by-samples", "samples-by-genes"]],
        ],
        "subject": [
            "name": "Vitalstream-Subject", "in": "header", "required": false,
            "description": "The person's id at the source, for formats that name none",
            "schema": ["type": "string", "pattern": "^[!-~]*$"],
        ],
        "timeZone": [
            "name": "Vitalstream-Time-Zone", "in": "header", "required": false,
            "description": "The IANA name of the zone of local times that say none",
            "schema": ["type": "string", "pattern": "^[!-~]*$"],
        ],
    ]
}
