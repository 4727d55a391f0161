/// The chance that a gene of k links has at least k_b of them to a module, as the published DIAMOnD program computes
/// it: p = Σ_(i = k_b)^k C(s, i) C(N - s, k - i) / C(N, k), each term from logarithms of Γ, cut at 1.
///
/// Where k - i exceeds N - s the program takes an infinite binomial, so that p becomes 1; that is kept.
struct ConnectivityPValue: Sendable {
    private let logFactorial: [Double]
    private let population: Int

    /// For a network of `population` genes.
    init(population: Int) {
        self.population = population
        logFactorial = (0...max(population, 0)).map { Elementary.logGamma(Double($0 + 1)) }
    }

    /// p of `links` to a module of `module` genes among `degree` links.
    func value(links: Int, degree: Int, module: Int) -> Double {
        var sum = 0.0
        var inModule = links
        while inModule <= degree, inModule <= module {
            sum += Elementary.exponential(
                logChoose(module, inModule) + logChoose(population - module, degree - inModule)
                    - logChoose(population, degree))
            inModule += 1
        }
        return sum > 1 ? 1 : sum
    }

    private func logChoose(_ total: Int, _ chosen: Int) -> Double {
        if chosen > total { return .infinity }
        return logFactorial[total] - (logFactorial[chosen] + logFactorial[total - chosen])
    }
}
