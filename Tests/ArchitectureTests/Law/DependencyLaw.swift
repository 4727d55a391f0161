/// Who may depend on whom: section "The layer law" of CONTRIBUTING.md, as data.
///
/// Each room of the house lists the modules of ours that it may see and the modules of others. What is not listed is
/// forbidden, so that a new module has to be written down here first.
struct DependencyLaw {
    /// What one module may see.
    struct Rule {
        /// Modules of this package.
        let ours: Set<String>
        /// Modules of the toolchain and of other packages; nil when the law does not limit them.
        let others: Set<String>?
        /// What the limit protects: the message of a violation.
        let reason: String
    }

    /// The C library is there for `exp` and `memcpy`; its clock, its randomness and its files are banned code.
    private static let pure: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Musl"]
    private static let clients: Set<String> = ["KafkaClient", "PostgresClient", "MongoClient"]
    /// The grammars of the feeds: pure, so that Core may read with them.
    private static let formats: Set<String> = ["FHIR", "HL7v2", "GenomicFormats", "XMLReader"]
    private static let runtime: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Musl", "Dispatch", "Synchronization", "Logging", "Metrics",
    ]

    /// The C library of the system, and generated C, that each module owns. Nobody else sees them.
    static let cLibraries: [String: Set<String>] = [
        "KafkaClient": ["CKafka"],
        "PostgresClient": ["CPostgres"],
        "MongoClient": ["CMongo"],
        "Cryptography": ["COpenSSL"],
        "Contracts": ["CHealthContracts", "CProtobufC"],
        "XMLReader": ["CExpat"],
        "Compression": ["CZlib", "CZstd"],
        "GenomicFormats": ["CHTS"],
        "CHealthContracts": ["CProtobufC"],
        "PharmacogenomicsAdapter": ["CPharmacogenomicsTables"],
    ]

    /// The shared rooms.
    static let sharedRules: [String: Rule] = [
        "Domain": Rule(
            ours: [], others: pure.union(["Crypto", "Synchronization"]),
            reason: "Domain is the ground floor: it sees nothing of ours and does no I/O"),
        "JSONDocument": Rule(
            ours: [], others: pure, reason: "JSONDocument is a pure library: bytes in, values out"),
        "CHealthContracts": Rule(
            ours: ["CProtobufC"], others: [], reason: "CHealthContracts is what protoc-c generates, nothing more"),
        "Contracts": Rule(
            ours: ["Domain", "CHealthContracts", "CProtobufC"], others: pure.union(["Crypto"]),
            reason: "Contracts are values and their codec; what several services share stands in proto/"),
        "Cryptography": Rule(
            ours: ["Domain", "COpenSSL"], others: pure.union(["Crypto", "Synchronization"]),
            reason: "Cryptography sees Domain and OpenSSL only"),
        "KafkaClient": Rule(
            ours: ["CKafka"], others: runtime, reason: "a client sees its own C library and nothing else of ours"),
        "PostgresClient": Rule(
            ours: ["CPostgres"], others: runtime, reason: "a client sees its own C library and nothing else of ours"),
        "MongoClient": Rule(
            ours: ["CMongo"], others: runtime, reason: "a client sees its own C library and nothing else of ours"),
        "XMLReader": Rule(
            ours: ["CExpat"], others: pure, reason: "XMLReader is a pure library over expat: bytes in, elements out"),
        "Compression": Rule(
            ours: ["CZlib", "CZstd"], others: pure,
            reason: "Compression is a pure library over zlib and zstd: bytes in, bytes out"),
        "FHIR": Rule(
            ours: ["JSONDocument", "XMLReader"], others: pure,
            reason: "FHIR is the standard's structure: a resource in, issues out"),
        "HL7v2": Rule(
            ours: ["Domain"], others: pure, reason: "HL7v2 is the standard's grammar: bytes in, messages out"),
        "GenomicFormats": Rule(
            ours: ["Compression", "CHTS"], others: pure.union(["Crypto"]),
            reason: "GenomicFormats are the formats' grammars: bytes in, records out"),
        "Authorization": Rule(
            ours: ["Domain", "JSONDocument"], others: pure.union(["Crypto", "CryptoExtras", "Synchronization"]),
            reason: "Authorization judges tokens and scopes; where tokens are remembered is the Adapter's affair"),
        "StreamRuntime": Rule(
            ours: clients.union(["Domain", "Contracts", "Cryptography"]), others: runtime,
            reason: "StreamRuntime knows streams, not services, and not how a process is configured or observed"),
        "ServiceKit": Rule(
            ours: clients.union(["Domain", "Cryptography"]), others: nil,
            reason: "ServiceKit is what every process has (configuration, health, metrics, order of start and stop); "
                + "it does not know what the process streams: App joins the two"),
        "StreamHosting": Rule(
            ours: clients.union(["Domain", "Cryptography", "StreamRuntime", "ServiceKit"]), others: nil,
            reason: "StreamHosting joins a stream to a process, for every service in the same way"),
        "TestSupport": Rule(
            ours: clients.union(["Domain", "Contracts", "StreamRuntime"]), others: nil,
            reason: "TestSupport stands on the clients' public interface, like any test, and sees no C library"),
    ]

    /// What a service's Core may see: pure Swift over Domain values.
    static let coreRule = Rule(
        ours: formats.union(["Domain", "Contracts", "JSONDocument"]), others: pure.union(["Yams"]),
        reason:
            "Core is the science: values in, values out; no Kafka, no SQL, no I/O, no metrics, no concurrency of its own"
    )

    /// What a service's Adapter may see, next to its own Core.
    static let adapterRule = Rule(
        ours: clients.union(formats).union([
            "Domain", "Contracts", "JSONDocument", "Cryptography", "StreamRuntime", "ServiceKit", "StreamHosting",
            "Authorization", "Compression",
        ]),
        others: nil, reason: "an Adapter joins its own Core to streams and tables; a service never sees another service"
    )

    /// What the compiled-in tables of a service may see.
    static let tablesRule = Rule(ours: [], others: [], reason: "tables are data, nothing more")

    /// What the executable of a service may see, next to its own Core and Adapter.
    static let appRule = Rule(
        ours: adapterRule.ours, others: nil, reason: "App sees everything of its own service, and no other service")

    /// The services, by folder name, and the name of the executable target of each.
    let services: [String: String]
    /// Every module name of this package.
    let modules: Set<String>
    /// What each target declares that it depends on.
    private let declared: [String: [String]]

    /// Reads the services from the targets: `Services/<name>/App` is the executable of `<name>`.
    init(targets: [PackageManifest.Target]) {
        modules = Set(targets.map(\.name))
        declared = Dictionary(targets.map { ($0.name, $0.dependencyNames) }, uniquingKeysWith: { first, _ in first })
        services = Dictionary(
            targets.compactMap { target in
                let folders = (target.path ?? "").split(separator: "/").map(String.init)
                return folders.count == 3 && folders[0] == "Services" && folders[2] == "App"
                    ? (folders[1], target.name) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The rule of a target, or nil when the law does not know it.
    func rule(for target: PackageManifest.Target) -> Rule? {
        let name = target.name
        if target.type == "system" {
            return Rule(ours: [], others: [], reason: "a system library is a module map and a shim")
        }
        if let rule = Self.sharedRules[name], target.path == "Shared/\(name)" {
            return rule
        }
        for (service, executable) in services {
            if name == "\(service)Core", target.path == "Services/\(service)/Core" {
                return Self.coreRule
            }
            if name == "\(service)Adapter", target.path == "Services/\(service)/Adapter" {
                return Self.adapterRule.adding(["\(service)Core"]).adding(Self.cLibraries[name] ?? [])
            }
            if name == "C\(service)Tables", target.path == "Services/\(service)/Resources" {
                return Self.tablesRule
            }
            if name == executable, target.path == "Services/\(service)/App" {
                return Self.appRule.adding(["\(service)Core", "\(service)Adapter"])
            }
        }
        if target.path?.hasPrefix("Tests/") == true {
            return testRule(name)
        }
        return nil
    }

    /// Tests see the public modules, and the C library only of the module that they test.
    private func testRule(_ name: String) -> Rule {
        let tested = name.hasSuffix("Tests") ? String(name.dropLast(5)) : name
        let everyCLibrary = Set(Self.cLibraries.values.joined())
        let service = services.first { tested == "\($0.key)Core" || tested == "\($0.key)Adapter" }?.key
        let othersParts = services.keys.filter { $0 != service && service != nil }
            .flatMap { ["\($0)Core", "\($0)Adapter", services[$0] ?? $0] }
        return Rule(
            ours: modules.subtracting(everyCLibrary).subtracting(othersParts)
                .union(Self.cLibraries[tested] ?? []),
            others: nil, reason: "the tests of a module use what it offers; C is seen by the tests of its owner only")
    }

    /// The targets whose declared dependencies break the law, and the targets that the law does not know.
    func violations(in targets: [PackageManifest.Target]) -> [Violation] {
        targets.flatMap { target -> [Violation] in
            guard let rule = rule(for: target) else {
                return [
                    Violation(
                        place: target.name, subject: target.path ?? "no path",
                        reason: "the law knows no such room: write down in DependencyLaw what it may see")
                ]
            }
            return target.dependencyNames.compactMap { name in
                breaks(rule, module: name)
                    ? Violation(place: target.name, subject: "depends on \(name)", reason: rule.reason) : nil
            }
        }
    }

    /// Every module that a target depends on, directly or through another.
    private func reach(of target: String) -> Set<String> {
        var reached: Set<String> = []
        var frontier = declared[target] ?? []
        while let next = frontier.popLast() {
            if reached.insert(next).inserted { frontier += declared[next] ?? [] }
        }
        return reached
    }

    /// The imports of one source file of a target that break the law, or that the manifest does not declare.
    ///
    /// A test may import what stands below the modules that it declares: it would have to name half the house otherwise.
    func violations(in text: SourceText, at path: String, of target: PackageManifest.Target) -> [Violation] {
        guard let rule = rule(for: target) else { return [] }
        let isTest = target.path?.hasPrefix("Tests/") == true
        let known = isTest ? reach(of: target.name) : Set(target.dependencyNames)
        return text.imports.compactMap { module, line in
            let place = "\(path):\(line)"
            if breaks(rule, module: module) {
                return Violation(place: place, subject: "imports \(module)", reason: rule.reason)
            }
            if modules.contains(module), module != target.name, !known.contains(module) {
                return Violation(
                    place: place, subject: "imports \(module)",
                    reason: "\(target.name) does not declare this dependency in Package.swift")
            }
            return nil
        }
    }

    private func breaks(_ rule: Rule, module: String) -> Bool {
        if modules.contains(module) {
            return !rule.ours.contains(module)
        }
        return rule.others.map { !$0.contains(module) } ?? false
    }
}

extension DependencyLaw.Rule {
    /// The same rule with more modules of ours in sight.
    func adding(_ names: Set<String>) -> Self {
        Self(ours: ours.union(names), others: others, reason: reason)
    }
}
