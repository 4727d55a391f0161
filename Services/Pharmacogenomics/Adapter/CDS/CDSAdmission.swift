public import Domain
public import PharmacogenomicsCore

/// The port that says which client calls, or that it may not.
public protocol CDSAdmission: Sendable {
    /// The client that presents `authorization`, the value of the header of that name, to the service at `path`.
    ///
    /// - Throws: ``CDSError`` `unauthorized`, `forbidden` or `unavailable`.
    func admit(authorization: String?, path: String) async throws(CDSError) -> CDSClient
}

/// A client that was let in.
public struct CDSClient: Sendable, Equatable {
    /// The client's name.
    public let name: String
    /// The only people that it may ask about; nil: anybody.
    public let patients: Set<PatientPseudonym>?

    /// A client.
    public init(name: String, patients: Set<PatientPseudonym>? = nil) {
        self.name = name
        self.patients = patients
    }
}

/// A deployment without authorisation: everybody may ask. For development alone.
public struct OpenCDSAdmission: CDSAdmission {
    /// Lets everybody in.
    public init() {}
    /// A client without a name.
    public func admit(authorization: String?, path: String) -> CDSClient { CDSClient(name: "") }
}
