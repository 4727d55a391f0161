/// What to do with an event that is older than its partition's watermark.
public enum LatePolicy: Sendable, Equatable {
    /// Hand it to the processor, marked late; right for facts that are true whenever they come.
    case handle
    /// Send the record, unchanged, to this topic and let the processor never see it.
    case divert(topic: String)
}
