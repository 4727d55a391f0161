#!/usr/bin/env python3
"""Builds ../knowledge/contraindications.tsv: what must not be given together, or with a condition.

A row reads: the option `drug` must not be given beside `versus` (or within `washout_days` of its last dose). A pair that holds both
ways has two rows, because the washouts differ. Only what labels or the lists named say; drug names, `class:` of drugs.tsv, `atc:`,
`flag:` of drugs.tsv, and `snomed:` for conditions.
"""
import pathlib

OUT = pathlib.Path(__file__).parent.parent / "knowledge" / "contraindications.tsv"
NO, AVOID, CARE = "contraindicated", "avoid", "caution"
LABEL = "FDA label of "
SEROTONIN, QT, MYOPATHY = "serotonin-syndrome", "qt-prolongation", "myopathy"
rows = []


def one(drug, versus, severity, risk, source, washout=0):
    for left in drug if isinstance(drug, list) else [drug]:
        for right in versus if isinstance(versus, list) else [versus]:
            rows.append((left, right, severity, risk, str(washout), source))


def both(drug, versus, severity, risk, source, after_versus=0, after_drug=0):
    one(drug, versus, severity, risk, source, after_versus)
    one(versus, drug, severity, risk, source, after_drug)


# Monoamine oxidase inhibitors.
MAOI = "class:maoi"
both("class:ssri", MAOI, NO, SEROTONIN, LABEL + "the SSRI", 14, 14)
both("class:snri", MAOI, NO, SEROTONIN, LABEL + "the SNRI", 14, 7)
both("class:tricyclic", MAOI, NO, SEROTONIN, LABEL + "the tricyclic", 14, 14)
one(MAOI, "fluoxetine", NO, SEROTONIN, LABEL + "fluoxetine", 35)
both("vortioxetine", MAOI, NO, SEROTONIN, LABEL + "vortioxetine", 14, 21)
for drug in ("bupropion", "mirtazapine", "vilazodone", "trazodone", "nefazodone", "buspirone", "meperidine", "tramadol",
             "dextromethorphan", "atomoxetine", "viloxazine", "carbamazepine"):
    risk = "hypertensive-crisis" if drug in ("bupropion", "atomoxetine", "viloxazine") else SEROTONIN
    both(drug, MAOI, NO, risk, LABEL + drug, 14, 14)
both("class:stimulant", MAOI, NO, "hypertensive-crisis", LABEL + "the stimulant", 14, 0)
both("st. john's wort", MAOI, NO, SEROTONIN, LABEL + "phenelzine", 14, 14)
both(["sumatriptan", "rizatriptan", "zolmitriptan"], MAOI, NO, "higher-triptan-exposure", LABEL + "the triptan", 14, 0)
both(["tetrabenazine", "deutetrabenazine"], MAOI, NO, "monoamine-depletion", LABEL + "the VMAT2 inhibitor", 14, 0)
both(["linezolid", "methylene blue"], MAOI, NO, SEROTONIN, LABEL + "linezolid and methylene blue", 14, 0)
MAOB = "class:maoi-b"
both(["meperidine", "tramadol", "methadone", "dextromethorphan", "st. john's wort"], MAOB, NO, SEROTONIN, LABEL + "rasagiline and selegiline", 14, 0)
both(["class:ssri", "class:snri", "class:tricyclic"], MAOB, AVOID, SEROTONIN, LABEL + "rasagiline and selegiline", 14, 14)
both(MAOI, MAOB, NO, SEROTONIN, LABEL + "rasagiline", 14, 14)
one(["class:ssri", "class:snri", "vortioxetine", "clomipramine"], ["linezolid", "methylene blue"], NO, SEROTONIN, LABEL + "the antidepressant", 1)
one(["linezolid", "methylene blue"], ["class:ssri", "class:snri", "class:tricyclic", "vortioxetine", "bupropion", "mirtazapine", "buspirone"],
    AVOID, SEROTONIN, "FDA Drug Safety Communication 2011-10-20", 14)
one(["linezolid", "methylene blue"], "fluoxetine", AVOID, SEROTONIN, "FDA Drug Safety Communication 2011-10-20", 35)
one(["class:ssri", "clomipramine"], "moclobemide", NO, SEROTONIN, "UK product characteristics of moclobemide", 1)
one("moclobemide", ["class:ssri", "clomipramine"], NO, SEROTONIN, "UK product characteristics of moclobemide", 14)
one("moclobemide", "fluoxetine", NO, SEROTONIN, "UK product characteristics of moclobemide", 35)
both(["class:ssri", "class:snri"], "class:triptan", CARE, SEROTONIN, "FDA alert 2006-07-19")
both(["class:ssri", "class:snri"], ["tramadol", "st. john's wort"], CARE, SEROTONIN, LABEL + "tramadol and the antidepressant")

# QT prolongation.
both("pimozide", ["citalopram", "escitalopram", "sertraline", "fluoxetine", "paroxetine", "fluvoxamine", "nefazodone", "clarithromycin",
                  "erythromycin", "azithromycin", "telithromycin", "itraconazole", "ketoconazole", "voriconazole", "posaconazole",
                  "class:protease-inhibitor"], NO, QT, LABEL + "pimozide")
both("thioridazine", ["fluvoxamine", "fluoxetine", "paroxetine", "propranolol", "quinidine", "bupropion", "class:antiarrhythmic-1a",
                      "class:antiarrhythmic-3", "pimozide"], NO, QT, LABEL + "thioridazine")
both("ziprasidone", ["class:antiarrhythmic-1a", "class:antiarrhythmic-3", "thioridazine", "chlorpromazine", "droperidol", "pimozide",
                     "moxifloxacin", "arsenic trioxide", "dolasetron", "tacrolimus"], NO, QT, LABEL + "ziprasidone")
one("flag:qt-known-risk", "flag:qt-known-risk", AVOID, QT, "CredibleMeds, list of known risk")
one("flag:qt-known-risk", "snomed:9651007", AVOID, QT, "CredibleMeds, drugs to avoid in congenital long QT")
one(["thioridazine", "pimozide", "ziprasidone"], "snomed:9651007", NO, QT, LABEL + "the antipsychotic")

# Enzymes.
for statin, drugs in (("simvastatin", ["itraconazole", "ketoconazole", "posaconazole", "voriconazole", "erythromycin", "clarithromycin",
                                       "telithromycin", "class:protease-inhibitor", "nefazodone", "cobicistat", "gemfibrozil", "cyclosporine"]),
                      ("lovastatin", ["itraconazole", "ketoconazole", "posaconazole", "voriconazole", "erythromycin", "clarithromycin",
                                      "telithromycin", "class:protease-inhibitor", "nefazodone", "cobicistat"])):
    both(statin, drugs, NO, MYOPATHY, LABEL + statin)
both("lovastatin", ["gemfibrozil", "cyclosporine"], AVOID, MYOPATHY, LABEL + "lovastatin")
both("lurasidone", ["ketoconazole", "clarithromycin", "ritonavir", "voriconazole"], NO, "higher-exposure", LABEL + "lurasidone")
both("lurasidone", ["rifampin", "carbamazepine", "phenytoin", "st. john's wort"], NO, "efficacy-lost", LABEL + "lurasidone")
both("clopidogrel", ["omeprazole", "esomeprazole"], AVOID, "efficacy-reduced", LABEL + "clopidogrel")
both("tamoxifen", ["paroxetine", "fluoxetine", "bupropion", "quinidine"], AVOID, "efficacy-reduced", "CPIC 2018 PMID 29385237")
both("rilpivirine", ["carbamazepine", "oxcarbazepine", "phenobarbital", "phenytoin", "rifampin", "rifapentine", "class:proton-pump-inhibitor",
                     "dexamethasone", "st. john's wort"], NO, "efficacy-lost", LABEL + "rilpivirine")
both("doravirine", ["carbamazepine", "oxcarbazepine", "phenobarbital", "phenytoin", "enzalutamide", "rifampin", "rifapentine", "mitotane",
                    "st. john's wort"], NO, "efficacy-lost", LABEL + "doravirine")
both(["rivaroxaban", "apixaban"], ["rifampin", "carbamazepine", "phenytoin", "st. john's wort"], AVOID, "efficacy-reduced",
     LABEL + "the anticoagulant")
both("dabigatran", "rifampin", AVOID, "efficacy-reduced", LABEL + "dabigatran")
both("rivaroxaban", ["ketoconazole", "itraconazole", "ritonavir"], AVOID, "bleeding", LABEL + "rivaroxaban")
both("ticagrelor", ["ketoconazole", "itraconazole", "voriconazole", "clarithromycin", "nefazodone", "ritonavir", "saquinavir", "nelfinavir",
                    "indinavir", "telithromycin"], AVOID, "bleeding", LABEL + "ticagrelor")
both("ticagrelor", ["rifampin", "phenytoin", "carbamazepine", "phenobarbital"], AVOID, "efficacy-reduced", LABEL + "ticagrelor")
both(["azathioprine", "mercaptopurine"], "febuxostat", NO, "myelosuppression", LABEL + "febuxostat")
both(["azathioprine", "mercaptopurine"], "allopurinol", CARE, "myelosuppression", LABEL + "azathioprine: a quarter to a third of the dose")
both("carbamazepine", "nefazodone", NO, "efficacy-lost", LABEL + "carbamazepine")
both("clozapine", "carbamazepine", AVOID, "agranulocytosis", LABEL + "clozapine")
both("lamotrigine", ["valproic acid", "divalproex sodium"], CARE, "severe-skin-reaction", LABEL + "lamotrigine")
both("class:vmat2-inhibitor", "class:vmat2-inhibitor", NO, "monoamine-depletion", LABEL + "deutetrabenazine and tetrabenazine")

# Other.
both("class:opioid", "class:benzodiazepine", CARE, "respiratory-depression", "FDA boxed warning 2016")
both("lithium", ["class:nsaid", "hydrochlorothiazide"], CARE, "lithium-toxicity", LABEL + "lithium")

# Conditions.
one("bupropion", ["snomed:128613002", "snomed:84757009", "snomed:78004001", "snomed:56882008"], NO, "seizure", LABEL + "bupropion")
one("class:tricyclic", "snomed:57054005", NO, "arrhythmia", LABEL + "the tricyclic")
one(["flecainide", "propafenone"], "snomed:22298006", AVOID, "arrhythmia", LABEL + "flecainide and propafenone")
one("class:triptan", ["snomed:414545008", "snomed:230690007"], NO, "vasospasm", LABEL + "the triptan")
one("prasugrel", ["snomed:230690007", "snomed:266257000"], NO, "bleeding", LABEL + "prasugrel")
one("clozapine", "snomed:17182001", AVOID, "agranulocytosis", LABEL + "clozapine")
one(["valproic acid", "divalproex sodium"], "snomed:36444000", NO, "hyperammonaemia", LABEL + "valproate")
one(["valproic acid", "divalproex sodium"], "snomed:77386006", AVOID, "teratogenicity", LABEL + "valproate; contraindicated for migraine")
one("warfarin", "snomed:77386006", NO, "teratogenicity", LABEL + "warfarin; except with a mechanical valve")
one("haloperidol", "snomed:49049000", NO, "parkinsonism", LABEL + "haloperidol")
one("metoclopramide", "snomed:49049000", AVOID, "parkinsonism", LABEL + "metoclopramide")
one("atomoxetine", "snomed:302835009", NO, "hypertensive-crisis", LABEL + "atomoxetine")


def main():
    lines, seen = [], set()
    for row in rows:
        if row[:2] in seen:
            continue
        seen.add(row[:2])
        lines.append("\t".join(row))
    with open(OUT, "w", encoding="utf-8") as out:
        out.write("# What an option must not be given beside. Facts of FDA labels and communications (public domain) and the lists named.\n"
                  "# drug: the option; versus: co-medication or condition; washout_days: how long after the last dose of versus it holds.\n"
                  "# contraindicated = veto; avoid = only when nothing else is left; caution = give with care. Kept to what is certain: an\n"
                  "# absent row says nothing. Built by Resources/build/contraindications.py.\n")
        out.write("drug\tversus\tseverity\trisk\twashout_days\tsource\n" + "\n".join(sorted(lines)) + "\n")
    print(len(lines), "contraindications")


if __name__ == "__main__":
    main()
