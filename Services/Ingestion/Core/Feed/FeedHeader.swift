/// The names of the headers of records on the raw feeds. A record without any is read as its topic's own format.
public enum FeedHeader {
    /// A ``FeedFormat``, when it is not the one that the topic carries as a rule.
    public static let format = "vitalstream-format"
    /// `gzip` or `zstd`.
    public static let encoding = "content-encoding"
    /// The sender's registered name, which becomes the facts' source.
    public static let source = "vitalstream-source"
    /// The person's id, for formats that name none. The raw feeds are people's data throughout.
    public static let subject = "vitalstream-subject"
    /// The IANA name of the zone of local times that say none.
    public static let timeZone = "vitalstream-time-zone"
    /// What the sender declares about the file, a JSON object of texts; see ``FeedContext/options``.
    public static let options = "vitalstream-options"
    /// The name of the mapping of a CSV or free JSON.
    public static let mapping = "vitalstream-mapping"
    /// What the sender may send; written by the front door only.
    public static let terms = "vitalstream-terms"
}
