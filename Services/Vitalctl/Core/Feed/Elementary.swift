#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// e to the power of `value`.
func exponential(_ value: Double) -> Double { exp(value) }

/// The cosine of a clock hand that stands at `hour` and points up at `peak`: 1 at the peak, -1 twelve hours from it.
func circadian(hour: Double, peak: Double) -> Double { cos(2 * .pi * (hour - peak) / 24) }
