import Testing

@Suite("The dependency law holds")
struct DependencyLawTests {
    @Test("Package.swift declares no dependency that the law forbids")
    func manifestKeepsTheLaw() throws {
        let manifest = try Repository.manifest.get()
        let law = DependencyLaw(targets: manifest.targets)
        let imports = Waivers.dependencies.filter { $0.subject.hasPrefix("depends on ") }
        let broken = unexcused(law.violations(in: manifest.targets), waivers: imports)
        #expect(broken.isEmpty, "\(broken.report)")
    }

    @Test("no source imports what the law forbids or what its target does not declare")
    func sourcesKeepTheLaw() throws {
        let manifest = try Repository.manifest.get()
        let law = DependencyLaw(targets: manifest.targets)
        var found: [Violation] = []
        var read = 0
        for target in manifest.targets where target.type != "system" {
            for file in try Repository.current.swiftFiles(below: target.path ?? "") {
                read += 1
                found += law.violations(in: SourceText(file.text), at: file.path, of: target)
            }
        }
        // What a target may depend on by waiver, its files may import.
        let waivers = Waivers.dependencies.filter { $0.subject.hasPrefix("imports ") }
        let byTarget = manifest.targets.flatMap { target in
            Waivers.dependencies.filter { $0.place == target.name && $0.subject.hasPrefix("depends on ") }.map {
                (folder: target.path ?? "", subject: "imports " + $0.subject.dropFirst("depends on ".count))
            }
        }
        found.removeAll { violation in
            byTarget.contains { violation.subject == $0.subject && violation.place.hasPrefix($0.folder + "/") }
        }
        let broken = unexcused(found, waivers: waivers)
        #expect(read > 100, "the walk found only \(read) files: it looks in the wrong place")
        #expect(broken.isEmpty, "\(broken.report)")
    }

    @Test("every module of ours stands in the law", arguments: DependencyLaw.sharedRules.keys.sorted())
    func tableIsCurrent(module: String) throws {
        let targets = try Repository.manifest.get().targets
        #expect(targets.contains { $0.name == module }, "the law names \(module), which Package.swift does not have")
    }

    @Test("every C library of the system has exactly one owner")
    func cLibrariesHaveOneOwner() throws {
        for target in try Repository.manifest.get().targets where target.type == "system" {
            // Generated C is seen only through the module that owns it, and needs the library's header.
            let owners = DependencyLaw.cLibraries.filter {
                $0.key != "CHealthContracts" && $0.value.contains(target.name)
            }
            #expect(owners.count == 1, "\(target.name) is owned by \(owners.keys.sorted())")
        }
    }
}

extension [Violation] {
    /// One line each, for the message of an expectation.
    var report: String {
        isEmpty ? "" : "\n" + map { "  \($0)" }.sorted().joined(separator: "\n")
    }
}
