import CKafka
import Glibc
import Logging

/// One `rd_kafka_t`, its log, and the lock that keeps callers out while it is destroyed.
///
/// Safety: the library's handle is thread-safe; `pointer` is read under `lock` held shared and set to nil under `lock`
/// held exclusively.
final class ClientHandle: @unchecked Sendable {
    enum Kind {
        case producer, consumer
    }

    private let lock = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)
    private var pointer: OpaquePointer?
    private let log: Unmanaged<ClientLog>

    /// Makes the client. Its own messages go to `logger`, none above `loudest`.
    init(
        _ kind: Kind, _ settings: consuming ClientSettings, logger: Logger, loudest: Logger.Level = .error
    ) throws(KafkaError) {
        log = .passRetained(ClientLog(logger, loudest: loudest))
        pthread_rwlock_init(lock, nil)
        let conf = settings.take()
        rd_kafka_conf_set_opaque(conf, log.toOpaque())
        rd_kafka_conf_set_log_cb(conf) { handle, level, facility, text in
            guard let handle, let opaque = rd_kafka_opaque(handle), let text else { return }
            Unmanaged<ClientLog>.fromOpaque(opaque).takeUnretainedValue()
                .write(level: level, facility: facility, text: text)
        }
        let type = kind == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
        var reason = [CChar](repeating: 0, count: 512)
        guard let handle = rd_kafka_new(type, conf, &reason, reason.count) else {
            rd_kafka_conf_destroy(conf)
            throw KafkaError(code: .configuration, operation: "configure", detail: text(reason))
        }
        pointer = handle
    }

    deinit {
        // Whoever owns the handle destroys it on a thread of its own; this is the net for an error in between.
        if let pointer { rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE) }
        pthread_rwlock_destroy(lock)
        lock.deallocate()
        log.release()
    }

    /// Calls `body` with the handle, which lives at least until `body` returns.
    @inline(__always)
    func use<Value>(_ operation: @autoclosure () -> String, _ body: (OpaquePointer) throws(KafkaError) -> Value)
        throws(KafkaError) -> Value
    {
        pthread_rwlock_rdlock(lock)
        defer { pthread_rwlock_unlock(lock) }
        guard let pointer else {
            throw KafkaError(code: .closed, operation: operation(), detail: "the client is closed")
        }
        return try body(pointer)
    }

    /// Takes the handle away from all callers and destroys it. Blocks until the library's threads have ended. Never
    /// call it on a thread of the library or of Swift's pool.
    func destroy(closingConsumer: Bool = true, before cleanUp: (OpaquePointer) -> Void = { _ in }) {
        pthread_rwlock_wrlock(lock)
        let handle = pointer
        pointer = nil
        pthread_rwlock_unlock(lock)
        guard let handle else { return }
        cleanUp(handle)
        rd_kafka_destroy_flags(handle, closingConsumer ? 0 : RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }
}

/// Where the library's own messages go.
private final class ClientLog: Sendable {
    private let logger: Logger
    private let loudest: Logger.Level

    init(_ logger: Logger, loudest: Logger.Level) {
        self.logger = logger
        self.loudest = loudest
    }

    func write(level: Int32, facility: UnsafePointer<CChar>?, text: UnsafePointer<CChar>) {
        let severity: Logger.Level =
            switch level {
            case ...2: .error
            case 3, 4: .warning
            case 5: .notice
            case 6: .info
            default: .debug
            }
        let level = min(severity, loudest)
        guard level >= logger.logLevel else { return }
        logger.log(
            level: level, "\(String(cString: text))",
            metadata: ["facility": "\(facility.map { String(cString: $0) } ?? "")"])
    }
}

/// The text of a NUL-terminated buffer.
func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
