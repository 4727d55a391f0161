/// The rows of alleles.tsv by gene.
struct AlleleRows {
    private(set) var byGene: [[NamedAllele]]
    private var indexByName: [[String: Int]]

    init(
        _ table: KnowledgeTable, genes: GeneRows, positions: PositionRows, rules: inout PhenotypeRows
    ) throws(KnowledgeError) {
        byGene = Array(repeating: [], count: genes.genes.count)
        indexByName = Array(repeating: [:], count: genes.genes.count)
        let columns = try Columns(table)
        for row in 0..<table.rowCount {
            let gene = try genes.index(table, row, columns.gene)
            let name = try table.requiredText(row, columns.allele)
            guard indexByName[gene].updateValue(byGene[gene].count, forKey: name) == nil else {
                throw table.error(row, columns.allele, "\(name) stands here a second time", code: .duplicate)
            }
            let kind = try table.word(row, columns.kind, as: NamedAllele.Kind.self)
            let function = table.text(row, columns.function)
            let constraints = try Self.constraints(table, row, columns, kind: kind, positions: positions.byGene[gene])
            if kind == .reference, byGene[gene].contains(where: { $0.kind == .reference }) {
                throw table.error(row, columns.kind, "a second reference allele", code: .duplicate)
            }
            byGene[gene].append(
                NamedAllele(
                    index: byGene[gene].count, name: name, identifier: table.text(row, columns.identifier), kind: kind,
                    constraints: constraints, function: function,
                    activityValue: try table.number(row, columns.activityValue),
                    functionIndex: try rules.function(function, gene: gene, table, row, columns.function),
                    reportedName: table.isEmpty(row, columns.core) ? nil : table.text(row, columns.core)))
        }
    }

    /// The allele of that name that a row speaks of; fails when alleles.tsv lacks it.
    func index(
        _ name: String, gene: Int, _ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column
    ) throws(KnowledgeError) -> Int {
        guard let index = indexByName[gene][name] else {
            throw table.error(row, column, "alleles.tsv has no allele \(name) of this gene", code: .unknownReference)
        }
        return index
    }

    /// unphased-priorities.tsv by gene, in the file's order.
    func priorities(_ table: KnowledgeTable, genes: GeneRows) throws(KnowledgeError) -> [[UnphasedPriority]] {
        let gene = try table.column("gene")
        let diplotypes = try table.column("diplotypes")
        let pick = try table.column("pick")
        var result: [[UnphasedPriority]] = Array(repeating: [], count: byGene.count)
        for row in 0..<table.rowCount {
            let index = try genes.index(table, row, gene)
            var pairs: [AllelePair] = []
            for name in table.list(row, diplotypes) { pairs.append(try pair(name, index, table, row, diplotypes)) }
            let picked = try pair(table.text(row, pick), index, table, row, pick)
            guard pairs.contains(picked) else { throw table.error(row, pick, "is none of the diplotypes") }
            result[index].append(UnphasedPriority(alternatives: pairs, pick: picked))
        }
        return result
    }

    private func pair(
        _ diplotype: String, _ gene: Int, _ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column
    ) throws(KnowledgeError) -> AllelePair {
        let names = diplotype.split(separator: "/")
        guard names.count == 2 else { throw table.error(row, column, "is no diplotype: \(diplotype)") }
        return AllelePair(
            try index(String(names[0]), gene: gene, table, row, column),
            try index(String(names[1]), gene: gene, table, row, column))
    }

    private struct Columns {
        let gene, allele, identifier, kind, core, function, activityValue, definition: KnowledgeTable.Column

        init(_ table: KnowledgeTable) throws(KnowledgeError) {
            gene = try table.column("gene")
            allele = try table.column("allele")
            identifier = try table.column("identifier")
            kind = try table.column("kind")
            core = try table.column("core")
            function = try table.column("function")
            activityValue = try table.column("activity_value")
            definition = try table.column("definition")
        }
    }

    /// `index=base[,base...]` joined by `;`; `*` for the reference allele: the reference base at every defining
    /// position.
    private static func constraints(
        _ table: KnowledgeTable, _ row: Int, _ columns: Columns, kind: NamedAllele.Kind,
        positions: [DefinitionPosition]
    ) throws(KnowledgeError) -> [AlleleConstraint] {
        let text = table.field(row, columns.definition)
        switch kind {
        case .structural, .reported:
            guard text.isEmpty else { throw table.error(row, columns.definition, "must be empty for this kind") }
            return []
        case .reference where text.elementsEqual(CollectionOfOne(UInt8(ascii: "*"))):
            return positions.filter { $0.role == .defining }
                .map { AlleleConstraint(position: $0.index, accepted: 1) }
        case .reference, .allele:
            guard !text.isEmpty else { throw table.error(row, columns.definition, "is empty") }
        }
        var result: [AlleleConstraint] = []
        for part in text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            guard let constraint = constraint(part, positions: positions) else {
                throw table.error(
                    row, columns.definition,
                    "no documented allele of a defining position of this gene: "
                        + String(decoding: part, as: UTF8.self))
            }
            guard (result.last?.position ?? -1) < constraint.position else {
                throw table.error(row, columns.definition, "positions must rise", code: .duplicate)
            }
            result.append(constraint)
        }
        return result
    }

    private static func constraint(
        _ part: ArraySlice<UInt8>, positions: [DefinitionPosition]
    ) -> AlleleConstraint? {
        guard let equals = part.firstIndex(of: UInt8(ascii: "=")), equals > part.startIndex else { return nil }
        var index = 0
        for byte in part[..<equals] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), index < 100_000 else { return nil }
            index = index * 10 + Int(byte - UInt8(ascii: "0"))
        }
        guard index < positions.count, positions[index].role == .defining else { return nil }
        var accepted: UInt64 = 0
        for base in part[(equals + 1)...].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard let bit = positions[index].alleles.firstIndex(where: { base.elementsEqual($0.utf8) }) else {
                return nil
            }
            accepted |= 1 << UInt64(bit)
        }
        return AlleleConstraint(position: index, accepted: accepted)
    }
}
