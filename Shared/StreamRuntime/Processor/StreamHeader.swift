/// Headers of records that the runtime's own tools write, beside those of CloudEvents.
public enum StreamHeader {
    /// `true` on a record that was held back and that a person has released.
    public static let released = "vitalstream-released"
}
