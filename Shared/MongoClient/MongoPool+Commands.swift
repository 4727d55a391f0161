import CMongo

/// What kind of server answers.
public struct MongoBuildInfo: Sendable, Hashable {
    /// The version that the server claims.
    public let version: String
    /// The server's process name, when it tells one; a real MongoDB does not.
    public let process: String?

    /// True for nx-27017, which serves the protocol in development and is silently wrong outside a narrow set of
    /// operations.
    public var isDevelopmentStandIn: Bool { process?.hasPrefix("nx_27017") ?? false }
}

extension MongoPool {
    /// Asks whether a server answers.
    public func ping() async throws(MongoError) {
        _ = try await command("{\"ping\": 1}", database: "admin", operation: "ping")
    }

    /// Asks what the server is.
    public func buildInfo() async throws(MongoError) -> MongoBuildInfo {
        let reply = try await command("{\"buildInfo\": 1}", database: "admin", operation: "buildInfo")
        return MongoBuildInfo(version: reply.string("version") ?? "", process: reply.string("process"))
    }

    /// For the profile `production`: refuses the development stand-in.
    /// - Throws: `.notProductionServer`; the errors of `buildInfo`.
    public func requireProductionServer() async throws(MongoError) {
        guard try await buildInfo().isDevelopmentStandIn else { return }
        throw MongoError(
            .notProductionServer, operation: "buildInfo",
            detail: "the server is nx-27017, which serves development only: set the URI of a real MongoDB")
    }

    /// Makes a unique ascending index over top-level fields, unless it is there.
    /// - Throws: `.duplicateKey` when stored documents contradict it; `.invalidDocument` for a name with a dot.
    public func createUniqueIndex(on fields: [String], in collection: String) async throws(MongoError) {
        guard !fields.isEmpty, fields.allSatisfy({ !$0.isEmpty && !$0.contains(".") && !$0.hasPrefix("$") }) else {
            throw MongoError(
                .invalidDocument, operation: "createIndexes", detail: "an index needs top-level field names")
        }
        let database = configuration.database
        try await run { clients throws(MongoError) in
            let keys = try BSONDocument()
            for field in fields { keys.append(field, 1 as Int32) }
            let index = try BSONDocument()
            index.append("key", keys)
            index.append("name", fields.map { $0 + "_1" }.joined(separator: "_"))
            index.append("unique", true)
            let list = try BSONDocument()
            list.append("0", index)
            let command = try BSONDocument()
            command.append("createIndexes", collection)
            command.append("indexes", array: list)
            _ = try clients.command(command, database: database, operation: "createIndexes")
        }
    }

    private func command(_ json: String, database: String, operation: String) async throws(MongoError) -> MongoDocument
    {
        try await run { clients throws(MongoError) in
            try clients.command(
                try BSONDocument(json: json, operation: operation), database: database, operation: operation)
        }
    }
}

extension ClientPool {
    /// Runs a command and gives the reply.
    func command(_ command: BSONDocument, database: String, operation: String) throws(MongoError) -> MongoDocument {
        try withClient { client throws(MongoError) in
            var error = bson_error_t()
            let reply = try BSONDocument.reply()
            let done = withExtendedLifetime((command, reply)) {
                mongoc_client_write_command_with_opts(client, database, command.pointer, nil, reply.pointer, &error)
            }
            guard done else { throw MongoError(error, operation: operation) }
            return MongoDocument(bytes: reply.bytes)
        }
    }
}
