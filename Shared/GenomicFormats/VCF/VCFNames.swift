/// Names of contigs.
enum VCFContigName {
    /// True when the bytes are a contig's name: in 4.1 and 4.2 no white space, comma, angle bracket (nor, in a record, a colon); in 4.3 also
    /// none of `[]*:=`; from 4.4 the names of SAM.
    static func isValid(_ name: some Collection<UInt8>, version: VCFVersion, inHeader: Bool) -> Bool {
        guard let first = name.first else { return false }
        switch version {
        case .v41, .v42:
            guard first.isGraphic, first != UInt8(ascii: "*"), first != UInt8(ascii: "#") else { return false }
            return name.allSatisfy { byte in
                guard byte.isGraphic else { return false }
                switch byte {
                case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","): return false
                case UInt8(ascii: ":"): return inHeader
                default: return true
                }
            }
        case .v43:
            guard first != UInt8(ascii: "#") else { return false }
            return name.allSatisfy { byte in
                guard byte.isGraphic else { return false }
                switch byte {
                case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"),
                    UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ","):
                    return false
                default: return true
                }
            }
        case .v44, .v45:
            guard first != UInt8(ascii: "*"), first != UInt8(ascii: "=") else { return false }
            return name.allSatisfy { byte in
                guard byte.isGraphic else { return false }
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"),
                    UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
                    UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                    return false
                default: return true
                }
            }
        }
    }
}

/// Names of symbolic alleles, without their angle brackets.
enum VCFSymbol {
    /// The structural types that subtypes may follow.
    static let structural: Set<String> = ["DEL", "INS", "DUP", "INV", "CNV"]

    /// True when the name has no white space, comma or angle bracket, and a name with subtypes has a known type (BND up to 4.3).
    static func isValid(_ name: String, version: VCFVersion) -> Bool {
        guard !name.isEmpty,
            name.utf8.allSatisfy({
                $0.isGraphic && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
            })
        else { return false }
        guard let colon = name.firstIndex(of: ":") else { return true }
        let type = String(name[..<colon])
        return structural.contains(type) || (type == "BND" && version < .v44)
    }
}
