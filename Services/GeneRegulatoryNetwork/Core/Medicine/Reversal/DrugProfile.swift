/// What is known of a drug: how it moves genes, and what it binds. Both come from the user.
public struct DrugProfile: Sendable, Equatable {
    /// Its name, by which results and random draws are told apart.
    public let name: String
    /// How it moves genes.
    public let signature: GeneSignature
    /// The genes of the proteins it binds; empty when unknown.
    public let targets: Set<String>

    /// A drug.
    public init(name: String, signature: GeneSignature, targets: Set<String> = []) {
        self.name = name
        self.signature = signature
        self.targets = targets
    }
}

/// The genes that a disease moves most.
public struct SignatureQuery: Sendable, Equatable {
    /// The genes that go up.
    public let up: Set<String>
    /// The genes that go down.
    public let down: Set<String>

    /// A query; a gene on both sides is on none.
    public init(up: Set<String>, down: Set<String>) {
        self.up = up.subtracting(down)
        self.down = down.subtracting(up)
    }

    /// The `count` genes that go up most and the `count` that go down most, as far as they are above and below 0.
    public init(_ signature: GeneSignature, count: Int) {
        let order = signature.descending
        up = Set(order.prefix(max(0, count)).filter { signature.values[$0] > 0 }.map { signature.genes[$0] })
        down = Set(order.suffix(max(0, count)).filter { signature.values[$0] < 0 }.map { signature.genes[$0] })
    }
}

/// A drug that may turn a disease's signature round. Evidence to look at, not advice.
public struct RepurposingCandidate: Sendable, Equatable {
    /// The drug.
    public let drug: String
    /// The connectivity score; below 0 it reverses the signature.
    public let score: Double
    /// The score divided by the greatest score of all drugs when above 0, by the least when below (Lamb 2006): -1...1.
    public let normalisedScore: Double
    /// (1 + random queries at most as low) / (1 + random queries).
    public let reversalPValue: Double
    /// How close the targets are to the disease's genes; nil when not asked for or nothing is in the network.
    public let proximity: NetworkProximity.Outcome?
    /// Reversal and proximity together, by Fisher's method: k (1 - ln k), k the product of both p-values; that of
    /// reversal alone without proximity.
    public let pValue: Double
    /// ``pValue`` adjusted for all drugs (Benjamini-Hochberg).
    public let qValue: Double
}
