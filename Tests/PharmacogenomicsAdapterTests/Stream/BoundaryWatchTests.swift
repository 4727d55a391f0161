import Contracts
import Domain
import Logging
import PharmacogenomicsCore
import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import PharmacogenomicsAdapter

@Suite("What changes without an event is looked at when its time has come", .serialized)
struct BoundaryWatchTests {
    private struct Fixed: WallClock {
        let time: Timestamp
        func now() -> Timestamp { time }
    }

    // Paroxetine inhibits CYP2D6 strongly; days after its end the phenotype is the genetic one again.
    @Test func `the end of a washout is an evaluation, and then nothing is due`() throws {
        var person = try Person()
        try person.take(try StreamSample.diplotype("CYP2D6", "*1/*1"))
        try person.take(try StreamSample.medication("codeine"))
        var steps = try [person.take(StreamSample.medication("paroxetine", authored: 3, received: 3, ends: 30))]
        var boundaries: [Timestamp] = []
        while let boundary = person.state.evaluation?.patient.nextBoundary, boundaries.count < 10 {
            if let last = boundaries.last { #expect(boundary > last) }
            boundaries.append(boundary)
            steps.append(
                try person.take(
                    ReevaluationRequested(
                        eventID: StreamSample.id("due", String(boundary.microseconds)),
                        subject: PharmacogenomicsProcessor.service, patient: StreamSample.pseudonym(),
                        reason: "boundary-passed", page: 0, dueAt: boundary, modelVersion: "1", producedAt: boundary)))
        }
        #expect(!boundaries.isEmpty && boundaries.count < 10)
        let converted = try steps.flatMap { try $0.phenotypes }.filter { $0.gene == "CYP2D6" }.map(\.convertedPhenotype)
        #expect(converted == ["Poor Metabolizer", "Normal Metabolizer"])
        #expect(try #require(boundaries.last) > StreamSample.day(30))
    }

    @Test func `each who is overdue is asked for once, under an identity of its own`() async throws {
        let pool = try await PharmacogenomicsStage.migratedPool(logger: Logger(label: "test"))
        let rows = try ["p1.a", "p1.b", "p1.c", "p1.d"].enumerated().map { number, patient in
            PatientProfileRow(
                patient: try StreamSample.pseudonym(patient), tenant: patient == "p1.d" ? "ward-b" : "ward-a",
                drugs: [],
                digest: "", nextBoundary: number == 2 ? StreamSample.day(9) : StreamSample.day(number))
        }
        try await pool.withConnection { try PatientProfileTable.write(rows, to: $0) }
        let asked = Mutex<[ReevaluationRequested]>([])
        let watch = BoundaryWatch(
            pool: pool, tenant: "ward-a", clock: Fixed(time: StreamSample.day(5)), logger: Logger(label: "test")
        ) { request in asked.withLock { $0.append(request) } }
        #expect(try await watch.look() == 2)
        #expect(try await watch.look() == 2)
        let requests = asked.withLock { $0 }
        #expect(Set(requests.map(\.eventID)).count == 2)
        #expect(Set(requests.compactMap(\.patient?.rawValue)) == ["p1.a", "p1.b"])
        #expect(Set(requests.compactMap(\.dueAt)) == [StreamSample.day(0), StreamSample.day(1)])
        for request in requests { try request.validate() }
        await pool.close()
    }
}
