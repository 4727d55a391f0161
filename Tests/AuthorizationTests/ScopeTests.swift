import Testing

@testable import Authorization

@Suite("A scope allows what it says, and nothing is read into it")
struct ScopeTests {
    @Test(
        "both versions of SMART say which interactions are allowed",
        arguments: [
            ("system/Observation.c", "Observation", "c"), ("system/*.cu", "*", "cu"),
            ("system/Observation.write", "Observation", "cud"),
            ("system/Patient.read", "Patient", "rs"), ("system/*.*", "*", "cruds"),
            ("system/wearable.write", "wearable", "cud"),
            ("system/google-fit.c", "google-fit", "c"), ("system/hl7v2.cruds", "hl7v2", "cruds"),
        ])
    func forms(text: String, type: String, letters: String) throws {
        let scope = try #require(Scope(text))
        #expect(scope.resourceType == type)
        #expect(Set(scope.interactions.map(\.rawValue)) == Set(letters))
        #expect(scope.description == text)
    }

    @Test(
        "anything else is no scope",
        arguments: [
            "", "system", "system/", "system/.c", "system/Observation", "system/Observation.", "system/Observation.uc",
            "system/Observation.cc", "system/Observation.x", "system/Observation.Write",
            "system/Observation.c?category=vital-signs",
            "patient/Observation.c", "user/Observation.c", "System/Observation.c", "system/Observation.c.u",
            "system/Obs ervation.c",
            "system/Obs3.c", "system/**.c", "system//Observation.c", "openid", "system/\u{1D400}.c",
            "system/Observation.c\u{301}",
        ])
    func strangers(text: String) {
        #expect(Scope(text) == nil)
    }

    @Test("a list is separated by single spaces, and one bad scope spoils it")
    func lists() throws {
        #expect(try Scope.list("system/Observation.c system/Patient.u system/Observation.c").count == 2)
        for text in [
            "", " ", "system/Observation.c ", "system/Observation.c  system/Patient.c", "system/Observation.c openid",
        ] {
            let error = #expect(throws: AuthorizationError.self) { try Scope.list(text) }
            #expect(error?.code == .scope && error?.tokenError == "invalid_scope")
        }
        #expect(throws: AuthorizationError.self) {
            try Scope.list((0..<65).map { "system/a\($0).c" }.joined(separator: " "))
        }
    }

    @Test("what is asked for is covered by what is registered, whichever version says it")
    func covering() throws {
        let registered = try Scope.list("system/Observation.write system/Condition.c system/Condition.u")
        for text in ["system/Observation.c", "system/Observation.cud", "system/Condition.cu"] {
            #expect(registered.cover(try #require(Scope(text))), "\(text)")
        }
        for text in ["system/Observation.r", "system/*.c", "system/Condition.write", "system/Patient.c"] {
            #expect(!registered.cover(try #require(Scope(text))), "\(text)")
        }
        #expect(try Scope.list("system/*.cu").cover(try #require(Scope("system/wearable.c"))))
    }

    @Test("what is covered is permitted, for every type and interaction")
    func property() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let types = ["*", "Observation", "Patient", "wearable"]
        func any() throws -> Scope {
            let letters = Scope.Interaction.allCases.filter { _ in Bool.random(using: &random) }.map {
                String($0.rawValue)
            }
            let type = types[Int.random(in: 0..<types.count, using: &random)]
            return try #require(Scope("system/\(type).\(letters.isEmpty ? "c" : letters.joined())"))
        }
        for _ in 0..<2_000 {
            let held = try [any(), any()]
            let asked = try any()
            guard held.cover(asked) else { continue }
            for type in types.dropFirst() {
                for interaction in Scope.Interaction.allCases
                where asked.permits(resourceType: type, interaction: interaction) {
                    #expect(held.permits(resourceType: type, interaction: interaction), "seed \(seed)")
                }
            }
        }
    }
}
