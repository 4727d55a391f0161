/// How large an event may be.
public enum ContractLimits {
    /// Bytes of one encoded event.
    public static let messageBytes = 1 << 20
    /// UTF-8 bytes of one text field.
    public static let textBytes = 4096
    /// Bytes of ``DeadLetter/payloadCiphertext``; the rest of the message is left for the other fields.
    public static let ciphertextBytes = messageBytes - (64 << 10)
    /// UTF-8 bytes of ``RecommendationMade/explanation``.
    public static let explanationBytes = 64 << 10
    /// Texts or ids in one list of an event, alternates or alleles of one ``GenotypeCall``, files of one ``KnowledgeReleased``.
    public static let listEntries = 1_000
    /// Calls in one ``GenotypesRecorded``.
    public static let genotypeCalls = 4_000
    /// Genes in one ``ExpressionMeasured``.
    public static let genes = 20_000
    /// Weights in one ``PolygenicScoreDefined``.
    public static let variantWeights = 5_000
    /// The first time that an event may carry: 0001-01-01T00:00:00Z.
    public static let earliestMicroseconds: Int64 = -62_135_596_800_000_000
    /// The last time that an event may carry: 9999-12-31T23:59:59.999999Z.
    public static let latestMicroseconds: Int64 = 253_402_300_799_999_999
}
