extension GeneMeaning {
    /// The presence of every allele that a guideline asks about, from the alleles that were typed.
    ///
    /// An allele typed to more fields than asked (`*57:01:01`) counts as the asked one; one typed to fewer (`*57`) leaves it
    /// open. A laboratory that reports a single allele has looked at both copies.
    func presence(_ haplotypes: [HaplotypeCall]) -> Meaning {
        let alleles = questions.askedAlleles.map { asked in
            var isPresent: Bool? = false
            for haplotype in haplotypes {
                if haplotype.name == asked || haplotype.name.hasPrefix("\(asked):") || contains(haplotype, asked) {
                    isPresent = true
                    break
                }
                if asked.hasPrefix("\(haplotype.name):") { isPresent = nil }
            }
            return AllelePresence(name: asked, isPresent: isPresent)
        }
        return Meaning(phenotype: Self.text(of: alleles), score: nil, alleles: alleles)
    }

    /// The presence of the asked alleles from a laboratory's words (`*57:01 positive`); of the others nothing is known. Nil
    /// when the words are about no allele.
    func presence(reported text: String) -> Meaning? {
        var reported: [String: Bool] = [:]
        for part in text.split(whereSeparator: { $0 == ";" || $0 == "," || $0 == "|" }) {
            let words = part.split(separator: " ").map(String.init)
            guard words.count == 2, let name = words.first, let word = words.last?.lowercased(),
                word == "positive" || word == "negative"
            else { continue }
            reported[name] = word == "positive"
        }
        guard !reported.isEmpty else { return nil }
        let names = Set(questions.askedAlleles).union(reported.keys).sorted()
        let alleles = names.map { AllelePresence(name: $0, isPresent: reported[$0]) }
        return Meaning(phenotype: Self.text(of: alleles), score: nil, alleles: alleles)
    }

    private func contains(_ haplotype: HaplotypeCall, _ asked: String) -> Bool {
        haplotype.alleles.contains { gene.alleles.indices.contains($0) && gene.alleles[$0].name == asked }
    }

    private static func text(of alleles: [AllelePresence]) -> String {
        let known = alleles.compactMap(\.text)
        return known.isEmpty ? PhenotypeOutcome.indeterminate : known.joined(separator: "; ")
    }
}
