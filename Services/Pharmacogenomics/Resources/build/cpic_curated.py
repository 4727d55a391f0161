"""What CPIC published outside its database 1.30.0, or after it, as curated rows with their citation."""

ANAESTHETICS = ["desflurane", "enflurane", "halothane", "isoflurane", "methoxyflurane", "sevoflurane", "succinylcholine"]
THIOPURINES = {
    "azathioprine": "of a usual 2-3 mg/kg/day",
    "mercaptopurine": "of a usual 75 mg/m2/day or more",
    "thioguanine": "of a usual 40-60 mg/m2/day",
}
INTERMEDIATE = ("Intermediate Metabolizer", "Possible Intermediate Metabolizer")
POPULATIONS = ["adults, not of African ancestry", "adults of African ancestry", "children of European ancestry",
               "resistant hypertension, adults"]

# The strength of a recommendation that carries no class, or whose class was not at hand.
NOT_READ = "none:no class at hand"

# CPIC pairs of level A, A/B or B for which CPIC has published no guideline: (gene, drug).
PROVISIONAL = [
    ("UGT1A1", "irinotecan"), ("CYP2D6", "pitolisant"), ("CYP2C9", "siponimod"), ("CYP2D6", "eliglustat"),
    ("CYP2D6", "oliceridine"), ("CYP2D6", "pimozide"), ("CYP2D6", "tetrabenazine"), ("CYP2C9", "acenocoumarol"),
    ("CYP4F2", "acenocoumarol"), ("CYP2D6", "aripiprazole"), ("UGT1A1", "belinostat"), ("CYP2C19", "brivaracetam"),
    ("CYP4F2", "phenprocoumon"), ("CYP2D6", "risperidone"),
]


# Tables that CPIC changed after the guideline was published: the version of all of a drug's rows.
VERSIONS = dict([(drug, "2023-12") for drug in ANAESTHETICS] + [(drug, "2024-03") for drug in THIOPURINES])


def added_actions(drug, keys):
    """Actions that CPIC's table states in its comments, not in its text."""
    if drug == "citalopram" and keys.get("CYP2C19") in ("Poor Metabolizer", "Likely Poor Metabolizer"):
        return ["dose-maximum:20 mg/day"]  # CPIC's comment, after the warning in the United States label.
    return []


def implications(drug, found):
    """The implications of a recommendation, with slips of the database put right."""
    if drug == "atomoxetine" and found["lookupkey"] == {"CYP2D6": "≥3.5"}:
        # The child's row for 3.5 and above repeats the normal metabolizer's implication; all other rows from 2.5 on agree.
        return {"CYP2D6": "It is unlikely ultrarapid metabolizers would achieve adequate serum concentrations"}
    return found["implications"]


def replaces(drug, keys):
    """Whether a later publication replaces the database's row."""
    return drug in THIOPURINES and keys["TPMT"] in INTERMEDIATE and keys["NUDT15"] in INTERMEDIATE


def rows():
    """All curated rows."""
    return hyperthermia() + thiopurines() + warfarin() + interferon() + hydralazine() + metoprolol() + unpublished()


def row(guideline, version, drug, population, condition, actions, strength, risk, implication, citation):
    """One row of the table."""
    assert len(implication.split()) <= 8, implication
    return ["CPIC", guideline, version, drug, population, condition, "+".join(actions), strength, risk, implication, citation]


def hyperthermia():
    """A pathogenic variant of one gene suffices (PMID:30499100); CPIC's table lists these cells since 2023-12."""
    grave = "Malignant Hyperthermia Susceptibility"
    open_ = "Uncertain Susceptibility"
    found = []
    for drug in ANAESTHETICS:
        cases = [(grave, grave), (grave, "unknown"), ("unknown", grave), (open_, "unknown"), ("unknown", open_)]
        for calcium, ryanodine in cases:
            condition = "CACNA1S=%s & RYR1=%s" % (calcium, ryanodine)
            if grave in (calcium, ryanodine):
                gene = "RYR1" if ryanodine == grave else "CACNA1S"
                said = (["contraindicated", "alternative:anaesthetic that triggers no hyperthermia"], "strong",
                        "malignant-hyperthermia", gene + ": hyperthermia risk")
            else:
                said = (["standard:unless findings or family history speak against"], "strong", "unknown",
                        "hyperthermia not excluded, one gene untested")
            found.append(row("ryr1-and-cacna1s", "2023-12", drug, "general", condition, *said, "PMID:30499100"))
    return found


def thiopurines():
    """Intermediate for both genes: start at 20-50 % (CPIC's update of 2024-03 on PMID:38230823)."""
    both = "|".join(INTERMEDIATE)
    return [
        row("thiopurines-and-tpmt", "2024-03", drug, "general", "NUDT15=%s & TPMT=%s" % (both, both),
            ["dose-start-percent:20-50 (%s)" % usual, "delay:2-4 weeks between dose steps", "monitor:blood count"],
            "strong", "toxicity-increased", "both enzymes slow, higher myelosuppression risk",
            "PMID:30447069; PMID:38230823")
        for drug, usual in THIOPURINES.items()]


def warfarin():
    """The steps of figure 2 of the guideline of 2017 (PMID:28198005); several rows hold together, step by step.

    CYP4F2 *4 and *22 carry the variant that the guideline names after *3 (rs2108622 T).
    With the dose algorithm of Gage or of the IWPC (PMID:18305455, PMID:19228618), or EU-PACT's for a loading dose.
    """
    genotyped = "CYP2C9=any & VKORC1=-1639 AA|-1639 AG|-1639 GG"
    rare = "CYP2C9:variant=*5|*6|*8|*11"
    common = ("warfarin-and-cyp2c9-and-vkorc1", "2017", "warfarin")
    cited = "PMID:28198005"
    others, african, children = POPULATIONS[:3]
    found = []
    for population, strength, ways in (
            (others, "strong", "Gage or IWPC"), (african, "moderate", "Gage or IWPC"), (children, "moderate", "paediatric")):
        found.append(row(*common, population, genotyped, ["algorithm:%s (VKORC1 -1639 and CYP2C9 *2, *3)" % ways], strength,
                         "none", "genotype sets the dose", cited))
    for population, strength in ((others, "optional"), (african, "moderate")):
        found.append(row(*common, population, rare, ["dose-percent:70-85 (of the computed dose, per variant allele)"], strength,
                         "toxicity-increased", "rare variants slow the clearance", cited))
    found.append(row(*common, african, "CYP2C9:variant=rs12777823 A", ["dose-percent:75-90 (of the computed dose)"], "moderate",
                     "toxicity-increased", "variant near CYP2C9 lowers the dose", cited))
    found.append(row(*common, others, "CYP4F2:variant=*3|*4|*22|rs2108622 T",
                     ["dose-percent:105-110 (of the computed dose)"], "optional",
                     "efficacy-reduced", "vitamin K stays longer active", cited))
    for population in (others, african):
        found.append(row(*common, population, "CYP2C9=Poor Metabolizer",
                         ["alternative:another oral anticoagulant"], NOT_READ,
                         "toxicity-high", "very slow clearance, bleeding", cited))
    return found


def interferon():
    """rs12979860 and the chance of a lasting answer to peginterferon and ribavirin (PMID:24096968)."""
    found = []
    for drug in ("peginterferon alfa-2a", "peginterferon alfa-2b", "ribavirin"):
        common = ("peg-interferon-alpha-based-regimens-and-ifnl3", "2013", drug, "general")
        found.append(row(*common, "IFNL3:rs12979860 variant (T)=negative", ["standard"], "strong", "none",
                         "about 70 % chance of lasting response", "PMID:24096968"))
        found.append(row(*common, "IFNL3:rs12979860 variant (T)=positive",
                         ["alternative:weigh a regimen without interferon"], "strong", "efficacy-reduced",
                         "about 30 % chance of lasting response", "PMID:24096968"))
    return found


def hydralazine():
    """NAT2 and hydralazine, guideline of 2025-09 (PMID:40974042).

    The class of the rapid metabolizers' advice was read; the others' was not, so it is left open.
    """
    common = ("hydralazine-and-nat2", "2025-09", "hydralazine", POPULATIONS[3])
    start = "dose:75 mg/day at least (start)"
    return [
        row(*common, "NAT2=Rapid Metabolizer",
            [start, "dose-increase:maintenance dose by 50 to 100 %", "dose-maximum:300 mg/day"],
            "moderate", "efficacy-reduced", "lower exposure", "PMID:40974042"),
        row(*common, "NAT2=Intermediate Metabolizer", [start, "dose-maximum:300 mg/day"], NOT_READ, "efficacy-reduced",
            "lower exposure than slow acetylators", "PMID:40974042"),
        row(*common, "NAT2=Poor Metabolizer",
            ["dose:40-75 mg/day (start)", "titrate:slow", "monitor:adverse effects (from 200 mg/day)"],
            NOT_READ, "toxicity-increased", "higher exposure, drug-induced lupus possible", "PMID:40974042"),
        row(*common, "NAT2=Indeterminate", ["no-recommendation"], "none", "unknown", "unknown", "PMID:40974042"),
    ]


def metoprolol():
    """CYP2D6 and metoprolol, guideline of 2024-07 (PMID:38951961); what it says of ultrarapid metabolizers was not read."""
    common = ("beta-blockers", "2024-07", "metoprolol", "general")
    return [
        row(*common, "CYP2D6=Normal Metabolizer", ["standard"], NOT_READ, "none", "usual exposure", "PMID:38951961"),
        row(*common, "CYP2D6=Intermediate Metabolizer", ["standard"], "moderate", "none",
            "higher exposure, hardly any clinical effect", "PMID:38951961"),
        row(*common, "CYP2D6=Poor Metabolizer", ["dose-decrease:lowest starting dose"], NOT_READ, "toxicity-increased",
            "much higher exposure, slow pulse", "PMID:38951961"),
    ]


def unpublished():
    """CPIC ranks these pairs but has published no recommendation for them; what label or DPWG say stands in their tables."""
    found = []
    for gene, drug in PROVISIONAL:
        found.append(row("provisional", "2023-11", drug, "general", gene + "=any", ["no-recommendation"], "none", "unknown",
                         "ranked by CPIC, no guideline published", "cpicpgx.org/genes-drugs"))
    found.append(row("methadone-and-cyp2b6", "2024-07", "methadone", "general", "CYP2B6=any", ["no-recommendation"], "none",
                     "unknown", "CPIC found no ground to act", "cpicpgx.org"))
    return found
