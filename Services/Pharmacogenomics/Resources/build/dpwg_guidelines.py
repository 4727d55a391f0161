#!/usr/bin/env python3
"""Builds ../knowledge/guidelines-dpwg.tsv: guidelines of the Dutch Pharmacogenetics Working Group as structured actions of our own wording.

The facts are those that ClinPGx (CC BY-SA 4.0) had transcribed by 2024-05, read out of the public history of
github.com/PharmGKB/PharmCAT (parent of ae6ea63a, reporter/guidelines/DPWG_*.json). Every guideline of that release is below, with every
phenotype that it answers; what is left out of a guideline's text is said in NOT_COVERED.
"""
import pathlib

OUT = pathlib.Path(__file__).parent.parent / "knowledge" / "guidelines-dpwg.tsv"
PM, IM, NM, UM = "Poor Metabolizer", "Intermediate Metabolizer", "Normal Metabolizer", "Ultrarapid Metabolizer"
TOXIC, MORE, LESS, LOST, NONE = "toxicity-high", "toxicity-increased", "efficacy-reduced", "efficacy-lost", "none"
NOREC = ("no-recommendation", "unknown", "no statement for this phenotype")
SWEN = "Swen 2011 PMID 21412232"
SSRI = "Brouwer 2022 PMID 34782755"
ANTIPSYCHOTIC = "DPWG 2024 PMID 37002327"
OPIOID = "DPWG 2022 PMID 34267337"
DPD = "DPWG 2019 PMID 31745289"
HIGHER, LOWER = "higher exposure", "lower exposure"


def ok(words):
    return ("standard", NONE, words)


# (drug, gene, ClinPGx guideline, its version, citation): [(what after the gene's symbol, (actions, risk, implication), population?)]
GUIDELINES = {
    ("abacavir", "HLA-B", "PA166104991", 38, SWEN): [(":*57:01=positive", ("contraindicated", "hypersensitivity", "hypersensitivity in half"))],
    ("acenocoumarol", "VKORC1", "PA166104938", 41, SWEN): [
        ("=-1639 AA", ("dose-start-percent:50+monitor:INR", MORE, "bleeding in the first weeks")),
        ("=-1639 AG", ok("lower dose requirement, INR guides")), ("=-1639 GG", NOREC)],
    ("allopurinol", "ABCG2", "PA166264961", 14, "DPWG 2024 PMID 36056234"): [
        ("=Decreased Function", ("dose-percent:125", LESS, "less urate excretion")),
        ("=Poor Function", ("dose-percent:140", LESS, "less urate excretion")), ("=Normal Function", NOREC)],
    ("allopurinol", "HLA-B", "PA166265141", 7, "DPWG 2024 PMID 36056234"): [
        (":*58:01=positive", ("alternative:febuxostat+titrate:tolerance induction over 28 days", "hypersensitivity", "severe skin reactions"))],
    ("amitriptyline", "CYP2D6", "PA166104982", 33, SWEN): [
        (PM, ("dose-percent:70+monitor:plasma concentration or effects", MORE, "higher nortriptyline exposure")),
        (IM, ("dose-percent:75+monitor:plasma concentration or effects", MORE, "higher nortriptyline exposure")), (NM, NOREC),
        (UM, ("dose-percent:140+monitor:plasma concentration and hydroxy metabolites+alternative:when the dose cannot be raised", LESS,
              "lower exposure, cardiotoxic metabolites"))],
    ("aripiprazole", "CYP2D6", "PA166104937", 42, ANTIPSYCHOTIC): [
        (PM, ("dose-maximum:10 mg/day (oral; injection 300 mg/month)", MORE, HIGHER)), (IM, ok("slightly higher exposure")), (NM, NOREC),
        (UM, ok("slightly lower exposure"))],
    ("atomoxetine", "CYP2D6", "PA166104989", 34, "DPWG 2023 PMID 36509836"): [
        (PM, ("standard:starting dose, an increase is hardly needed+dose-decrease:when side effects occur", MORE, "8 to 11 times higher exposure")),
        (IM, ("dose-decrease:when side effects or late response", MORE, "2 to 3 times higher exposure")), (NM, NOREC),
        (UM, ("monitor:efficacy+alternative:clonidine", LESS, LOWER))],
    ("atorvastatin", "SLCO1B1", "PA166182843", 12, "ClinPGx PA166182843"): [
        ("=Poor Function|Decreased Function", ("alternative", MORE, "myopathy"), "further risk factors for myopathy"),
        ("=Poor Function|Decreased Function", ("monitor:muscle symptoms", MORE, "myopathy"), "general"), ("=Normal Function", NOREC)],
    ("azathioprine", "NUDT15", "PA166184614", 10, "ClinPGx PA166184614"): [
        (PM, ("avoid+dose-start-percent:10+monitor:blood counts", TOXIC, "leukopenia in nearly all")),
        (IM, ("dose-start-percent:50+monitor:blood counts", MORE, "leukopenia in four of ten")), (NM, NOREC)],
    ("azathioprine", "TPMT", "PA166104934", 34, SWEN): [
        (PM, ("alternative+dose-start-percent:10+monitor:blood counts", TOXIC, "leukopenia in nearly all")),
        (IM, ("dose-start-percent:50 (not below 1.5 mg/kg/day)+monitor:blood counts", MORE, "leukopenia in a quarter")), (NM, NOREC)],
    ("brexpiprazole", "CYP2D6", "PA166184527", 12, ANTIPSYCHOTIC): [
        (PM, ("dose-percent:50", MORE, HIGHER)), (IM, ok(HIGHER)), (NM, NOREC), (UM, ok(LOWER))],
    ("capecitabine", "DPYD", "PA166104963", 33, DPD): [
        (":score=0", ("avoid+test-first:DPD activity (when it cannot be avoided)", TOXIC, "severe or fatal toxicity")),
        (":score=0.5", ("avoid+test-first:DPD activity", TOXIC, "severe or fatal toxicity")),
        (":score=1..=1.5", ("dose-start-percent:50+titrate:by toxicity and effect", TOXIC, "severe or fatal toxicity")), (":score=2", NOREC)],
    ("carbamazepine", "HLA-A", "PA166265161", 11, "ClinPGx PA166265161"): [
        (":*31:01=positive", ("alternative", "hypersensitivity", "severe skin reactions, DRESS"))],
    ("carbamazepine", "HLA-B", "PA166265162", 8, "ClinPGx PA166265162"): [
        (":*15:02=positive", ("avoid", "hypersensitivity", "severe skin reactions")),
        (":*15:11=positive", ("alternative", "hypersensitivity", "severe skin reactions"))],
    ("citalopram", "CYP2C19", "PA166104977", 35, SSRI): [
        (PM, ("dose-maximum:20 mg/day", MORE, "higher exposure, QT prolongation"), "adults under 65"),
        (PM, ("dose-maximum:10 mg/day", MORE, "higher exposure, QT prolongation"), "65 years and older"),
        (IM, ("dose-maximum:30 mg/day", MORE, "higher exposure, QT prolongation"), "adults under 65"),
        (IM, ("dose-maximum:15 mg/day", MORE, "higher exposure, QT prolongation"), "65 years and older"), (NM, NOREC), (UM, ok("usual exposure"))],
    ("clomipramine", "CYP2C19", "PA166184528", 10, "ClinPGx PA166184528"): [
        (PM, ok("higher exposure without known harm")), (IM, ok("higher exposure without known harm")), (NM, NOREC),
        (UM, ("avoid+monitor:plasma concentration", LESS, LOWER), "obsessive-compulsive or anxiety disorder")],
    ("clomipramine", "CYP2D6", "PA166104964", 34, SWEN): [
        (PM, ("dose-percent:50+monitor:plasma concentration or effects", MORE, HIGHER), "depression"),
        (PM, ("dose-percent:50 (when side effects occur)+monitor:plasma concentration or effects", MORE, HIGHER),
         "obsessive-compulsive or anxiety disorder"),
        (IM, ("dose-percent:70+monitor:plasma concentration or effects", MORE, HIGHER)), (NM, NOREC),
        (UM, ("dose-percent:150+monitor:plasma concentration or effects+alternative:when the dose cannot be raised", LESS,
              "lower exposure, cardiotoxic metabolites"))],
    ("clopidogrel", "CYP2C19", "PA166104956", 33, SWEN): [
        (PM, ("avoid+alternative:prasugrel, ticagrelor", LOST, "less active metabolite, cardiovascular events"), "PCI, stroke or TIA"),
        (PM, ("test-first:platelet inhibition+alternative", LESS, "less active metabolite"), "other indications"),
        (IM, ("alternative:prasugrel, ticagrelor+dose-percent:200", LESS, "less active metabolite, cardiovascular events"), "PCI, stroke or TIA"),
        (IM, ok("less active metabolite"), "other indications"), (NM, NOREC), (UM, ok("more active metabolite"))],
    ("codeine", "CYP2D6", "PA166104970", 37, OPIOID): [
        (PM, ("alternative:not tramadol", LOST, "no morphine is formed"), "pain"), (PM, ok("effect on cough unchanged"), "cough"),
        (IM, ("monitor:analgesia+dose-increase+alternative:not tramadol", LESS, "less morphine"), "pain"),
        (IM, ok("effect on cough unchanged"), "cough"), (NM, NOREC),
        (UM, ("contraindicated", TOXIC, "more morphine, respiratory depression"), "doses above 20 mg every 6 hours or further risk factors"),
        (UM, ("standard", MORE, "more morphine"), "lower doses without further risk factors")],
    ("doxepin", "CYP2D6", "PA166104994", 31, SWEN): [
        (PM, ("dose-percent:40+monitor:plasma concentration or effects", MORE, HIGHER)),
        (IM, ("dose-percent:80+monitor:plasma concentration or effects", MORE, HIGHER)), (NM, NOREC),
        (UM, ("dose-percent:200+monitor:plasma concentration or effects+alternative:when the dose cannot be raised", LESS,
              "lower exposure, cardiotoxic metabolites"))],
    ("efavirenz", "CYP2B6", "PA166182846", 15, "ClinPGx PA166182846"): [
        (PM, ("dose:400 mg/day (starting)+monitor:plasma concentration", TOXIC, "toxic concentration in most"),
         "from 40 kg, body mass index up to 25"),
        (PM, ("dose:600 mg/day (starting)+monitor:plasma concentration", TOXIC, "toxic concentration in most"),
         "from 40 kg, body mass index above 25"),
        (PM, ("standard+monitor:plasma concentration", TOXIC, "toxic concentration in most"), "below 40 kg or combination product"),
        (IM, ("monitor:plasma concentration (when side effects occur)", MORE, HIGHER)), (NM, NOREC)],
    ("eliglustat", "CYP2D6", "PA166182823", 13, "ClinPGx PA166182823"): [
        (PM, ("dose:84 mg once a day+monitor:co-medication (CYP3A inhibitors and inducers)", MORE, HIGHER)),
        (IM, ("dose:84 mg twice a day+monitor:co-medication (CYP2D6 and CYP3A inhibitors, CYP3A inducers)", NONE, HIGHER)), (NM, NOREC),
        (UM, ("contraindicated+alternative", LOST, "exposure too low to work"))],
    ("escitalopram", "CYP2C19", "PA166104975", 34, SSRI): [
        (PM, ("dose-maximum:50 % of the standard maximum", MORE, "higher exposure, QT prolongation")),
        (IM, ("dose-maximum:75 % of the standard maximum", MORE, "higher exposure, QT prolongation")), (NM, NOREC),
        (UM, ("avoid+alternative:paroxetine, fluvoxamine", LESS, LOWER))],
    ("flecainide", "CYP2D6", "PA166104969", 33, SWEN): [
        (PM, ("dose-percent:50+monitor:ECG and plasma concentration", MORE, HIGHER)),
        (IM, ("dose-percent:75+monitor:ECG and plasma concentration", MORE, HIGHER), "other than Brugada provocation test"),
        (IM, ok("better response to the test"), "Brugada provocation test"), (NM, NOREC),
        (UM, ("monitor:ECG and plasma concentration+alternative", LESS, LOWER))],
    ("flucloxacillin", "HLA-B", "PA166182810", 13, "ClinPGx PA166182810"): [
        (":*57:01=positive", ("monitor:liver function+alternative:when liver values rise", MORE, "liver injury, rare"))],
    ("flucytosine", "DPYD", "PA166222801", 11, "ClinPGx PA166222801"): [
        (":score=0", ("avoid", TOXIC, "life-threatening toxicity")),
        (":score=0.5..=1.5", ("monitor:blood counts and diarrhoea", MORE, "severe toxicity, rare")), (":score=2", NOREC)],
    ("fluorouracil", "DPYD", "PA166104939", 35, DPD): [
        (":score=0", ("avoid+test-first:DPD activity (when it cannot be avoided)", TOXIC, "severe or fatal toxicity")),
        (":score=0.5", ("avoid+test-first:DPD activity", TOXIC, "severe or fatal toxicity"), "systemic use"),
        (":score=1..=1.5", ("dose-start-percent:50+titrate:by toxicity and effect", TOXIC, "severe or fatal toxicity"), "systemic use"),
        (":score=2", NOREC)],
    ("haloperidol", "CYP2D6", "PA166104988", 34, ANTIPSYCHOTIC): [
        (PM, ("dose-percent:60", MORE, HIGHER)), (IM, ok("slightly higher exposure")), (NM, NOREC),
        (UM, ("dose-percent:150+alternative", LESS, LOWER))],
    ("imipramine", "CYP2C19", "PA166104954", 32, SWEN): [
        (PM, ("dose-percent:70+monitor:plasma concentration or effects+alternative", MORE, HIGHER)), (IM, ok("sum exposure unchanged")),
        (NM, NOREC), (UM, ok("sum exposure unchanged"))],
    ("imipramine", "CYP2D6", "PA166104972", 34, SWEN): [
        (PM, ("dose-percent:30+monitor:plasma concentration or effects", MORE, HIGHER)),
        (IM, ("dose-percent:70+monitor:plasma concentration or effects", MORE, HIGHER)), (NM, NOREC),
        (UM, ("dose-percent:170+monitor:plasma concentration or effects+alternative:when the dose cannot be raised", LESS,
              "lower exposure, cardiotoxic metabolites"))],
    ("irinotecan", "UGT1A1", "PA166104951", 37, "DPWG 2023 PMID 36443464"): [
        (PM, ("dose-start-percent:70+monitor:neutrophils", TOXIC, "life-threatening adverse events")), (IM, ok("dosing is geared to these")),
        (NM, NOREC)],
    ("lamotrigine", "HLA-B", "PA166265341", 8, "ClinPGx PA166265341"): [
        (":*15:02=positive", ("avoid+monitor:rash", "hypersensitivity", "severe skin reactions")), (":*15:02=negative", NOREC)],
    ("lansoprazole", "CYP2C19", "PA166104987", 30, SWEN): [
        (f"={PM}|{IM}", ok("higher exposure, better effect")), (NM, NOREC),
        (UM, ("dose-percent:400", LESS, LOWER), "Helicobacter pylori eradication"),
        (UM, ("monitor:efficacy+dose-percent:400 (when necessary)", LESS, LOWER), "other indications")],
    ("mercaptopurine", "NUDT15", "PA166184613", 11, "ClinPGx PA166184613"): [
        (PM, ("avoid+dose-start-percent:10+monitor:blood counts", TOXIC, "leukopenia in nearly all")),
        (IM, ("dose-start-percent:50+monitor:blood counts", MORE, "leukopenia in four of ten")), (NM, NOREC)],
    ("mercaptopurine", "TPMT", "PA166104952", 33, SWEN): [
        (PM, ("alternative+dose-start-percent:10+monitor:blood counts", TOXIC, "leukopenia in nearly all")),
        (IM, ("dose-start-percent:50 (not below 0.75 mg/kg/day)+monitor:blood counts", MORE, "leukopenia in a quarter")), (NM, NOREC)],
    ("metoprolol", "CYP2D6", "PA166104995", 35, SWEN): [
        (PM, ("titrate:slow+dose-percent:25", MORE, "bradycardia"), "gradual heart rate reduction or symptomatic bradycardia"),
        (IM, ("titrate:slow+dose-percent:50", MORE, "bradycardia"), "gradual heart rate reduction or symptomatic bradycardia"),
        (f"={PM}|{IM}", ok("bradycardia without symptoms"), "other cases"), (NM, NOREC),
        (UM, ("dose-increase:to the maximum, 250 % at most+alternative:bisoprolol, atenolol", LESS, LOWER))],
    ("nortriptyline", "CYP2D6", "PA166104961", 35, SWEN): [
        (PM, ("dose-percent:40+monitor:plasma concentration or effects", MORE, HIGHER)),
        (IM, ("dose-percent:60+monitor:plasma concentration or effects", MORE, HIGHER)), (NM, NOREC),
        (UM, ("dose-percent:170+monitor:plasma concentration and hydroxy metabolites+alternative:when the dose cannot be raised", LESS,
              "lower exposure, cardiotoxic metabolites"))],
    ("omeprazole", "CYP2C19", "PA166104957", 33, SWEN): [
        (f"={PM}|{IM}", ok("higher exposure, better effect")), (NM, NOREC),
        (UM, ("dose-percent:300", LESS, LOWER), "Helicobacter pylori eradication"),
        (UM, ("monitor:efficacy+dose-percent:300 (when necessary)", LESS, LOWER), "other indications")],
    ("oxcarbazepine", "HLA-B", "PA166265201", 7, "ClinPGx PA166265201"): [
        (":*15:02=positive", ("avoid+monitor:rash", "hypersensitivity", "severe skin reactions"))],
    ("pantoprazole", "CYP2C19", "PA166104958", 33, SWEN): [
        (f"={PM}|{IM}", ok("higher exposure, better effect")), (NM, NOREC),
        (UM, ("dose-percent:500", LESS, LOWER), "Helicobacter pylori eradication"),
        (UM, ("monitor:efficacy+dose-percent:500 (when necessary)", LESS, LOWER), "other indications")],
    ("paroxetine", "CYP2D6", "PA166104976", 35, SSRI): [
        (f"={PM}|{IM}", ok("higher exposure without known harm")), (NM, NOREC),
        (UM, ("avoid+alternative:citalopram, sertraline", LOST, "exposure too low to work"))],
    ("phenprocoumon", "VKORC1", "PA166104940", 39, SWEN): [
        ("=-1639 AA", ("dose-start-percent:50+monitor:INR", MORE, "bleeding in the first weeks")),
        ("=-1639 AG", ok("lower dose requirement, INR guides")), ("=-1639 GG", NOREC)],
    ("phenytoin", "CYP2C9", "PA166104984", 33, SWEN): [
        (":score=0", ("standard:loading dose+dose-percent:40-50+monitor:serum concentration after 7 to 10 days", MORE, HIGHER)),
        (":score=0.5", ("standard:loading dose+dose-percent:50+monitor:serum concentration after 7 to 10 days", MORE, HIGHER)),
        (":score=1 & CYP2C9:variant=*3", ("standard:loading dose+dose-percent:75+monitor:serum concentration after 7 to 10 days", MORE, HIGHER)),
        (":score=1 & CYP2C9:variant=*2", ("standard:loading dose+dose-percent:50+monitor:serum concentration after 7 to 10 days", MORE, HIGHER)),
        (":score=1.5", ("standard:loading dose+dose-percent:75+monitor:serum concentration after 7 to 10 days", MORE, HIGHER)), (NM, NOREC)],
    ("phenytoin", "HLA-B", "PA166264881", 8, "ClinPGx PA166264881"): [
        (":*15:02=positive", ("avoid+monitor:rash", "hypersensitivity", "severe skin reactions"))],
    ("pimozide", "CYP2D6", "PA166182819", 18, ANTIPSYCHOTIC): [
        (PM, ("dose-maximum:10 mg/day", MORE, "higher exposure, QT prolongation"), "12 years and older"),
        (PM, ("dose-maximum:0.05 mg/kg/day (2 mg/day at most)", MORE, "higher exposure, QT prolongation"), "under 12 years"),
        (IM, ("dose-maximum:16 mg/day", MORE, "higher exposure, QT prolongation"), "12 years and older"),
        (IM, ("dose-maximum:0.08 mg/kg/day (3 mg/day at most)", MORE, "higher exposure, QT prolongation"), "under 12 years"), (NM, NOREC),
        (UM, ok(LOWER))],
    ("propafenone", "CYP2D6", "PA166104962", 33, SWEN): [
        (PM, ("dose-percent:30+monitor:ECG and plasma concentration", MORE, HIGHER)),
        (IM, ("monitor:ECG and plasma concentration+alternative", MORE, HIGHER)), (NM, NOREC),
        (UM, ("monitor:ECG, plasma concentration and efficacy+alternative", LESS, LOWER))],
    ("quetiapine", "CYP3A4", "PA166265421", 15, ANTIPSYCHOTIC): [
        (PM, ("alternative:aripiprazole, olanzapine", MORE, "3 times higher exposure"), "depression"),
        (PM, ("dose-percent:30", MORE, "3 times higher exposure"), "other indications"), (IM, ok("slightly higher exposure")), (NM, NOREC)],
    ("risperidone", "CYP2D6", "PA166104943", 39, ANTIPSYCHOTIC): [
        (PM, ("dose-percent:67+dose-percent:50 (when side effects persist)", MORE, "therapy failure more often")), (IM, ok("slightly higher exposure")),
        (NM, NOREC), (UM, ("alternative+titrate:to the maximum of paliperidone", LESS, "therapy failure more often"))],
    ("sertraline", "CYP2C19", "PA166104980", 33, SSRI): [
        (PM, ("dose-maximum:75 mg/day+monitor:response and side effects", MORE, HIGHER)), (IM, ok("slightly higher exposure")), (NM, NOREC),
        (UM, ok("usual exposure"))],
    ("simvastatin", "SLCO1B1", "PA166182844", 14, "ClinPGx PA166182844"): [
        ("=Poor Function", ("alternative", TOXIC, "myopathy")),
        ("=Decreased Function", ("alternative+dose-maximum:40 mg/day+monitor:muscle symptoms", MORE, "myopathy")), ("=Normal Function", NOREC)],
    ("siponimod", "CYP2C9", "PA166211021", 10, "ClinPGx PA166211021"): [
        (":score=0", ("avoid", TOXIC, HIGHER)),
        (":score=0.5..=1 & CYP2C9:variant=*3", ("dose-percent:50 (maintenance)+monitor:co-medication (moderate CYP3A4 inducers)", MORE, HIGHER)),
        (":score=1..=1.5 & CYP2C9:variant=*2", ok("slightly higher exposure")), (NM, NOREC)],
    ("tacrolimus", "CYP3A5", "PA166104983", 33, SWEN): [
        (NM, ("dose-start-percent:250+monitor:trough concentration", LESS, LOWER), "other than liver transplantation"),
        (IM, ("dose-start-percent:150+monitor:trough concentration", LESS, LOWER), "other than liver transplantation"),
        (NM, ("dose-start-percent:250 (liver of the same genotype)+monitor:trough concentration", LESS, LOWER), "liver transplantation"),
        (IM, ("dose-start-percent:150 (liver of the same genotype)+monitor:trough concentration", LESS, LOWER), "liver transplantation"),
        (PM, NOREC)],
    ("tamoxifen", "CYP2D6", "PA166104966", 31, SWEN): [
        (PM, ("alternative:aromatase inhibitor+dose:40 mg/day+monitor:endoxifen", LESS, "less endoxifen")),
        (IM, ("alternative:aromatase inhibitor+dose-percent:150-200 (by endoxifen)+monitor:co-medication (no CYP2D6 inhibitor)", LESS,
              "less endoxifen")), (NM, NOREC), (UM, ok("more endoxifen"))],
    ("tegafur", "DPYD", "PA166104944", 33, DPD): [
        (":score=0", ("avoid+dose-decrease:very low starting dose", TOXIC, "severe or fatal toxicity")),
        (":score=0.5..=1.5", ("avoid+dose-decrease:low starting dose", TOXIC, "severe or fatal toxicity")), (":score=2", NOREC)],
    ("thioguanine", "NUDT15", "PA166184612", 9, "ClinPGx PA166184612"): [
        (PM, ("avoid+dose-start-percent:10+monitor:blood counts", TOXIC, "myelosuppression")),
        (IM, ("dose-start-percent:75+monitor:blood counts", MORE, "myelosuppression")), (NM, NOREC)],
    ("thioguanine", "TPMT", "PA166104960", 33, SWEN): [
        (PM, ("alternative+dose-start-percent:6-7+monitor:blood counts", TOXIC, "myelosuppression")),
        (IM, ("dose-start-percent:75+monitor:blood counts", MORE, "myelosuppression")), (NM, NOREC)],
    ("tramadol", "CYP2D6", "PA166104959", 36, OPIOID): [
        (f"={PM}|{IM}", ("monitor:analgesia+dose-increase+alternative:not codeine", LESS, "less active metabolite")), (NM, NOREC),
        (UM, ("alternative:not codeine+dose-percent:40", TOXIC, "more active metabolite, respiratory depression"))],
    ("venlafaxine", "CYP2D6", "PA166104968", 33, SWEN): [
        (f"={PM}|{IM}", ("avoid+alternative:duloxetine, mirtazapine, citalopram, sertraline+dose-decrease", MORE, "parent and metabolite exposure differ")),
        (NM, NOREC), (UM, ("monitor:plasma concentration+dose-percent:150", LESS, LOWER))],
    ("voriconazole", "CYP2C19", "PA166104990", 28, SWEN): [
        (PM, ("dose-percent:50+monitor:plasma concentration", MORE, HIGHER)), (IM, ("monitor:plasma concentration", MORE, HIGHER)), (NM, NOREC),
        (UM, ("dose-start-percent:150+monitor:plasma concentration", LESS, LOWER))],
    ("warfarin", "CYP2C9", "PA166182842", 10, "ClinPGx PA166182842"): [
        (":score=0", ("dose-start-percent:20+algorithm:EU-PACT", MORE, "bleeding")),
        (":score=0.5", ("dose-start-percent:45+algorithm:EU-PACT", MORE, "bleeding")),
        (":score=1", ("dose-start-percent:65+algorithm:EU-PACT", MORE, "bleeding")),
        (":score=1.5 & CYP2C9:variant=*2", ok("lower dose requirement")), (NM, NOREC)],
    ("warfarin", "VKORC1", "PA166182841", 12, "ClinPGx PA166182841"): [
        ("=-1639 AA", ("dose-start-percent:60+algorithm:EU-PACT", MORE, "bleeding in the first weeks")),
        ("=-1639 AG", ok("lower dose requirement, INR guides")), ("=-1639 GG", NOREC)],
    ("zuclopenthixol", "CYP2D6", "PA166104992", 35, ANTIPSYCHOTIC): [
        (PM, ("dose-percent:50", MORE, HIGHER)), (IM, ("dose-percent:75", MORE, HIGHER)), (NM, NOREC),
        (UM, ("dose-increase:150 % at most", LESS, LOWER))],
}

HEADER = """# Guidelines of the Dutch Pharmacogenetics Working Group (DPWG) as structured actions of our own wording.
# Facts: DPWG / KNMP (Eur J Hum Genet, as cited) as transcribed by ClinPGx (clinpgx.org) up to 2024-05. Licence of this file: CC BY-SA 4.0.
# version: ClinPGx's version of the annotation. DPWG's advice carries no strength there: `none:not graded`.
# `no-recommendation`: DPWG makes no statement for the phenotype (mostly the normal one). Built by Resources/build/dpwg_guidelines.py.
# Not covered: atazanavir (UGT1A1), mavacamten (CYP2C19) and rosuvastatin, added after 2024-05; HLA-B*15:02 together with *15:11; eliglustat's doses by
#   co-medication (named, not tabled); therapeutic ranges of plasma concentrations; CYP2C9 genotypes without *2 or *3 at score 1 or 1.5 for
#   phenytoin, siponimod and warfarin beyond the rows; phenotypes that DPWG does not know (rapid, likely, possible).
# CYP2D6: DPWG counts an activity score of 2.5 as normal, CPIC as ultrarapid; phenotypes here are CPIC's. DPYD and CYP2C9 go by score.
"""


def main():
    lines = []
    for (drug, gene, guideline, version, citation), rows in GUIDELINES.items():
        for what, (actions, risk, implication), *population in rows:
            condition = gene + (what if what[0] in ":=" else "=" + what)
            assert len(implication.split()) <= 8, implication
            lines.append("\t".join(["DPWG", guideline, str(version), drug, population[0] if population else "general", condition, actions,
                                    "none" if actions == "no-recommendation" else "none:not graded", risk, implication, citation]))
    with open(OUT, "w", encoding="utf-8") as out:
        out.write(HEADER)
        out.write("source\tguideline\tversion\tdrug\tpopulation\tcondition\tactions\tstrength\trisk\timplication\tcitation\n")
        out.write("\n".join(lines) + "\n")
    print(len(lines), "rows,", len(GUIDELINES), "guidelines")


if __name__ == "__main__":
    main()
