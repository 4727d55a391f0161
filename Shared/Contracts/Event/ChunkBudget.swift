import CHealthContracts

/// How much still goes into one event that carries a list: an event has limits on its entries, on its bytes, and on what decoding it takes.
///
/// ```swift
/// var budget = ChunkBudget()
/// for call in calls {
///     if !budget.admits(call) {
///         publish(chunk)
///         (chunk, budget) = ([], ChunkBudget())
///         _ = budget.admits(call)  // An empty chunk takes any one entry whose texts are within the limits.
///     }
///     chunk.append(call)
/// }
/// ```
public struct ChunkBudget: Sendable {
    // Below a megabyte, which is what brokers take; the rest is left for the fields beside the list.
    private var bytes = 800 << 10
    // What decoding may allocate, less the unpacked copy of the fields beside the list.
    private var memory = Arena.decodingBytes - (256 << 10)
    private var entries = 0

    /// A budget for an event whose list is empty.
    public init() {}

    /// Whether `call` still goes in; when it does, it is counted.
    public mutating func admits(_ call: GenotypeCall) -> Bool {
        var cost = Cost(
            structure: MemoryLayout<Health__V1__GenotypeCall>.size, fields: 13 + call.alternates.count,
            unknownFields: call.unknownFields)
        cost.add(call.chromosome, call.identifier, call.reference, call.filter)
        for alternate in call.alternates { cost.add(alternate) }
        cost.bytes += 5 * call.alleles.count + 64
        cost.memory += Cost.block(8 * call.alternates.count) + Cost.block(4 * call.alleles.count)
        return take(cost, limit: ContractLimits.genotypeCalls)
    }

    /// Whether the gene `gene` and its value still go in; when they do, they are counted.
    public mutating func admits(gene: String) -> Bool {
        var cost = Cost(structure: 0, fields: 0, unknownFields: [])
        cost.add(gene)
        cost.bytes += 8  // The value.
        cost.memory += 8
        return take(cost, limit: ContractLimits.genes)
    }

    /// Whether `weight` still goes in; when it does, it is counted.
    public mutating func admits(_ weight: VariantWeight) -> Bool {
        var cost = Cost(
            structure: MemoryLayout<Health__V1__VariantWeight>.size, fields: 7, unknownFields: weight.unknownFields)
        cost.add(weight.chromosome, weight.identifier, weight.effectAllele, weight.otherAllele)
        cost.bytes += 32
        return take(cost, limit: ContractLimits.variantWeights)
    }

    private mutating func take(_ cost: Cost, limit: Int) -> Bool {
        guard entries < limit, entries == 0 || (cost.bytes <= bytes && cost.memory <= memory) else { return false }
        entries += 1
        bytes -= cost.bytes
        memory -= cost.memory
        return true
    }

    /// An upper bound of what one entry takes.
    private struct Cost {
        var bytes: Int
        var memory: Int

        init(structure: Int, fields: Int, unknownFields: [UInt8]) {
            // An unknown field is at least two bytes long.
            let scanned = fields + unknownFields.count / 2
            bytes = 2 * fields + unknownFields.count
            // Its place in the list, 32 bytes for each scanned field beyond 16, in slabs that double, and what is kept of unknown fields.
            memory = 8 + 64 + Self.block(structure) + (scanned > 16 ? 64 * scanned : 0) + 32 * unknownFields.count
        }

        /// What an allocation of `size` bytes takes of the arena.
        static func block(_ size: Int) -> Int { (size + Arena.headerSize + 15) & ~15 }

        mutating func add(_ texts: String...) {
            for text in texts {
                let count = text.utf8.count
                bytes += count + 4
                memory += Self.block(count + 1)
            }
        }
    }
}
