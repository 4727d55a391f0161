import HL7v2

extension FeedDecoder {
    /// HL7 v2.3 to 2.8 in ER7: a message, several, or batches and files of them.
    ///
    /// For each message an outcome with its facts (its `notes` name the parts that tell no fact), followed by an outcome for each fact that cannot
    /// be true (so that it is held back alone) and for each part that was
    /// refused; faults of envelopes are outcomes of their own. Nothing that was sent goes unmentioned.
    public func hl7v2(_ bytes: [UInt8]) -> [FactOutcome] {
        HL7Reader(context: context, names: names).outcomes(of: bytes)
    }
}
