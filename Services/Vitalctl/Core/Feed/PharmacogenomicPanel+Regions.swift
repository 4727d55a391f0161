/// What the panel covers: the genes that CPIC's guidelines read from single positions, on GRCh38, and their common haplotypes.
extension PharmacogenomicPanel {
    /// In the order of the genome as callers write it.
    static let regions = [
        Region(
            chromosome: "chr1", first: 97_078_900, last: 97_883_400,
            haplotypes: [
                Haplotype(share: 0.01, variants: [variant(97_450_058, "rs3918290", "C", "T")]),
                Haplotype(share: 0.01, variants: [variant(97_082_391, "rs67376798", "T", "A")]),
                Haplotype(
                    share: 0.02,
                    variants: [
                        variant(97_573_863, "rs56038477", "C", "T"), variant(97_579_893, "rs75017182", "G", "C"),
                    ]),
            ]),
        Region(chromosome: "chr1", first: 201_060_700, last: 201_092_100, haplotypes: []),
        Region(
            chromosome: "chr2", first: 233_759_800, last: 233_761_100,
            haplotypes: [Haplotype(share: 0.05, variants: [variant(233_760_498, "rs4148323", "G", "A")])]),
        Region(
            chromosome: "chr4", first: 88_131_000, last: 88_131_300,
            haplotypes: [Haplotype(share: 0.1, variants: [variant(88_131_171, "rs2231142", "G", "T")])]),
        Region(
            chromosome: "chr6", first: 18_130_500, last: 18_149_300,
            haplotypes: [
                Haplotype(
                    share: 0.04,
                    variants: [
                        variant(18_138_997, "rs1800460", "C", "T"), variant(18_130_687, "rs1142345", "T", "C"),
                    ]),
                Haplotype(share: 0.005, variants: [variant(18_130_687, "rs1142345", "T", "C")]),
            ]),
        Region(
            chromosome: "chr7", first: 99_652_600, last: 99_676_300,
            haplotypes: [Haplotype(share: 0.85, variants: [variant(99_672_916, "rs776746", "T", "C")])]),
        Region(
            chromosome: "chr7", first: 99_758_000, last: 99_784_200,
            haplotypes: [Haplotype(share: 0.05, variants: [variant(99_768_693, "rs35599367", "G", "A")])]),
        Region(
            chromosome: "chr10", first: 94_761_700, last: 94_853_000,
            haplotypes: [
                Haplotype(share: 0.62, variants: [variant(94_842_866, "rs3758581", "A", "G")]),
                Haplotype(
                    share: 0.15,
                    variants: [
                        variant(94_775_367, "rs12769205", "A", "G"), variant(94_781_859, "rs4244285", "G", "A"),
                        variant(94_842_866, "rs3758581", "A", "G"),
                    ]),
                Haplotype(
                    share: 0.21,
                    variants: [
                        variant(94_761_900, "rs12248560", "C", "T"), variant(94_842_866, "rs3758581", "A", "G"),
                    ]),
            ]),
        Region(
            chromosome: "chr10", first: 94_938_500, last: 94_989_200,
            haplotypes: [
                Haplotype(share: 0.13, variants: [variant(94_942_290, "rs1799853", "C", "T")]),
                Haplotype(share: 0.07, variants: [variant(94_981_296, "rs1057910", "A", "C")]),
            ]),
        Region(
            chromosome: "chr12", first: 21_141_400, last: 21_239_300,
            haplotypes: [
                Haplotype(share: 0.25, variants: [variant(21_176_804, "rs2306283", "A", "G")]),
                Haplotype(
                    share: 0.15,
                    variants: [
                        variant(21_176_804, "rs2306283", "A", "G"), variant(21_178_615, "rs4149056", "T", "C"),
                    ]),
                Haplotype(
                    share: 0.1,
                    variants: [
                        variant(21_176_804, "rs2306283", "A", "G"), variant(21_176_879, "rs11045819", "C", "A"),
                    ]),
            ]),
        Region(
            chromosome: "chr13", first: 48_037_600, last: 48_045_900,
            haplotypes: [Haplotype(share: 0.02, variants: [variant(48_045_719, "rs116855232", "C", "T")])]),
        Region(
            chromosome: "chr16", first: 31_096_200, last: 31_096_500,
            haplotypes: [Haplotype(share: 0.4, variants: [variant(31_096_368, "rs9923231", "C", "T")])]),
        Region(
            chromosome: "chr19", first: 15_878_600, last: 15_897_700,
            haplotypes: [Haplotype(share: 0.3, variants: [variant(15_879_621, "rs2108622", "C", "T")])]),
        Region(chromosome: "chr19", first: 38_433_700, last: 38_587_500, haplotypes: []),
        Region(
            chromosome: "chr19", first: 39_248_000, last: 39_248_300,
            haplotypes: [Haplotype(share: 0.35, variants: [variant(39_248_147, "rs12979860", "C", "T")])]),
        Region(
            chromosome: "chr19", first: 40_991_100, last: 41_017_000,
            haplotypes: [
                Haplotype(
                    share: 0.25,
                    variants: [
                        variant(41_006_936, "rs3745274", "G", "T"), variant(41_009_358, "rs2279343", "A", "G"),
                    ])
            ]),
        Region(chromosome: "chrX", first: 154_531_900, last: 154_546_300, haplotypes: []),
    ]

    private static func variant(
        _ position: Int, _ identifier: String, _ reference: String, _ alternate: String
    ) -> Variant {
        Variant(position: position, identifier: identifier, reference: reference, alternate: alternate)
    }
}
