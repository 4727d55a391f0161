/// The genotypes of one record, in storage that is used again for the next.
final class GenotypeStore {
    private(set) var alleles: UnsafeMutablePointer<Int32>
    private(set) var alleleCapacity: Int
    /// Where the alleles of a sample begin; one more entry than samples.
    private(set) var starts: UnsafeMutablePointer<Int>
    /// Where the column of a sample begins and ends in the line.
    private(set) var columns: UnsafeMutablePointer<ByteRange>
    private(set) var phased: UnsafeMutablePointer<Bool>
    private(set) var sampleCapacity: Int
    /// Samples of the record.
    var sampleCount = 0
    /// True when the record has GT.
    var hasGenotypes = false

    init() {
        alleleCapacity = 16
        sampleCapacity = 8
        alleles = .allocate(capacity: alleleCapacity)
        starts = .allocate(capacity: sampleCapacity + 1)
        columns = .allocate(capacity: sampleCapacity)
        phased = .allocate(capacity: sampleCapacity)
    }

    deinit {
        alleles.deallocate()
        starts.deallocate()
        columns.deallocate()
        phased.deallocate()
    }

    /// Room for so many samples; what is stored is lost.
    func reserve(samples: Int) {
        guard samples > sampleCapacity else { return }
        starts.deallocate()
        columns.deallocate()
        phased.deallocate()
        sampleCapacity = samples
        starts = .allocate(capacity: samples + 1)
        columns = .allocate(capacity: samples)
        phased = .allocate(capacity: samples)
    }

    /// Room for so many alleles; what is stored is kept.
    func reserve(alleles count: Int) {
        guard count > alleleCapacity else { return }
        let capacity = max(count, alleleCapacity * 2)
        let wider = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
        wider.update(from: alleles, count: alleleCapacity)
        alleles.deallocate()
        alleles = wider
        alleleCapacity = capacity
    }
}
