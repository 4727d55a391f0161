import Contracts
import Testing

@Suite("Fields that depend on each other, and the entries of lists, are checked too")
struct FactFieldTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let event: any HealthEvent
        let code: ContractError.Code
        let field: String

        init<Event: HealthEvent>(
            _ event: Event, _ code: ContractError.Code, _ field: String, _ change: (inout Event) -> Void
        ) {
            var event = event
            change(&event)
            self.event = event
            self.code = code
            self.field = field
            testDescription = "\(Event.self).\(field): \(code.rawValue)"
        }
    }

    private static let before = Samples.time.advanced(by: .microseconds(-1))
    private static let long = String(repeating: "A", count: ContractLimits.textBytes + 1)

    static let faults: [Fault] = [
        Fault(Samples.medication, .outOfRange, "effective_end_at_us") { $0.effectiveEndAt = before },
        Fault(Samples.medication, .contradiction, "dose_unit") { $0.doseQuantity = nil },
        Fault(Samples.medication, .notFinite, "dose_quantity") { $0.doseQuantity = .nan },
        Fault(Samples.allergy, .contradiction, "reaction_system") { $0.reaction = "" },
        Fault(Samples.encounter, .outOfRange, "ended_at_us") { $0.endedAt = before },
        Fault(Samples.encounter, .contradiction, "code_system") { $0.code = "" },
        Fault(Samples.encounter, .contradiction, "reason_system") { $0.reasonCode = "" },
        Fault(Samples.procedure, .outOfRange, "ended_at_us") { $0.endedAt = before },
        Fault(Samples.immunization, .contradiction, "dose_unit") { $0.doseQuantity = nil },
        Fault(Samples.immunization, .notFinite, "dose_quantity") { $0.doseQuantity = .infinity },
        Fault(Samples.report, .contradiction, "conclusion_system") { $0.conclusionCode = "" },
        Fault(Samples.report, .outOfRange, "result_count") { $0.resultCount = -1 },
        Fault(Samples.consent, .outOfRange, "ends_at_us") { $0.endsAt = before },
        Fault(Samples.consent, .missing, "purposes") { $0.purposes.append("") },
        Fault(Samples.consent, .oversize, "codes") { $0.codes = .init(repeating: "a", count: 1_001) },
        Fault(Samples.consent, .oversize, "sources") { $0.sources.append(long) },
        Fault(Samples.genotypes, .invalidForm, "assembly") { $0.assembly = "hg19" },
        Fault(Samples.genotypes, .outOfRange, "chunk") { $0.chunk = -1 },
        Fault(Samples.genotypes, .missing, "calls.chromosome") { $0.calls[1].chromosome = "" },
        Fault(Samples.genotypes, .outOfRange, "calls.position") { $0.calls[0].position = -1 },
        Fault(Samples.genotypes, .outOfRange, "calls.end") { $0.calls[0].end = 94_781_858 },
        Fault(Samples.genotypes, .outOfRange, "calls.alleles") { $0.calls[0].alleles = [0, 3] },
        Fault(Samples.genotypes, .outOfRange, "calls.alleles") { $0.calls[0].alleles = [-2] },
        Fault(Samples.genotypes, .missing, "calls.alternates") { $0.calls[0].alternates[1] = "" },
        Fault(Samples.genotypes, .outOfRange, "calls.depth") { $0.calls[0].depth = -1 },
        Fault(Samples.genotypes, .notFinite, "calls.quality") { $0.calls[0].quality = .nan },
        Fault(Samples.genotypes, .notFinite, "calls.site_quality") { $0.calls[1].siteQuality = -.infinity },
        Fault(Samples.genotypes, .oversize, "calls.reference") { $0.calls[0].reference = long },
        Fault(Samples.genotypes, .oversize, "calls") {
            $0.calls = .init(repeating: GenotypeCall(chromosome: "1", position: 1, end: 1), count: 4_001)
        },
        Fault(Samples.expression, .contradiction, "values") { $0.values.removeLast() },
        Fault(Samples.expression, .notFinite, "values") { $0.values[1] = .nan },
        Fault(Samples.expression, .missing, "genes") { $0.genes[0] = "" },
        Fault(Samples.expression, .oversize, "genes") {
            $0.genes = .init(repeating: "a", count: 20_001)
            $0.values = .init(repeating: 1, count: 20_001)
        },
        Fault(Samples.score, .invalidForm, "assembly") { $0.assembly = "GRCh36" },
        Fault(Samples.score, .missing, "weights.identifier") { $0.weights[1].identifier = "" },
        Fault(Samples.score, .missing, "weights.identifier") {
            ($0.weights[0].identifier, $0.weights[0].chromosome) = ("", "")
        },
        Fault(Samples.score, .missing, "weights.effect_allele") { $0.weights[0].effectAllele = "" },
        Fault(Samples.score, .outOfRange, "weights.position") { $0.weights[0].position = 0 },
        Fault(Samples.score, .notFinite, "weights.weight") { $0.weights[0].weight = .infinity },
        Fault(Samples.diplotype, .contradiction, "is_no_call") { $0.isNoCall = true },
        Fault(Samples.diplotype, .missing, "diplotype") {
            ($0.diplotype, $0.phenotype, $0.activityScore) = ("", "", nil)
        },
        Fault(Samples.phenotype, .oversize, "input_event_ids") {
            $0.inputEventIDs = .init(repeating: Samples.id, count: 1_001)
        },
        Fault(Samples.recommendation, .missing, "actions") { $0.actions.append("") },
        Fault(Samples.knowledge, .missing, "files.name") { $0.files[1].name = "" },
        Fault(Samples.knowledge, .missing, "files.content_zstd") { $0.files[0].contentZstd = [] },
        Fault(Samples.knowledge, .oversize, "files.content_zstd") {
            $0.files[0].contentZstd = .init(repeating: 1, count: ContractLimits.ciphertextBytes + 1)
        },
        Fault(Samples.score, .oversize, "weights") {
            $0.weights = .init(repeating: VariantWeight(identifier: "r", effectAllele: "A", weight: 1), count: 5_001)
        },
    ]

    @Test("A publisher is told what is wrong", arguments: faults)
    func fault(fault: Fault) {
        let error = #expect(throws: ContractError.self) { try fault.event.validate() }
        #expect(error?.code == fault.code && error?.field == fault.field)
    }

    @Test("A medication of before there were kinds is a request")
    func requestByDefault() throws {
        let bytes = try #require(WireMessage(Samples.medication.encoded())).setting(15, to: nil).encoded
        var expected = Samples.medication
        expected.kind = .request
        #expect(try MedicationRecorded(decoding: bytes) == expected)
    }

    @Test("Fields of a later version inside a list's entries are kept and written again")
    func unknownFieldsOfEntries() throws {
        let unknown: [WireMessage.Field] = [
            .init(number: 100, payload: .varint(.max)), .init(number: 536_870_911, payload: .bytes(Array("new".utf8))),
            .init(number: 101, payload: .fixed64(1)),
        ]
        for (sample, number) in [
            (Samples.genotypes as any HealthEvent, 9), (Samples.score, 10), (Samples.knowledge, 5),
        ] {
            var message = try #require(WireMessage(sample.encoded()))
            let place = try #require(message.fields.firstIndex { $0.number == number })
            var entry = try #require(message.messages(number).first)
            entry.fields.insert(contentsOf: unknown, at: 2)
            message.fields[place].payload = .bytes(entry.encoded)
            let event = try type(of: sample).init(decoding: message.encoded)
            let forwarded = try #require(WireMessage(event.encoded()))
            #expect(forwarded.messages(number).first?.fields.filter { $0.number >= 100 } == unknown)
            try event.validate()
        }
    }

    @Test("The JSON mirror shows lists as arrays, entries as objects, and leaves out what is empty")
    func canonicalJSON() {
        #expect(
            Samples.genotypes.canonicalJSON.contains(
                """
                "calls":[{"alleles":[0,1],"alternates":["A","<NON_REF>"],"chromosome":"10","depth":31,"end":94781859,\
                "filter":"PASS","identifier":"rs4244285","is_phased":true,"phase_set":94781000,"position":94781859,\
                "quality":99,"reference":"G","site_quality":812.5},{"alleles":[-1,1],"alternates":["T"],\
                "chromosome":"X","end":5,"is_phased":false,"position":0}],"chunk":1,"collected_at_us":1714545000000000,
                """))
        #expect(
            Samples.expression.canonicalJSON.contains(
                #""genes":["ENSG00000141510","ENSG00000012048"],"is_last_chunk":false,"is_sparse":true,"#))
        #expect(Samples.expression.canonicalJSON.contains(#""values":[12.25,0]}"#))
        #expect(
            Samples.score.canonicalJSON.contains(
                #"{"effect_allele":"G","identifier":"rs616488","model":"WEIGHT_MODEL_ADDITIVE","weight":-0.06}]"#))
        var consent = Samples.consent
        consent.purposes = []
        #expect(!consent.canonicalJSON.contains("purposes"))
        #expect(consent.canonicalJSON.contains(#""resource_types":["Observation","Condition"]"#))
    }
}
