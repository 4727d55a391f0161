/// Whom a guideline's rows are for, as far as it decides whether they count for an adult of whom nothing else is known.
enum GuidelinePopulation {
    /// True for rows that speak of children, adolescents or breastfeeding women alone. Rows for an indication or a stage of treatment
    /// count for everybody: whether they apply is for the reader to say, and the population stands with them.
    static func isSpecial(_ population: String) -> Bool {
        guard !population.contains("adult") else { return false }
        return ["child", "pediatric", "adolescent", "breastfeeding", "under 12"].contains { population.contains($0) }
    }
}
