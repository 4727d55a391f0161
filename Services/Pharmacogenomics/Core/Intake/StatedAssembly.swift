import GenomicFormats

/// Which assembly a source is to be read as.
struct StatedAssembly {
    let build: GeneCatalog.Build
    /// Whether the source or the caller says so; otherwise it is assumed.
    let isStated: Bool

    /// By what the caller chose and what the source states of itself.
    init(choice: AssemblyChoice, stated: [GenomeBuild], operation: String) throws(IntakeError) {
        let stated = Set(stated)
        guard stated.count <= 1 else {
            throw IntakeError(
                code: .assemblyContradicted, operation: operation,
                detail:
                    "the head states more than one assembly (\(stated.map(\.rawValue).sorted().joined(separator: ", ")))"
            )
        }
        let chosen: GeneCatalog.Build? =
            switch choice {
            case .auto: nil
            case .grch37: .grch37
            case .grch38: .grch38
            }
        let said: GeneCatalog.Build?
        switch stated.first {
        case nil: said = nil
        case .grch37: said = .grch37
        case .grch38: said = .grch38
        case .ncbi36:
            throw IntakeError(
                code: .assemblyUnknown, operation: operation,
                detail: "the head states NCBI36; positions are known on GRCh37 and GRCh38")
        }
        if let chosen, let said, chosen != said {
            throw IntakeError(
                code: .assemblyContradicted, operation: operation,
                detail: "to be read as \(chosen.name), but its head states \(said.name)")
        }
        build = chosen ?? said ?? .grch38
        isStated = chosen != nil || said != nil
    }

    /// What the head of a VCF states: by the lengths of its contigs, or accessions, before names.
    static func builds(in header: VCFHeader) -> [GenomeBuild] {
        var found: Set<GeneCatalog.Build> = []
        for (name, length) in header.contigs {
            guard let contig = ChromosomeName.code(name.utf8) else { continue }
            if let build = contig.build ?? length.flatMap({ ChromosomeName.build(contig.code, length: $0) }) {
                found.insert(build)
            }
        }
        if !found.isEmpty { return found.map { $0 == .grch37 ? .grch37 : .grch38 } }
        return header.assembly.flatMap { GenomeBuild(rawValue: $0) }.map { [$0] } ?? []
    }
}
