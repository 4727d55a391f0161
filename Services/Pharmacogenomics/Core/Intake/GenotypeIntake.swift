public import Contracts
public import GenomicFormats

/// From genotypes as sources give them to what is known at the sites of a knowledge release.
///
/// One of them serves many sources, one after the other or at once; it holds nothing of them.
///
/// ```swift
/// let batch = try GenotypeIntake(map: map).read(vcf: bytes)
/// ```
public struct GenotypeIntake: Sendable {
    /// The sites.
    public let map: SiteMap
    /// What a genotype must have to be trusted.
    public let limits: IntakeLimits
    /// Which assembly sources are read as.
    public let assembly: AssemblyChoice
    /// The sex of the samples, where it is known.
    public let sex: Sex?

    /// An intake.
    public init(map: SiteMap, limits: IntakeLimits = IntakeLimits(), assembly: AssemblyChoice = .auto, sex: Sex? = nil)
    {
        self.map = map
        self.limits = limits
        self.assembly = assembly
        self.sex = sex
    }

    /// Reads a whole VCF or gVCF, plain or packed. Any bytes give a batch or an error.
    public func read(vcf bytes: [UInt8]) throws(IntakeError) -> IntakeBatch {
        let reader = VCFIntake(self)
        try reader.push(bytes)
        return try reader.finish()
    }

    /// What genotype calls of an event say of the sites: one sample, one or several chunks of a submission.
    ///
    /// - Parameters:
    ///   - assembly: the event's assembly; empty when its source did not say, then GRCh38 is assumed and checked.
    ///   - format: what the calls were read from.
    /// - Throws: ``IntakeError`` when the reference bases show another assembly or strand: nothing of the calls is to be used.
    public func sites(
        of calls: [GenotypeCall], assembly: String, format: GenotypesRecorded.Format
    ) throws(IntakeError) -> [ObservedSite] {
        let batch =
            format == .consumerArray
            ? try ConsumerIntake(self).read(calls, assembly: assembly)
            : try CallIntake(self).read(calls, assembly: assembly)
        guard let sample = batch.samples.first?.genotypes else { return [] }
        var novel: [Int: [String]] = [:]
        for allele in sample.novel { novel[allele.site, default: []].append(allele.bases) }
        return sample.sites.indices.compactMap { site in
            let call = sample.sites[site]
            guard call != SiteCall() else { return nil }
            return ObservedSite(site: Int32(site), call: call, novel: novel[site] ?? [])
        }
    }
}

/// What a source came to.
public struct IntakeBatch: Sendable, Equatable {
    /// The assembly that it was read as.
    public var assembly: GeneCatalog.Build
    /// Whether the source, or the caller, stated it; otherwise it was assumed.
    public var isAssemblyStated: Bool
    /// The samples, in the order of the source.
    public var samples: [IntakeSample]
    /// Lines that break the format; what they would have said is unknown.
    public var refusedLines: [GenomicFormatError]
    /// How many lines were refused, kept in ``refusedLines`` or not.
    public var refusedLineCount: Int
    /// Records that speak of a site.
    public var usedRecords: Int
    /// How many of ``refusedLines`` are kept.
    public static let refusedLineLimit = 100
}
