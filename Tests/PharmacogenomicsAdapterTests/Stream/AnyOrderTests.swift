import Contracts
import Domain
import PharmacogenomicsCore
import StreamRuntime
import TestSupport
import Testing

@testable import PharmacogenomicsAdapter

@Suite("The end does not depend on the order of the events, nor on repeats")
struct AnyOrderTests {
    private static let drugs = [
        "clopidogrel", "codeine", "paroxetine", "fluoxetine", "citalopram", "omeprazole", "rifampin", "warfarin",
        "simvastatin", "moonstone extract", "carbamazepine",
    ]

    private func events(_ generator: inout SeededGenerator) throws -> [any HealthEvent] {
        let catalog = try StreamSample.shelf.get().builtIn.base.genes
        var events: [any HealthEvent] = []
        for submission in 0..<Int.random(in: 1...3, using: &generator) {
            let calls =
                StreamSample.cyp2c19(catalog, copiesOf2: .random(in: 0...2, using: &generator))
                + StreamSample.calls(of: "SLCO1B1", in: catalog)
                + (Bool.random(using: &generator) ? StreamSample.calls(of: "CYP2C9", in: catalog) : [])
            let collected = Int.random(in: 0...4, using: &generator)
            let cut = Int.random(in: 1..<calls.count, using: &generator)
            let isWhole = Int.random(in: 0...5, using: &generator) > 0
            events.append(
                try StreamSample.genotypes(
                    Array(calls[..<cut]), submission: "s\(submission)", chunk: 0, isLast: false, collected: collected,
                    received: 5 + submission))
            if isWhole {
                events.append(
                    try StreamSample.genotypes(
                        Array(calls[cut...]), submission: "s\(submission)", chunk: 1, collected: collected,
                        received: 6 + submission))
            }
        }
        for number in 0..<Int.random(in: 2...9, using: &generator) {
            let drug = Self.drugs.randomElement(using: &generator) ?? "codeine"
            let authored = Int.random(in: 1...60, using: &generator)
            let status: MedicationRecorded.Status =
                [.active, .active, .stopped, .completed, .enteredInError, .onHold].randomElement(using: &generator)
                ?? .active
            events.append(
                try StreamSample.medication(
                    drug, resource: "r\(Int.random(in: 0...4, using: &generator))", status: status, authored: authored,
                    received: authored + Int.random(in: 0...3, using: &generator),
                    ends: Bool.random(using: &generator) ? authored + Int.random(in: 1...40, using: &generator) : nil,
                    number: number))
        }
        for number in 0..<Int.random(in: 0...3, using: &generator) {
            let diplotype = ["*1/*1", "*4/*4", "*1/*41", "*1x2/*2"].randomElement(using: &generator) ?? "*1/*1"
            events.append(try StreamSample.diplotype("CYP2D6", diplotype, reported: 1 + number))
        }
        events.append(try StreamSample.registration(.female, received: 0))
        if Bool.random(using: &generator) { events.append(try StreamSample.registration(.male, received: 3)) }
        return events
    }

    private func end(of events: [any HealthEvent]) throws -> Person {
        var person = try Person(writesDocuments: false)
        for event in events { try person.take(event) }
        return person
    }

    @Test func `any order with repeats comes to the same facts and the same results`() throws {
        var generator = SeededGenerator.announced()
        for _ in 0..<10 {
            let events = try events(&generator)
            let straight = try end(of: events)
            let reference = try #require(straight.state.evaluation?.patient)
            for _ in 0..<3 {
                var shuffled = events
                for _ in 0..<3 { if let again = events.randomElement(using: &generator) { shuffled.append(again) } }
                shuffled.shuffle(using: &generator)
                let other = try end(of: shuffled)
                #expect(other.state.hasFacts(of: straight.state))
                // What was published last of everything that either order has told of is the same.
                for (gene, entry) in other.state.published.phenotypes {
                    if let same = straight.state.published.phenotypes[gene] {
                        #expect(entry.content == same.content, "\(gene)")
                    }
                }
                for (drug, entry) in other.state.published.recommendations where !entry.isWithdrawn {
                    #expect(entry.content == straight.state.published.recommendations[drug]?.content, "\(drug)")
                }
                let open = { (state: PatientProfile) in Set(state.published.alerts.filter(\.value.isOpen).keys) }
                #expect(open(other.state) == open(straight.state))
                let evaluated = try #require(other.state.evaluation?.patient)
                #expect(evaluated.recommendations.map(\.contentHash) == reference.recommendations.map(\.contentHash))
            }
        }
    }

    @Test func `step by step comes to what one evaluation of all facts comes to`() throws {
        var generator = SeededGenerator.announced()
        let edition = try StreamSample.shelf.get().builtIn
        for _ in 0..<12 {
            let person = try end(of: events(&generator).shuffled(using: &generator))
            let state = person.state
            let fresh = edition.evaluation.evaluate(
                genotypes: state.genotype?.genotypes(
                    siteCount: edition.base.genes.siteCount, sex: state.sex?.sex),
                outside: state.outside.map(\.call), medications: state.exposures, sex: state.sex?.sex,
                at: state.clock, genotypeEvents: state.genotypeEvents)
            let stepwise = try #require(state.evaluation?.patient)
            #expect(stepwise.recommendations == fresh.recommendations)
            #expect(stepwise.phenotypes == fresh.phenotypes)
            #expect(stepwise.findings == fresh.findings)
        }
    }

    @Test func `a state that was stored goes on as one that was kept`() throws {
        var generator = SeededGenerator.announced()
        for _ in 0..<8 {
            let events = try events(&generator).shuffled(using: &generator)
            var kept = try Person()
            var stored = try Person()
            for event in events {
                let one = try kept.take(event)
                let other = try stored.take(event)
                #expect(one.publications.map(\.payload) == other.publications.map(\.payload))
                var bytes: [UInt8] = []
                stored.state.encode(into: &bytes)
                stored.state = try PatientProfile(decoding: bytes)
                #expect(stored.state == kept.state)
            }
        }
    }

    @Test func `broken bytes of a state are refused`() throws {
        var generator = SeededGenerator.announced()
        var bytes: [UInt8] = []
        try end(of: events(&generator)).state.encode(into: &bytes)
        for count in 0..<min(bytes.count, 2_000) {
            #expect(throws: PharmacogenomicsError.self) { try PatientProfile(decoding: Array(bytes[..<count])) }
        }
        for _ in 0..<2_000 {
            var broken = bytes
            broken[Int.random(in: 0..<broken.count, using: &generator)] = .random(in: .min ... .max, using: &generator)
            _ = try? PatientProfile(decoding: broken)
        }
        #expect(throws: PharmacogenomicsError.self) { try PatientProfile(decoding: [9] + bytes.dropFirst()) }
    }
}
