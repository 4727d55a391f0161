/// One row of a guideline: for this drug and these genes, do that.
public struct GuidelineRule: Sendable, Hashable {
    /// Who says it.
    public let source: GuidelineSource
    /// The source's own identifier of the guideline.
    public let guideline: String
    /// The date or year of the content, as the source gives it.
    public let version: String
    /// The drug's name in lower case, as CPIC writes it.
    public let drug: String
    /// Whom the rule is for: `general`, `adults`, `pediatrics` or an indication.
    public let population: String
    /// When it holds.
    public let condition: GuidelineCondition
    /// What to do, in the table's order: the first is the advice, the others go with it or are its fall-back.
    public let actions: [RecommendedAction]
    /// How strongly the source stands behind it.
    public let strength: RecommendationStrength
    /// The class of risk that the drug has at this condition: `none`, `toxicity-increased`, `efficacy-reduced`...
    public let risk: String
    /// Why, in a few words of our own.
    public let implication: String
    /// Where it is published.
    public let citation: String
    /// The place in the order of all tables read, from 0: a stable tie-break.
    public let ordinal: Int

    /// A rule.
    public init(
        source: GuidelineSource, guideline: String, version: String, drug: String, population: String = "general",
        condition: GuidelineCondition, actions: [RecommendedAction], strength: RecommendationStrength, risk: String,
        implication: String = "", citation: String = "", ordinal: Int = 0
    ) {
        self.source = source
        self.guideline = guideline
        self.version = version
        self.drug = drug
        self.population = population
        self.condition = condition
        self.actions = actions
        self.strength = strength
        self.risk = risk
        self.implication = implication
        self.citation = citation
        self.ordinal = ordinal
    }

    /// The most severe of the actions; nil for a rule without any.
    public var mostSevere: RecommendedAction? { actions.max() }
}
