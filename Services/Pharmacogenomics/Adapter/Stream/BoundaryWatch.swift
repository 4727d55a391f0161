public import Contracts
public import Domain
public import Logging
public import PostgresClient

/// Asks for persons of whom something changes without an event: an inhibitor comes to its effect, a washout ends.
///
/// Several instances may watch at once: a request is a function of person and time, and is taken once.
public struct BoundaryWatch: Sendable {
    private let pool: PostgresPool
    private let tenant: String
    private let clock: any WallClock
    private let interval: Duration
    private let logger: Logger
    private let submit: @Sendable (ReevaluationRequested) async throws -> Void

    /// How many persons are asked for in one look.
    static let limit = 1_000
    /// How many requests are under way at once.
    static let concurrency = 32

    /// A watch over the persons of a tenant.
    ///
    /// - Parameters:
    ///   - interval: the time between two looks.
    ///   - submit: hands a request to the stream and returns when its effect is durable.
    public init(
        pool: PostgresPool, tenant: String, clock: any WallClock = SystemClock(), interval: Duration = .seconds(10),
        logger: Logger, submit: @escaping @Sendable (ReevaluationRequested) async throws -> Void
    ) {
        self.pool = pool
        self.tenant = tenant
        self.clock = clock
        self.interval = interval
        self.logger = logger
        self.submit = submit
    }

    /// Looks again and again until the task is cancelled. What fails is tried again at the next look.
    public func run() async throws {
        while true {
            do {
                while try await look() == Self.limit {}
            } catch is CancellationError {
                return
            } catch {
                logger.warning("overdue re-evaluations were not asked for", metadata: ["error": "\(error)"])
            }
            try await Task.sleep(for: interval)
        }
    }

    /// Asks for those who are overdue now; how many were asked for.
    @discardableResult
    public func look() async throws -> Int {
        let now = clock.now()
        let (tenant, limit) = (tenant, Self.limit)
        let due = try await pool.withConnection { connection in
            try PatientProfileTable.due(at: now, tenant: tenant, limit: limit, on: connection)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, entry) in due.enumerated() {
                if number >= Self.concurrency { try await group.next() }
                let request = Self.request(for: entry.patient, at: entry.boundary, now: now)
                group.addTask { try await submit(request) }
            }
            try await group.waitForAll()
        }
        return due.count
    }

    private static func request(
        for patient: PatientPseudonym, at boundary: Timestamp, now: Timestamp
    ) -> ReevaluationRequested {
        ReevaluationRequested(
            eventID: .hashing("pharmacogenomics-boundary", patient.rawValue, String(boundary.microseconds)),
            subject: PharmacogenomicsProcessor.service, patient: patient, reason: ReevaluationReason.boundaryPassed,
            dueAt: boundary, modelVersion: PharmacogenomicsProcessor.service, producedAt: now)
    }
}
