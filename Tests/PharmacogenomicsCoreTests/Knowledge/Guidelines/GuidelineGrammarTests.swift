import Testing

@testable import PharmacogenomicsCore

@Suite("A guideline cell says the same before and after it is read")
struct GuidelineGrammarTests {
    @Test(
        "Every form of a condition is read and written back",
        arguments: [
            "CYP2D6=Poor Metabolizer", "CYP2C19=Likely Poor Metabolizer|Poor Metabolizer & CYP2D6=unknown",
            "DPYD:score=0.5..1", "CYP2D6:score=2.5..", "CYP2C9:score=1..=2", "DPYD:score=1.5",
            "HLA-A:*31:01=negative & HLA-B:*15:02=positive", "CYP2C9:variant=*5|*6|rs12777823 A", "CYP2B6=any",
            "IFNL3:rs12979860 variant (T)=negative", "VKORC1=-1639 AA", "",
        ])
    func conditionRoundTrip(_ text: String) throws {
        let condition = try #require(GuidelineCondition(text))
        #expect(condition.description == text)
    }

    @Test("A condition's parts mean what they say")
    func conditionParts() throws {
        let condition = try #require(
            GuidelineCondition("HLA-B:*57:01=positive & DPYD:score=0.5..1 & TPMT=unknown & HLA-B:*15:02=negative"))
        #expect(condition.genes == ["HLA-B", "DPYD", "TPMT"])
        #expect(condition.requirements[0].test == .allele(name: "*57:01", isPresent: true))
        #expect(condition.requirements[2].test == .unknown)
        guard case .score(let range) = condition.requirements[1].test else {
            Issue.record("no score")
            return
        }
        #expect(range.contains(0.5) && range.contains(0.75) && !range.contains(1) && !range.contains(0.25))
    }

    @Test(
        "What is no condition is refused",
        arguments: [
            "CYP2D6", "=Poor", "CYP2D6=", "CYP2D6=a||b", "CYP2D6:score=x", "CYP2D6:score=2..1", "CYP2D6:score=1..1",
            "CYP2D6:score=-1", "HLA-B:*57:01=maybe", "HLA-B:=positive", "A=b & ", "two words=b", "CYP2D6:score=0..nan",
        ])
    func malformedConditions(_ text: String) {
        #expect(GuidelineCondition(text) == nil)
    }

    @Test("A range holds its lower end and holds its upper end only when it says so")
    func ranges() throws {
        let open = try #require(ActivityScoreRange("0.25..1.25"))
        #expect(open.contains(0.25) && open.contains(1.2) && !open.contains(1.25))
        let closed = try #require(ActivityScoreRange("1..=2"))
        #expect(closed.contains(2) && !closed.contains(2.25))
        let endless = try #require(ActivityScoreRange("2.5.."))
        #expect(endless.contains(13) && !endless.contains(2.25))
        let exact = try #require(ActivityScoreRange("2"))
        #expect(exact.contains(2) && !exact.contains(1.999))
    }

    @Test("Every code of an action is read and written back, with and without a detail")
    func actionRoundTrip() throws {
        for code in ActionCode.allCases {
            let detail = code.isPercentage ? "25-50 (start)" : "some words"
            let text = "\(code.rawValue):\(detail)"
            #expect(try #require(RecommendedAction(text)).description == text)
            #expect((RecommendedAction(code.rawValue) == nil) == code.needsDetail, "\(code)")
        }
    }

    @Test(
        "What is no list of actions is refused",
        arguments: [
            "", "avoid+", "avoid:", "shun", "dose-percent", "dose-percent:half", "dose-percent:50-25",
            "dose-percent:-5",
        ])
    func malformedActions(_ text: String) {
        #expect(RecommendedAction.list(text) == nil)
    }

    @Test("Percentages and qualifiers are taken out of a detail")
    func details() throws {
        let action = try #require(RecommendedAction("dose-start-percent:30-80 (of a usual 2-3 mg/kg/day)"))
        #expect(action.percent == 30...80)
        #expect(action.qualifier == "of a usual 2-3 mg/kg/day")
        #expect(try #require(RecommendedAction("dose-percent:50")).percent == 50...50)
        #expect(try #require(RecommendedAction("dose:400 mg/day")).percent == nil)
    }

    @Test("Graver actions are greater, and what holds only later weighs no more than a standard dose")
    func severity() throws {
        let order = [
            "no-recommendation", "standard", "monitor:drug level", "dose-percent:50", "alternative", "avoid",
            "contraindicated",
        ]
        let actions = try order.map { try #require(RecommendedAction($0)) }
        #expect(actions.sorted() == actions)
        let later = try #require(RecommendedAction("alternative:opioid (if no response)"))
        #expect(later.isContingent && later.severity == ActionCode.standard.severity)
    }

    @Test("Actions read as plain sentences")
    func sentences() throws {
        let expected = [
            "dose-start-percent:50": "Start at 50 % of the standard dose.",
            "dose-start-percent:25-50 (of the lowest starting dose)":
                "Start at 25 to 50 % of the standard dose (of the lowest starting dose).",
            "dose-maximum:20 mg/day": "Give at most 20 mg/day.",
            "dose-maximum:under 20 mg/day": "Keep the dose under 20 mg/day.",
            "avoid": "Avoid.", "alternative:prasugrel or ticagrelor": "Consider another drug: prasugrel or ticagrelor.",
            "monitor:drug level": "Monitor drug level.", "standard": "Use the standard dose.",
            "titrate:slow": "Raise the dose slowly.",
            "test-first:G6PD enzyme activity": "Test first: G6PD enzyme activity.",
            "no-recommendation": "The source gives no recommendation.",
        ]
        for (text, sentence) in expected { #expect(try #require(RecommendedAction(text)).text == sentence) }
    }

    @Test("Strengths keep the source's own word")
    func strengths() throws {
        #expect(RecommendationStrength("strong") == RecommendationStrength(.strong))
        let mapped = try #require(RecommendationStrength("moderate:4A"))
        #expect(mapped.level == .moderate && mapped.original == "4A" && mapped.description == "moderate:4A")
        #expect(RecommendationStrength("sure") == nil)
        #expect(RecommendationStrength.Level.allCases.sorted() == [.none, .optional, .moderate, .strong])
    }
}
