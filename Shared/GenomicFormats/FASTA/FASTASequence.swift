/// One sequence of a FASTA file: its name and digests, and where it stands in the file; not the sequence itself.
public struct FASTASequence: Equatable, Sendable {
    /// The name: the first word after `>`; empty when there is none.
    public let name: String
    /// The rest of the line after `>`; may be empty.
    public let detail: String
    /// Bases.
    public let length: Int
    /// The offset in the file of the first base.
    public let offset: Int
    /// Bases on each line but the last.
    public let lineBases: Int
    /// Bytes of each line but the last, with its end.
    public let lineBytes: Int
    /// MD5 of the bases in upper case, in lower-case hexadecimal (`@SQ-M5` of SAM).
    public let md5: String
    /// The first 24 bytes of SHA-512 of the bases in upper case, in Base64url (refget 2.0: `SQ.` + this).
    public let sha512t24u: String

    /// The line of an index of `samtools faidx`: name, length, offset, bases and bytes a line.
    public var faiLine: String { "\(name)\t\(length)\t\(offset)\t\(lineBases)\t\(lineBytes)" }
}
