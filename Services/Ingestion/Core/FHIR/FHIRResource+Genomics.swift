import Contracts
import Domain
import JSONDocument

/// Genotypes told by MolecularSequences and by Observations of the genomics reporting guide.
extension FHIRResource {
    /// The variants of a MolecularSequence, each as the observed allele at its place; the sequence does not say on how many chromosomes.
    func sequence() throws -> Mapped {
        let variants = try element.elements("variant")
        let referenceSequence = try element.element("referenceSeq")
        guard !variants.isEmpty else {
            throw element.unmapped("no-variant", "variant", "no fact of a sequence that names no variant")
        }
        let patient = try subject("patient")
        guard let base = try element.decimal("coordinateSystem")?.int64, base == 0 || base == 1 else {
            throw element.rejection("missing-element", "coordinateSystem", "must be 0 or 1")
        }
        let place = try referenceSequence.flatMap { sequence throws(FeedRejection) in
            try GenomicPlace(ofSequence: sequence)
        }
        guard let place else {
            throw element.unmapped(
                "sequence-unplaced", "referenceSeq", "no fact without a chromosome: send chromosome or an NC_ accession"
            )
        }
        var mapped = Mapped()
        var calls: [GenotypeCall] = []
        for variant in variants {
            guard let start = try variant.decimal("start")?.int64, let end = try variant.decimal("end")?.int64,
                let reference = try variant.string("referenceAllele"),
                let observed = try variant.string("observedAllele"),
                Self.isSequence(reference), Self.isSequence(observed)
            else {
                mapped.notes.append(
                    variant.rejection("allele-unanchored", nil, "no call without start, end and both alleles in bases"))
                continue
            }
            // 0-based coordinates count the spaces between bases, 1-based ones the bases (R4, molecularsequence, 11.7.4.2).
            let position = base == 0 ? start + 1 : start
            guard position >= 1, end >= start else {
                throw variant.rejection("number-out-of-range", "start", "must not lie before the sequence or after end")
            }
            calls.append(
                GenotypeCall(
                    chromosome: place.chromosome, position: position,
                    end: position + Int64(reference.utf8.count) - 1, reference: reference.uppercased(),
                    alternates: [observed.uppercased()], alleles: [-1, 1]))
        }
        guard !calls.isEmpty, calls.count <= ContractLimits.genotypeCalls else {
            guard let reason = mapped.notes.first else {
                throw element.unmapped("too-many-variants", "variant", "send a VCF file")
            }
            throw FHIRFailure.archived(reason)
        }
        mapped.facts = [genotypes(calls, assembly: place.assembly, patient: patient, collectedAt: nil)]
        return mapped
    }

    /// The genotype that a variant Observation names by place and alleles; nil when it names none.
    func genotypes(
        of code: FHIRElement, components: [FHIRElement], patient: PatientPseudonym, _ effective: Timestamp
    ) throws -> Fact? {
        guard try FHIRCoding.has(GenomicCode.variant, CodedConcept.loincSystem, in: code) else { return nil }
        var parts: [String: FHIRElement] = [:]
        for component in components {
            guard let concept = try component.element("code") else { continue }
            for coding in try concept.elements("coding") where try coding.string("system") == CodedConcept.loincSystem {
                if let code = try coding.string("code"), parts[code] == nil { parts[code] = component }
            }
        }
        // "Absent" says that one allele was not found, not which others were.
        if let result = try element.element("valueCodeableConcept"),
            try !FHIRCoding.has(GenomicCode.present, CodedConcept.loincSystem, in: result)
        {
            return nil
        }
        let change = try parts[GenomicCode.genomicChange]?.firstCoding("valueCodeableConcept").code
        let substitution = change.flatMap { GenomicSubstitution(hgvs: $0) }
        let sentReference = try parts[GenomicCode.referenceAllele]?.string("valueString")
        let sentAlternate = try parts[GenomicCode.alternateAllele]?.string("valueString")
        guard let reference = sentReference ?? substitution?.reference,
            let alternate = sentAlternate ?? substitution?.alternate,
            Self.isSequence(reference), Self.isSequence(alternate), let place = try GenomicPlace(ofComponents: parts)
        else { return nil }
        // Without a coordinate system a position could be off by one; an HGVS expression has its own.
        let start = try parts[GenomicCode.alleleRange]?.element("valueRange")?.element("low")?.decimal("value")?.int64
        let system = try parts[GenomicCode.coordinateSystem]?.firstCoding("valueCodeableConcept").code ?? ""
        guard let position = start.flatMap({ GenomicCode.position($0, in: system) }) ?? substitution?.position,
            position >= 1
        else { return nil }
        let state = try parts[GenomicCode.allelicState]?.firstCoding("valueCodeableConcept").code ?? ""
        let depth = try parts[GenomicCode.readDepth]?.element("valueQuantity")?.decimal("value")?.int64
        let identifier = try parts[GenomicCode.dbSNP]?.firstCoding("valueCodeableConcept").code ?? ""
        let call = GenotypeCall(
            chromosome: place.chromosome, position: position, end: position + Int64(reference.utf8.count) - 1,
            identifier: identifier, reference: reference.uppercased(), alternates: [alternate.uppercased()],
            alleles: GenomicCode.alleles[state] ?? [-1, 1], depth: depth.flatMap { Int32(exactly: max(0, $0)) })
        return genotypes([call], assembly: place.assembly, patient: patient, collectedAt: effective)
    }

    private func genotypes(
        _ calls: [GenotypeCall], assembly: String, patient: PatientPseudonym, collectedAt: Timestamp?
    ) -> Fact {
        let content =
            [assembly, Self.text(collectedAt)]
            + calls.flatMap {
                [
                    $0.chromosome, String($0.position), $0.identifier, $0.reference,
                    $0.alternates.joined(separator: ","),
                    $0.alleles.map(String.init).joined(separator: "/"),
                ]
            }
        let id = identity("genotypes", patient, content)
        return .genotypes(
            GenotypesRecorded(
                eventID: id, patient: patient, sampleID: name, assembly: assembly, format: .vcf, submissionID: id,
                chunk: 0, isLastChunk: true, calls: calls, collectedAt: collectedAt, resourceID: name,
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }

    /// Whether `text` is a sequence of bases; a deletion's `-` has no place of its own in a call.
    private static func isSequence(_ text: String) -> Bool {
        (1...FactText.limit).contains(text.utf8.count)
            && text.uppercased().utf8.allSatisfy { "ACGTN".utf8.contains($0) }
    }
}
