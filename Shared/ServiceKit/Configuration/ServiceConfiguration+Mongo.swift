import MongoClient

extension ServiceConfiguration {
    /// How to reach MongoDB, for the client that the server's log calls `applicationName`.
    /// - Throws: `.missingValue` when nobody gave `mongo.uri`; ask ``isGiven(_:)`` first where documents are optional.
    public func mongo(applicationName: String) throws(ServiceKitError) -> MongoConfiguration {
        MongoConfiguration(
            uri: try require(ServiceKeys.mongoURI), database: value(ServiceKeys.mongoDatabase),
            applicationName: applicationName)
    }
}
