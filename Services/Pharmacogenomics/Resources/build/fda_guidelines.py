#!/usr/bin/env python3
"""Builds ../knowledge/guidelines-fda.tsv: the FDA Table of Pharmacogenetic Associations as structured actions of our own wording.

The table is a work of the United States Government (public domain). Its content of 2021-03-22 was read out of the public copy at
github.com/PharmGKB/fda-biomarker (fda_pgx_associations_table.json); every row of that copy is below or in NOT_COVERED.
Rows of LATER stand in the published table since, without a copy that could be compared; they say so in their strength.
"""
import pathlib

OUT = pathlib.Path(__file__).parent.parent / "knowledge" / "guidelines-fda.tsv"
STRENGTH = {1: "strong:section 1", 2: "moderate:section 2", 3: "optional:section 3"}
LINK = "fda.gov/medical-devices/precision-medicine/table-pharmacogenetic-associations"

PM, IM, NM, UM = "Poor Metabolizer", "Intermediate Metabolizer", "Normal Metabolizer", "Ultrarapid Metabolizer"
# CPIC's graded forms of a phenotype belong to the phenotype that FDA names.
GRADED = {("CYP2C19", PM): "Likely Poor Metabolizer", ("CYP2C19", IM): "Likely Intermediate Metabolizer",
          ("TPMT", IM): "Possible Intermediate Metabolizer", ("NUDT15", IM): "Possible Intermediate Metabolizer",
          ("CYP3A5", IM): "Possible Intermediate Metabolizer"}


def is_(gene, *phenotypes):
    names = [name for phenotype in phenotypes for name in (phenotype, GRADED.get((gene, phenotype))) if name]
    return f"{gene}={'|'.join(names)}"


D6, C19, C9 = (lambda *p: is_("CYP2D6", *p)), (lambda *p: is_("CYP2C19", *p)), (lambda *p: is_("CYP2C9", *p))
UGT = is_("UGT1A1", PM)
NAT = is_("NAT2", PM)
TOXIC, MORE, LESS, NONE = "toxicity-high", "toxicity-increased", "efficacy-reduced", "none"
HIGHER, ALTERED = "higher exposure", "exposure may differ"
PER_LABEL = "dose-decrease+label:dosage for the phenotype"

# drug, condition, actions, section, risk, implication[, population]
ROWS = [
    ("abacavir", "HLA-B:*57:01=positive", "contraindicated", 1, "hypersensitivity", "hypersensitivity reactions"),
    ("amifampridine", NAT, "dose-decrease:lowest recommended starting dose+monitor:adverse reactions", 1, MORE, HIGHER),
    ("amifampridine phosphate", NAT, "dose:15 mg/day (lowest starting dose)+monitor:adverse reactions", 1, MORE, HIGHER),
    ("amphetamine", D6(PM), "dose-decrease+alternative", 1, MORE, ALTERED),
    ("aripiprazole", D6(PM), PER_LABEL, 1, MORE, HIGHER),
    ("aripiprazole lauroxil", D6(PM), PER_LABEL, 1, MORE, HIGHER),
    ("atomoxetine", D6(PM), "titrate:slow+label:dosage for the phenotype", 1, MORE, HIGHER),
    ("azathioprine", is_("TPMT", PM), "alternative+monitor:blood counts", 1, TOXIC, "myelosuppression"),
    ("azathioprine", is_("NUDT15", PM), "alternative+monitor:blood counts", 1, TOXIC, "myelosuppression"),
    ("azathioprine", is_("TPMT", IM), "dose-decrease+monitor:blood counts", 1, MORE, "myelosuppression"),
    ("azathioprine", is_("NUDT15", IM), "dose-decrease+monitor:blood counts", 1, MORE, "myelosuppression"),
    ("azathioprine", f"{is_('TPMT', IM)} & {is_('NUDT15', IM)}", "dose-decrease:more than for one enzyme+monitor:blood counts", 1, TOXIC,
     "myelosuppression, both enzymes reduced"),
    ("belinostat", UGT, "dose-start-percent:75", 1, MORE, HIGHER),
    ("brexpiprazole", D6(PM), PER_LABEL, 1, MORE, HIGHER),
    ("brivaracetam", C19(PM), "dose-decrease", 1, MORE, HIGHER),
    ("brivaracetam", C19(IM), "monitor:adverse reactions", 1, MORE, HIGHER),
    ("capecitabine", is_("DPYD", PM), "avoid+monitor:early or severe toxicity (stop when present)", 1, TOXIC, "no dose has proven safe"),
    ("capecitabine", is_("DPYD", IM), "dose-decrease+monitor:early or severe toxicity (stop when present)", 1, TOXIC, "no dose established"),
    ("carbamazepine", "HLA-B:*15:02=positive", "avoid", 1, "hypersensitivity", "severe skin reactions"),
    ("celecoxib", C9(PM), "dose-start-percent:50+alternative", 1, MORE, HIGHER),
    ("citalopram", C19(PM), "dose-maximum:20 mg/day", 1, MORE, "higher exposure, QT prolongation"),
    ("clobazam", C19(PM), PER_LABEL, 1, MORE, "higher exposure of active metabolite"),
    ("clobazam", C19(IM), "label:dosage for the phenotype", 1, MORE, "higher exposure of active metabolite"),
    ("clopidogrel", C19(IM, PM), "alternative", 1, LESS, "less active metabolite, cardiovascular events"),
    ("clozapine", D6(PM), "dose-decrease", 1, MORE, HIGHER),
    ("codeine", D6(UM), "contraindicated", 1, TOXIC, "more morphine, respiratory depression", "children under 12"),
    ("codeine", D6(UM), "label:life-threatening respiratory depression+monitor:respiratory depression", 1, TOXIC, "more morphine, respiratory depression", "general"),
    ("deutetrabenazine", D6(PM), "dose-maximum:36 mg/day (18 mg single dose)", 1, MORE, "higher exposure, QT prolongation"),
    ("dronabinol", C9(IM, PM), "monitor:adverse reactions", 1, MORE, HIGHER),
    ("eliglustat", D6(UM), "avoid", 1, "efficacy-lost", "exposure too low to work"),
    ("eliglustat", D6(NM), "label:dosage for the phenotype", 1, NONE, "usual exposure"),
    ("eliglustat", D6(IM), "label:dosage for the phenotype+monitor:co-medication (no strong CYP3A inhibitor)", 1, MORE, "higher exposure, QT prolongation"),
    ("eliglustat", D6(PM), "dose-decrease+label:dosage for the phenotype+monitor:co-medication (no strong CYP3A inhibitor)", 1, MORE,
     "higher exposure, QT prolongation"),
    ("erdafitinib", "CYP2C9:score=0", "monitor:adverse reactions", 1, MORE, HIGHER),
    ("flibanserin", C19(PM), "monitor:adverse reactions", 1, MORE, HIGHER),
    ("flurbiprofen", C9(PM), "dose-decrease", 1, MORE, HIGHER),
    ("fluorouracil", is_("DPYD", PM), "avoid+monitor:early or severe toxicity (stop when present)", 1, TOXIC, "no dose has proven safe"),
    ("fluorouracil", is_("DPYD", IM), "dose-decrease+monitor:early or severe toxicity (stop when present)", 1, TOXIC, "no dose established"),
    ("gefitinib", D6(PM), "monitor:adverse reactions", 1, MORE, HIGHER),
    ("iloperidone", D6(PM), "dose-percent:50", 1, MORE, "higher exposure, QT prolongation"),
    ("irinotecan", UGT, "dose-decrease:start one level lower+monitor:neutrophils", 1, TOXIC, "severe neutropenia"),
    ("lofexidine", D6(PM), "monitor:orthostatic hypotension and bradycardia", 1, MORE, HIGHER),
    ("meclizine", D6(UM, IM, PM), "monitor:adverse reactions and effect", 1, "unknown", ALTERED),
    ("meloxicam", C9(PM), "dose-decrease", 1, MORE, HIGHER),
    ("metoclopramide", D6(PM), PER_LABEL, 1, MORE, HIGHER),
    ("mercaptopurine", is_("TPMT", PM), "dose-start-percent:10+monitor:blood counts", 1, TOXIC, "myelosuppression"),
    ("mercaptopurine", is_("NUDT15", PM), "dose-start-percent:10+monitor:blood counts", 1, TOXIC, "myelosuppression"),
    ("mercaptopurine", is_("TPMT", IM), "dose-decrease+monitor:blood counts", 1, MORE, "myelosuppression"),
    ("mercaptopurine", is_("NUDT15", IM), "dose-decrease+monitor:blood counts", 1, MORE, "myelosuppression"),
    ("mercaptopurine", f"{is_('TPMT', IM)} & {is_('NUDT15', IM)}", "dose-decrease:more than for one enzyme+monitor:blood counts", 1,
     TOXIC, "myelosuppression, both enzymes reduced"),
    ("pantoprazole", C19(PM), "dose-decrease", 1, MORE, HIGHER, "pediatrics"),
    ("pantoprazole", C19(PM), "standard", 1, NONE, HIGHER, "adults"),
    ("pimozide", D6(PM), "dose-maximum:4 mg/day+titrate:not before 14 days", 1, MORE, HIGHER, "adults"),
    ("pimozide", D6(PM), "dose-maximum:0.05 mg/kg/day+titrate:not before 14 days", 1, MORE, HIGHER, "pediatrics"),
    ("piroxicam", C9(PM), "dose-decrease", 1, MORE, HIGHER),
    ("piroxicam", C9(IM), "monitor:adverse reactions", 1, MORE, HIGHER),
    ("pitolisant", D6(PM), PER_LABEL, 1, MORE, HIGHER),
    ("propafenone", D6(PM), "monitor:co-medication (no CYP3A4 inhibitor)+monitor:arrhythmia", 1, MORE, "higher exposure, arrhythmia"),
    ("sacituzumab govitecan", UGT, "monitor:neutrophils", 1, MORE, "neutropenia"),
    ("siponimod", "CYP2C9:score=0", "contraindicated", 1, TOXIC, HIGHER),
    ("siponimod", "CYP2C9:score=0.5..2", "dose-decrease+label:dosage for the genotype", 1, MORE, HIGHER),
    ("tacrolimus", is_("CYP3A5", IM, NM), "dose-increase+monitor:trough concentration", 1, LESS, "lower exposure, rejection"),
    ("tetrabenazine", D6(PM), "dose-maximum:50 mg/day (25 mg single dose)", 1, MORE, HIGHER),
    ("thioguanine", is_("TPMT", PM), "dose-start-percent:10+monitor:blood counts", 1, TOXIC, "myelosuppression"),
    ("thioguanine", is_("NUDT15", PM), "dose-start-percent:10+monitor:blood counts", 1, TOXIC, "myelosuppression"),
    ("thioguanine", is_("TPMT", IM), "dose-decrease+monitor:blood counts", 1, MORE, "myelosuppression"),
    ("thioguanine", is_("NUDT15", IM), "dose-decrease+monitor:blood counts", 1, MORE, "myelosuppression"),
    ("thioguanine", f"{is_('TPMT', IM)} & {is_('NUDT15', IM)}", "dose-decrease:more than for one enzyme+monitor:blood counts", 1, TOXIC,
     "myelosuppression, both enzymes reduced"),
    ("thioridazine", D6(PM), "contraindicated", 1, TOXIC, "higher exposure, QT prolongation"),
    ("tramadol", D6(UM), "contraindicated", 1, TOXIC, "more active metabolite, respiratory depression", "children under 12"),
    ("tramadol", D6(UM), "contraindicated", 1, TOXIC, "more active metabolite, respiratory depression",
     "adolescents after tonsillectomy or adenoidectomy"),
    ("tramadol", D6(UM), "avoid", 1, TOXIC, "active metabolite in breast milk", "breastfeeding"),
    ("tramadol", D6(UM), "monitor:respiratory depression", 1, TOXIC, "more active metabolite, respiratory depression", "general"),
    ("valbenazine", D6(PM), "dose-decrease", 1, MORE, "higher exposure, QT prolongation"),
    ("venlafaxine", D6(PM), "dose-decrease", 1, MORE, "parent and metabolite exposure differ"),
    ("vortioxetine", D6(PM), "dose-maximum:10 mg/day", 1, MORE, HIGHER),
    ("warfarin", C9(IM, PM), "algorithm:clinical and genetic factors+monitor:INR", 1, "toxicity-increased", "lower dose requirement"),
    ("warfarin", "CYP4F2:variant=*3|rs2108622 T", "monitor:INR", 1, LESS, "dose requirement may differ"),
    ("warfarin", "VKORC1=-1639 AG|-1639 AA", "algorithm:clinical and genetic factors+monitor:INR", 1, MORE, "lower dose requirement"),

    ("allopurinol", "HLA-B:*58:01=positive", "label:higher risk of severe skin reactions", 2, "hypersensitivity", "severe skin reactions"),
    ("carbamazepine", "HLA-A:*31:01=positive", "label:weigh risk and benefit", 2, "hypersensitivity", "severe skin reactions"),
    ("carvedilol", D6(PM), "label:higher risk of dizziness", 2, MORE, "higher exposure, dizziness"),
    ("cevimeline", D6(PM), "label:use with caution", 2, MORE, "adverse reactions"),
    ("codeine", D6(PM), "label:efficacy may be reduced", 2, LESS, "less morphine"),
    ("efavirenz", is_("CYP2B6", PM), "label:higher risk of QT prolongation", 2, MORE, "higher exposure, QT prolongation"),
    ("isoniazid", NAT, "label:adverse reactions", 2, MORE, HIGHER),
    ("nilotinib", UGT, "label:higher risk of hyperbilirubinaemia", 2, MORE, "hyperbilirubinaemia"),
    ("oxcarbazepine", "HLA-B:*15:02=positive", "label:higher risk of severe skin reactions", 2, "hypersensitivity", "severe skin reactions"),
    ("pazopanib", "HLA-B:*57:01=positive", "monitor:liver function (regardless of genotype)", 2, MORE, "liver enzyme elevations"),
    ("pazopanib", UGT, "label:higher risk of hyperbilirubinaemia", 2, MORE, "hyperbilirubinaemia"),
    ("perphenazine", D6(PM), "label:higher risk of adverse reactions", 2, MORE, HIGHER),
    ("procainamide", NAT, "label:adverse reactions", 2, MORE, "parent and metabolite exposure differ"),
    ("simvastatin", "SLCO1B1=Poor Function|Decreased Function|Possible Decreased Function", "label:higher risk of myopathy, more at 80 mg",
     2, MORE, "higher exposure, myopathy"),
    ("sulfamethoxazole / trimethoprim", NAT, "label:adverse reactions", 2, MORE, "adverse reactions"),
    ("sulfasalazine", NAT, "label:adverse reactions", 2, MORE, "higher metabolite exposure"),
    ("tolterodine", D6(PM), "label:higher risk of QT prolongation", 2, MORE, "higher exposure, QT prolongation"),
    ("voriconazole", C19(IM, PM), "label:adverse reactions", 2, MORE, HIGHER),
]

HIGH_PK = "label:higher systemic concentrations"
ALTERED_PK = "label:systemic concentrations may differ"
PK = [
    ("atorvastatin", "SLCO1B1=Poor Function", HIGH_PK), ("avatrombopag", C9(IM, PM), HIGH_PK), ("carisoprodol", C19(PM), HIGH_PK),
    ("darifenacin", D6(PM), HIGH_PK), ("dexlansoprazole", C19(IM, PM), HIGH_PK), ("diazepam", C19(PM), ALTERED_PK),
    ("dolutegravir", is_("UGT1A1", PM), HIGH_PK), ("donepezil", D6(UM, PM), ALTERED_PK), ("doxepin", C19(IM, PM), HIGH_PK),
    ("elagolix", "SLCO1B1=Poor Function", HIGH_PK), ("escitalopram", C19(UM, IM, PM), ALTERED_PK), ("esomeprazole", C19(PM), HIGH_PK),
    ("fesoterodine", D6(PM), HIGH_PK), ("fluvoxamine", D6(PM), HIGH_PK), ("galantamine", D6(PM), HIGH_PK), ("hydralazine", NAT, HIGH_PK),
    ("metoprolol", D6(PM), HIGH_PK), ("mirabegron", D6(PM), HIGH_PK), ("nebivolol", D6(PM), HIGH_PK),
    ("omeprazole", C19(IM, PM), HIGH_PK), ("propranolol", D6(PM), ALTERED_PK), ("protriptyline", D6(PM), HIGH_PK),
    ("rabeprazole", C19(PM), HIGH_PK), ("raltegravir", UGT, HIGH_PK), ("risperidone", D6(PM), ALTERED_PK),
    ("rosuvastatin", "SLCO1B1=Poor Function", HIGH_PK), ("tamoxifen", D6(IM, PM), "label:lower active metabolite concentrations"),
    ("tamsulosin", D6(PM), HIGH_PK),
] + [(drug, D6(UM, IM, PM), ALTERED_PK) for drug in (
    "amitriptyline amoxapine clomipramine desipramine doxepin imipramine nortriptyline paroxetine trimipramine".split())]

LATER = [
    ("abrocitinib", C19(PM), PER_LABEL, 1, MORE, HIGHER),
    ("belzutifan", C19(PM), "monitor:adverse reactions", 1, MORE, HIGHER),
    ("fosphenytoin", C9(IM, PM), "label:start at the lower end and monitor concentrations", 1, MORE, "higher exposure, nervous system effects"),
    ("fosphenytoin", "HLA-B:*15:02=positive", "avoid", 1, "hypersensitivity", "severe skin reactions"),
    ("mavacamten", C19(PM), "label:dosage by individual response+monitor:heart failure", 1, MORE, "higher exposure, heart failure"),
    ("oliceridine", D6(PM), "label:less frequent dosing may do+monitor:respiratory depression", 1, MORE, HIGHER),
    ("phenytoin", C9(IM, PM), "label:start at the lower end and monitor concentrations", 1, MORE, "higher exposure, nervous system effects"),
    ("phenytoin", "HLA-B:*15:02=positive", "avoid", 1, "hypersensitivity", "severe skin reactions"),
    ("viloxazine", D6(PM), HIGH_PK, 3, MORE, HIGHER),
]

NOT_COVERED = """
# Not covered: lapatinib (HLA-DRB1*07:01, HLA-DQA1*02:01), mivacurium and succinylcholine (BCHE): genes that cannot be called or given here;
#   belzutifan by UGT2B17 likewise. Arylamine N-acetyltransferase without a gene ("nonspecific NAT") is read as NAT2.
#   ibuprofen, lansoprazole, nateglinide: listed by FDA since 2021, no public copy of the rows at hand.
# FDA answers for the subgroups it names alone: for every other phenotype there is no row.
"""


def main():
    lines = []

    def add(row, strength, version):
        drug, condition, actions, _, risk, implication, *population = row
        fields = ["FDA", "Table of Pharmacogenetic Associations", version, drug, population[0] if population else "general", condition,
                  actions, strength, risk, implication, LINK]
        assert len(implication.split()) <= 8, implication
        lines.append("\t".join(fields))

    for row in ROWS:
        add(row, STRENGTH[row[3]], "2021-03-22")
    for drug, condition, actions in PK:
        risk = LESS if drug == "tamoxifen" else "unknown" if actions == ALTERED_PK else MORE
        words = {HIGH_PK: HIGHER, ALTERED_PK: ALTERED}.get(actions, "less active metabolite")
        add((drug, condition, actions, 3, risk, words), STRENGTH[3], "2021-03-22")
    for row in LATER:
        add(row, STRENGTH[row[3]] + ", section not compared with a copy", "after 2021-03")
    with open(OUT, "w", encoding="utf-8") as out:
        out.write("# FDA Table of Pharmacogenetic Associations as structured actions of our own wording. U.S. Government work, public domain.\n"
                  "# strong = section 1 (data support therapeutic management), moderate = section 2 (potential impact on safety or response),\n"
                  "# optional = section 3 (pharmacokinetics only). Built by Resources/build/fda_guidelines.py." + NOT_COVERED)
        out.write("source\tguideline\tversion\tdrug\tpopulation\tcondition\tactions\tstrength\trisk\timplication\tcitation\n")
        out.write("\n".join(sorted(lines)) + "\n")
    print(len(lines), "rows of", len({line.split(chr(9))[3] for line in lines}), "drugs")


if __name__ == "__main__":
    main()
