/// A disease module: the seeds and the genes that joined them, in order.
public struct DiseaseModule: Sendable, Equatable {
    /// One gene that joined.
    public struct Step: Sendable, Hashable {
        /// Its name.
        public let gene: String
        /// Its links, those to the module counted with the weight of seeds.
        public let degree: Int
        /// Its links to the module when it joined, counted with the weight of seeds.
        public let links: Int
        /// The connectivity p-value.
        public let pValue: Double
        /// How many genes had these very counts; above 1 the choice among them is a rule's, not the data's.
        public let tied: Int
    }

    /// The seeds that are in the network, ascending.
    public let seeds: [String]
    /// The seeds that are not.
    public let ignoredSeeds: [String]
    /// The genes in the order in which they joined.
    public let steps: [Step]

    /// Seeds and genes together.
    public var genes: [String] { seeds + steps.map(\.gene) }
}
