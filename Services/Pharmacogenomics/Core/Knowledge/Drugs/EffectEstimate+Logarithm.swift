#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension EffectEstimate {
    /// The natural logarithm.
    static func logarithm(_ value: Double) -> Double { log(value) }
}
