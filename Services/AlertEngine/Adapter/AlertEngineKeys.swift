import AlertEngineCore
import Domain
public import ServiceKit

/// The settings of the alert engine: the fleet's, and its own.
public enum AlertEngineKeys {
    /// `alert.news2.needs-complete-set`
    public static let needsCompleteSet = ConfigurationKey.boolean(
        "alert.news2.needs-complete-set", default: false,
        "true: a NEWS2 total alerts only with all five measured parameters; false: also when the parameters at hand reach a band by themselves."
    )
    /// `alert.validity`
    public static let validity = ConfigurationKey.duration(
        "alert.validity", default: .seconds(86_400), in: .seconds(60)...(.seconds(30 * 86_400)),
        "How long a reading counts, in event time, behind the newest reading of the same patient.")
    /// `alert.future-tolerance`
    public static let futureTolerance = ConfigurationKey.duration(
        "alert.future-tolerance", default: .seconds(3600), in: .zero...(.seconds(86_400)),
        "How far a reading may lie after its receipt before its clock is held to be wrong.")
    /// `stream.batch.max-records`, with a default of our own: the evaluation is cheap, so large transactions pay.
    public static let batchMaxRecords = ConfigurationKey.integer(
        "stream.batch.max-records", default: 16_384, in: 1...100_000,
        "The largest number of records in one transaction.")
    /// `stream.workers`
    public static let workers = ConfigurationKey.integer(
        "stream.workers", default: 2, in: 1...64, "Threads that run batches, each on a database connection of its own.")

    /// All of them.
    public static let table = ConfigurationTable.standard(
        adding: [needsCompleteSet, validity, futureTolerance, batchMaxRecords, workers])

    /// The rules that the settings ask for.
    static func rules(_ settings: ServiceConfiguration) -> RuleSet {
        let validity = settings.value(validity)
        return RuleSet(
            news2: NEWS2Policy(needsCompleteSet: settings.value(needsCompleteSet)),
            validity: { $0 == .pregnancy ? RuleSet.standardValidity(of: $0) : validity },
            futureTolerance: settings.value(futureTolerance))
    }
}
