import Domain
import GenomicFormats
import Testing

@testable import VitalctlCore

@Suite("The generated panel is what a laboratory would send")
struct PharmacogenomicPanelTests {
    private struct Line {
        let chromosome: String
        let first: Int
        let last: Int
        let alleles: [Int32]
        let isBlock: Bool
    }

    private static let plan = FeedPlan(
        people: 60, days: 1, seed: 4, end: Timestamp(microseconds: 1_900_000_000_000_000))

    private static var panels: [FeedRecord] { FeedGenerator(plan: plan).filter { $0.topic == .genomics } }

    private static func lines(of panel: FeedRecord) throws -> [Line] {
        var lines: [Line] = []
        let reader = VCFReader()
        func take(_ event: VCFEvent) {
            switch event {
            case .header(let header): #expect(header.samples.count == 1)
            case .refused(let error): Issue.record("\(error)")
            case .record(let record):
                let first = Int(record.position)
                let end = record.info("END").flatMap { Int($0) }
                lines.append(
                    Line(
                        chromosome: record.chromosome, first: first, last: end ?? first,
                        alleles: Array(record.alleles(ofSample: 0)), isBlock: record.alternates == ["<NON_REF>"]))
            }
        }
        try reader.push(panel.value, take)
        try reader.finish(take)
        return lines
    }

    @Test("every person has one, and the record says whose it is")
    func onePerPerson() {
        let panels = Self.panels
        #expect(panels.count == 60)
        #expect(Set(panels.compactMap { $0.headers["vitalstream-subject"] }).count == 60)
    }

    @Test("lines cover each region without a gap and without an overlap")
    func tiles() throws {
        for panel in Self.panels {
            let lines = try Self.lines(of: panel)
            var rest = lines[...]
            for region in PharmacogenomicPanel.regions {
                var next = region.first
                while next <= region.last {
                    let found = rest.popFirst()
                    let line = try #require(found)
                    #expect(line.chromosome == region.chromosome)
                    #expect(line.first == next)
                    next = line.last + 1
                }
                #expect(next == region.last + 1)
            }
            #expect(rest.isEmpty)
        }
    }

    @Test("blocks show no variant, the other lines show one, and a male has one X")
    func calls() throws {
        var variants = 0
        var haploid = 0
        for line in try Self.panels.flatMap(Self.lines) {
            #expect(line.alleles.contains { $0 > 0 } != line.isBlock)
            if !line.isBlock { variants += 1 }
            if line.alleles.count == 1 {
                haploid += 1
                #expect(line.chromosome == "chrX")
            }
        }
        #expect(variants > 300)
        #expect((15...45).contains(haploid))
    }
}
