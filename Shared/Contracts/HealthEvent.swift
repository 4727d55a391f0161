public import Domain

/// One event of the fleet: a value with a checked codec over its protobuf message.
///
/// Decoding checks every field; encoding writes what decoding accepts as long as ``validate()`` passes. Fields that this version of the
/// contract does not know survive decoding and are written again.
public protocol HealthEvent: Equatable, Sendable {
    /// The topic that events of this type go to (the raised topic for ``Alert``).
    static var topic: String { get }
    /// The CloudEvents type of this type of event; equal to ``topic-swift.type.property``.
    static var ceType: String { get }
    /// The topic that this very event goes to.
    var topic: String { get }
    /// The CloudEvents type of this very event; equal to its topic.
    var ceType: String { get }
    /// The event's identity.
    var eventID: EventID { get }
    /// The record's key: the patient's pseudonym, or the event id when the event is about no patient.
    var key: String { get }
    /// When the event was made.
    var producedAt: Timestamp { get }
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    var unknownFields: [UInt8] { get set }
    /// The flat JSON mirror: ProtoJSON with the .proto field names, sorted by name, absent fields left out, 64-bit integers as numbers.
    var canonicalJSON: String { get }

    /// The event that the protobuf message in `bytes` means. Reads nothing past `bytes`, keeps no reference to it.
    init(decoding bytes: UnsafeRawBufferPointer) throws(ContractError)
    /// The protobuf message. Makes no check; a NUL character in a text is written as U+FFFD.
    func encoded() -> [UInt8]
}

extension HealthEvent {
    /// Equal to ``topic-swift.type.property``.
    public static var ceType: String { topic }
    /// Equal to the topic of the type.
    public var topic: String { Self.topic }
    /// Equal to the event's topic.
    public var ceType: String { topic }

    /// The event that the protobuf message in `bytes` means.
    public init(decoding bytes: some Collection<UInt8>) throws(ContractError) {
        // The closures' signatures only rethrow `any Error`, hence the detour through a result.
        let direct = bytes.withContiguousStorageIfAvailable { storage in
            Result { () throws(ContractError) in try Self(decoding: UnsafeRawBufferPointer(storage)) }
        }
        let result =
            direct
            ?? Array(bytes).withUnsafeBytes { copy in
                Result { () throws(ContractError) in try Self(decoding: copy) }
            }
        self = try result.get()
    }

    /// Throws what a consumer would throw on decoding this event, so that a publisher can refuse it before it is durable.
    public func validate() throws(ContractError) {
        guard try Self(decoding: encoded()) == self else {
            throw ContractError(code: .notPreserved, message: "\(Self.self)", field: "")
        }
    }
}
