/// The lines that the offline face prints for one drug, or one indication, of one sample.
///
/// A drug's members, in this order: `sample`, `drug`, `status`, `actions`, `strength`, `source` (of the guideline that leads: CPIC before the
/// others, the general population before special ones), `missing_genes`, `settled_by`, `active`, `recommendations` (every guideline, population
/// and source) and `knowledge_version`.
public struct RecommendLine: Sendable {
    private let version: String

    /// Lines of a release.
    public init(knowledge: KnowledgeBase) {
        version = knowledge.version
    }

    /// The JSON of what is said of one drug, without a line end; nil when no guideline speaks of it.
    public func json(sample: String, drug: String, recommendations: [DrugRecommendation]) -> [UInt8]? {
        guard let leading = Self.leading(recommendations) else { return nil }
        var line = LineText()
        line.object { line in
            line.key("sample")
            line.text(sample)
            line.key("drug")
            line.text(drug)
            line.key("status")
            line.text(leading.status.rawValue)
            line.key("actions")
            line.texts(leading.actions.map(\.description))
            line.key("strength")
            line.text(leading.strength.description)
            line.key("source")
            line.text(leading.source.rawValue)
            line.key("missing_genes")
            line.texts(leading.missingGenes.map(\.rawValue))
            line.key("settled_by")
            line.array { line in for test in leading.settledBy { Self.write(test, into: &line) } }
            line.key("active")
            line.bool(leading.isActive)
            line.key("recommendations")
            line.array { line in for item in recommendations { write(item, into: &line) } }
            line.key("knowledge_version")
            line.text(version)
        }
        return line.bytes
    }

    /// The JSON of an indication's options, best first, without a line end.
    public func json(sample: String, indication: String, options: [RankedOption]) -> [UInt8] {
        var line = LineText()
        line.object { line in
            line.key("sample")
            line.text(sample)
            line.key("indication")
            line.text(indication)
            line.key("options")
            line.array { line in
                for option in options {
                    line.object { line in
                        line.key("drug")
                        line.text(option.drug)
                        line.key("rank")
                        if let rank = option.rank { line.number(rank) } else { line.null() }
                        line.key("score")
                        line.number(option.score)
                        line.key("vetoes")
                        line.texts(option.vetoes)
                        line.key("reasons")
                        line.array { line in
                            for part in option.components {
                                line.object { line in
                                    line.key("kind")
                                    line.text(part.kind.rawValue)
                                    line.key("points")
                                    line.number(part.points)
                                    line.key("reason")
                                    line.text(part.reason)
                                }
                            }
                        }
                    }
                }
            }
            line.key("knowledge_version")
            line.text(version)
        }
        return line.bytes
    }

    /// The columns of the tab-separated form.
    public static let columns =
        "sample\tdrug\tsource\tguideline\tpopulation\tstatus\tactions\tstrength\trisk\tphenotypes\tmissing_genes\tsettled_by"

    /// The same as tab-separated text: one row a guideline, population and source.
    public func rows(sample: String, recommendations: [DrugRecommendation]) -> [String] {
        recommendations.map { item in
            let phenotypes = item.governing.candidates.map { candidate in
                candidate.results.map { "\($0.gene) \($0.phenotype)" }.joined(separator: ", ")
            }
            return [
                sample, item.drug, item.source.rawValue, item.guideline, item.population, item.status.rawValue,
                item.actions.map(\.description).joined(separator: "+"), item.strength.description, item.risk,
                phenotypes.joined(separator: " | "), item.missingGenes.map(\.rawValue).joined(separator: ";"),
                item.settledBy.map { "\($0.gene):\($0.kind.rawValue):\($0.name)" }.joined(separator: ";"),
            ].joined(separator: "\t")
        }
    }

    /// The one that stands for all: CPIC first, the general population first, one that says something first.
    static func leading(_ recommendations: [DrugRecommendation]) -> DrugRecommendation? {
        func order(_ item: DrugRecommendation) -> (Int, Int, Int) {
            let says = item.status == .notCovered || item.status == .notCallable ? 1 : 0
            return (item.source == .cpic ? 0 : 1, item.population == "general" ? 0 : 1, says)
        }
        return recommendations.enumerated().min { one, other in
            let (left, right) = (order(one.element), order(other.element))
            return left == right ? one.offset < other.offset : left < right
        }?.element
    }

    private func write(_ item: DrugRecommendation, into line: inout LineText) {
        line.object { line in
            line.key("source")
            line.text(item.source.rawValue)
            line.key("guideline")
            line.text(item.guideline)
            line.key("version")
            line.text(item.version)
            line.key("population")
            line.text(item.population)
            line.key("genes")
            line.texts(item.genes.map(\.rawValue))
            line.key("status")
            line.text(item.status.rawValue)
            line.key("actions")
            line.texts(item.actions.map(\.description))
            line.key("strength")
            line.text(item.strength.description)
            line.key("risk")
            line.text(item.risk)
            line.key("phenoconverted")
            line.bool(item.isPhenoconverted)
            line.key("candidates")
            line.array { line in for candidate in item.governing.candidates { Self.write(candidate, into: &line) } }
            line.key("missing_genes")
            line.texts(item.missingGenes.map(\.rawValue))
            line.key("settled_by")
            line.array { line in for test in item.settledBy { Self.write(test, into: &line) } }
            line.key("conflicts")
            line.array { line in
                for conflict in item.conflicts {
                    line.object { line in
                        line.key("source")
                        line.text(conflict.source.rawValue)
                        line.key("population")
                        line.text(conflict.population)
                        line.key("actions")
                        line.texts(conflict.actions.map(\.description))
                    }
                }
            }
            line.key("citations")
            line.texts(item.citations)
        }
    }

    private static func write(_ candidate: CandidateAction, into line: inout LineText) {
        line.object { line in
            line.key("weight")
            line.number(candidate.weight)
            line.key("results")
            line.array { line in
                for outcome in candidate.results {
                    line.object { line in
                        line.key("gene")
                        line.text(outcome.gene.rawValue)
                        line.key("phenotype")
                        line.text(outcome.phenotype)
                        line.key("activity_score")
                        line.number(outcome.activityScore)
                        line.key("diplotypes")
                        line.texts(outcome.diplotypes)
                    }
                }
            }
            line.key("actions")
            line.texts(candidate.actions.map(\.description))
        }
    }

    private static func write(_ test: SettlingTest, into line: inout LineText) {
        line.object { line in
            line.key("gene")
            line.text(test.gene.rawValue)
            line.key("kind")
            line.text(test.kind.rawValue)
            line.key("name")
            line.text(test.name)
            line.key("separates")
            line.number(test.separatedWeight)
        }
    }
}
