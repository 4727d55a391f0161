import Foundation
import Testing

@Suite("Every room stands where the manifest says, and looks like its neighbours")
struct HouseTests {
    private let repository = Repository.current

    /// The folders that hold a target each.
    private var targetFolders: [String] {
        repository.folders(in: "Shared").map { "Shared/\($0)" }
            + repository.folders(in: "Services").flatMap { service in
                ["Core", "Adapter", "App"].map { "Services/\(service)/\($0)" }
            }
            + repository.folders(in: "Tests").map { "Tests/\($0)" }
    }

    @Test("every target has its folder, with something in it, and every folder its target")
    func targetsHaveFolders() throws {
        let targets = try Repository.manifest.get().targets
        let paths = Set(targets.compactMap(\.path))
        for target in targets {
            let path = try #require(target.path, "\(target.name) has no path of its own")
            let files = repository.paths(below: path, endings: ["swift", "c", "h", "modulemap"])
            #expect(!files.isEmpty, "\(target.name): \(path) is missing or empty")
        }
        let strays = targetFolders.filter { !paths.contains($0) }.map {
            Violation(place: $0, subject: "no target", reason: "it belongs to no target of Package.swift")
        }
        let broken = unexcused(strays, waivers: Waivers.foldersWithoutTarget)
        #expect(broken.isEmpty, "\(broken.report)")
    }

    @Test("every module of ours is tested under its own name")
    func modulesAreTested() throws {
        let targets = try Repository.manifest.get().targets
        let tests = Set(targets.filter { $0.type == "test" }.map(\.name))
        let modules = targets.filter { $0.type == "regular" && $0.path?.hasPrefix("Tests/") == false }
        let untested = modules.filter { !tests.contains("\($0.name)Tests") }.map {
            Violation(place: $0.name, subject: "no tests", reason: "Tests mirror the sources: add \($0.name)Tests")
        }
        let broken = unexcused(untested, waivers: Waivers.untested)
        #expect(broken.isEmpty, "\(broken.report)")
    }

    @Test("every service has its README, Core, Adapter and App", arguments: Repository.current.folders(in: "Services"))
    func servicesLookAlike(service: String) throws {
        for part in ["README.md", "Core", "Adapter", "App/main.swift"] {
            #expect(repository.contains("Services/\(service)/\(part)"), "Services/\(service) has no \(part)")
        }
        let readme = try repository.text("Services/\(service)/README.md")
        #expect(readme.count > 400, "the README of \(service) says next to nothing")
    }

    @Test("no placeholder is left")
    func noPlaceholders() {
        let left = ["Shared", "Services", "Tests"].flatMap {
            repository.paths(below: $0, endings: ["swift", "c", "h"]).filter {
                $0.lowercased().contains("/placeholder.")
            }
        }
        #expect(left == [])
    }

    @Test("every executable can be deployed: a manifest of its own, and a place in the compose file")
    func executablesAreDeployed() throws {
        let compose = try repository.text("deploy/compose.yaml")
        let products = try Repository.manifest.get().products.filter(\.isExecutable).map(\.name)
        #expect(!products.isEmpty)
        let missing = products.flatMap { product -> [Violation] in
            var missing: [Violation] = []
            let manifest = "k8s/base/\(product)/kustomization.yaml"
            if !repository.contains(manifest) {
                missing.append(Violation(place: product, subject: manifest, reason: "what ships can be deployed"))
            }
            if !compose.split(separator: "\n").contains("  \(product):") {
                missing.append(
                    Violation(place: product, subject: "deploy/compose.yaml", reason: "what ships can be composed"))
            }
            return missing
        }
        let broken = unexcused(missing, waivers: Waivers.undeployed)
        #expect(broken.isEmpty, "\(broken.report)")
        // One recipe makes the image of any of them.
        #expect(try repository.text("deploy/image/Containerfile").contains("ARG SERVICE"))
    }

    @Test("every executable of the package that is not for tests is a product of the same name")
    func executablesAreProducts() throws {
        let manifest = try Repository.manifest.get()
        let products = Set(manifest.products.filter(\.isExecutable).map(\.name))
        let executables = manifest.targets.filter { $0.type == "executable" && $0.path?.hasPrefix("Services/") == true }
        #expect(Set(executables.map(\.name)) == products)
    }

    @Test(
        "the scripts of deploy/ are executable and end at the first error",
        arguments: ["deploy/setup", "deploy/run", "deploy/test", "deploy/bench", ".ci/run"])
    func scripts(path: String) throws {
        #expect(FileManager.default.isExecutableFile(atPath: repository.root.appending(path: path).path))
        #expect(try repository.text(path).contains("set -euo pipefail"))
    }
}
