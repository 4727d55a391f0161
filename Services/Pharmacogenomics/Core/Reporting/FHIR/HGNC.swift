/// The identifiers that the HUGO Gene Nomenclature Committee gives the genes of the knowledge tables.
///
/// From the gene table of CPIC (CC0 1.0), DPYD from HGNC itself: that table has another gene's number there.
enum HGNC {
    /// The number after `HGNC:`; nil for a gene that the table does not have.
    static func identifier(of gene: GeneSymbol) -> Int? { identifiers[gene.rawValue] }

    private static let identifiers: [String: Int] = [
        "ABCB1": 40, "ABCG2": 74, "ANKK1": 21027, "CACNA1S": 1397, "CFTR": 1884, "COMT": 2228, "CYP1A2": 2596,
        "CYP2A6": 2610, "CYP2B6": 2615, "CYP2C8": 2622, "CYP2C9": 2623, "CYP2C19": 2621, "CYP2D6": 2625,
        "CYP3A4": 2637, "CYP3A5": 2638, "CYP4F2": 2645, "DPYD": 3012, "F5": 3542, "G6PD": 4057, "GRIK4": 4582,
        "HLA-A": 4931, "HLA-B": 4932, "HLA-C": 4933, "HLA-DPB1": 4940, "HLA-DQA1": 4942, "HLA-DRB1": 4948,
        "HTR2A": 5293, "HTR2C": 5295, "IFNL3": 18365, "IFNL4": 44480, "MT-RNR1": 7470, "NAT2": 7646, "NUDT15": 23063,
        "OPRM1": 8156, "POLG": 9179, "RYR1": 10483, "SLC6A4": 11050, "SLCO1B1": 10959, "TPMT": 12014,
        "UGT1A1": 12530, "UGT2B15": 12546, "VKORC1": 23663,
    ]
}

/// The sequences of the reference genome GRCh38 by RefSeq accession.
enum ReferenceSequence {
    /// The accession of a chromosome (`1`...`22`, `X`, `Y`, `MT`); nil for any other name.
    static func accession(chromosome: String) -> String? {
        switch chromosome {
        case "X": return "NC_000023.11"
        case "Y": return "NC_000024.10"
        case "MT": return "NC_012920.1"
        default:
            guard let number = Int(chromosome), (1...22).contains(number) else { return nil }
            return "NC_0000\(number < 10 ? "0" : "")\(number).\(versions[number - 1])"
        }
    }

    private static let versions = [
        11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11,
    ]
}
