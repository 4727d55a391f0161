#!/usr/bin/env python3
"""Builds ../knowledge/indications.tsv: per indication the options with their line of therapy and, where a network meta-analysis
compares them, efficacy and tolerability against placebo. Facts only; the guidelines are named per row.

Estimates: Cipriani 2018 (Lancet 391:1357): odds ratios of response and of stopping for any cause. Leucht 2013 (Lancet 382:951):
standardised mean difference of overall symptoms and odds ratio of stopping for any cause. Both were entered by hand; a public copy
was at hand to compare the ranges of Cipriani's abstract and the first eight differences of Leucht.
"""
import pathlib

OUT = pathlib.Path(__file__).parent.parent / "knowledge" / "indications.tsv"

CIPRIANI = {  # drug: (response odds ratio, lower, upper), (dropout odds ratio, lower, upper)
    "agomelatine": ((1.65, 1.44, 1.88), (0.84, 0.72, 0.97)), "amitriptyline": ((2.13, 1.89, 2.41), (0.95, 0.83, 1.08)),
    "bupropion": ((1.58, 1.35, 1.86), (0.96, 0.81, 1.14)), "citalopram": ((1.52, 1.33, 1.74), (0.94, 0.80, 1.09)),
    "clomipramine": ((1.49, 1.21, 1.85), (1.30, 1.01, 1.68)), "desvenlafaxine": ((1.49, 1.24, 1.79), (1.08, 0.88, 1.33)),
    "duloxetine": ((1.85, 1.66, 2.07), (1.09, 0.96, 1.23)), "escitalopram": ((1.68, 1.50, 1.87), (0.90, 0.80, 1.02)),
    "fluoxetine": ((1.52, 1.40, 1.66), (0.88, 0.80, 0.96)), "fluvoxamine": ((1.69, 1.41, 2.02), (1.10, 0.91, 1.33)),
    "levomilnacipran": ((1.59, 1.24, 2.05), (1.19, 0.93, 1.53)), "milnacipran": ((1.74, 1.37, 2.23), (0.95, 0.73, 1.26)),
    "mirtazapine": ((1.89, 1.64, 2.20), (0.99, 0.85, 1.15)), "nefazodone": ((1.67, 1.32, 2.12), (0.93, 0.72, 1.19)),
    "paroxetine": ((1.75, 1.61, 1.90), (0.95, 0.87, 1.03)), "reboxetine": ((1.37, 1.16, 1.63), (1.16, 0.96, 1.40)),
    "sertraline": ((1.67, 1.49, 1.87), (0.96, 0.85, 1.08)), "trazodone": ((1.51, 1.25, 1.83), (1.15, 0.93, 1.42)),
    "venlafaxine": ((1.78, 1.61, 1.96), (1.04, 0.93, 1.15)), "vilazodone": ((1.60, 1.28, 2.00), (1.14, 0.88, 1.47)),
    "vortioxetine": ((1.66, 1.45, 1.92), (1.01, 0.86, 1.19)),
}
LEUCHT = {  # drug: (symptom difference, lower, upper), (dropout odds ratio, lower, upper)
    "clozapine": ((-0.88, -1.03, -0.73), (0.46, 0.32, 0.65)), "amisulpride": ((-0.66, -0.78, -0.53), (0.43, 0.32, 0.57)),
    "olanzapine": ((-0.59, -0.65, -0.53), (0.46, 0.41, 0.52)), "risperidone": ((-0.56, -0.63, -0.50), (0.53, 0.46, 0.60)),
    "paliperidone": ((-0.50, -0.60, -0.39), (0.48, 0.39, 0.58)), "haloperidol": ((-0.45, -0.51, -0.39), (0.80, 0.71, 0.90)),
    "quetiapine": ((-0.44, -0.52, -0.35), (0.61, 0.52, 0.71)), "aripiprazole": ((-0.43, -0.52, -0.34), (0.61, 0.51, 0.72)),
    "sertindole": ((-0.39, -0.52, -0.26), (0.78, 0.61, 0.98)), "ziprasidone": ((-0.39, -0.49, -0.30), (0.72, 0.59, 0.88)),
    "chlorpromazine": ((-0.38, -0.54, -0.23), (0.65, 0.50, 0.84)), "asenapine": ((-0.38, -0.51, -0.25), (0.69, 0.54, 0.86)),
    "lurasidone": ((-0.33, -0.45, -0.21), (0.77, 0.61, 0.96)), "iloperidone": ((-0.33, -0.43, -0.22), (0.69, 0.56, 0.84)),
}

# code, name, SNOMED CT, source, {line: "drugs"}, {drug: note}, (measures, estimates, citation) or None
INDICATIONS = [
    ("major-depression", "Major depressive disorder", "370143000;35489007", "CANMAT 2016 (Can J Psychiatry 61:540)",
     {1: "agomelatine bupropion citalopram desvenlafaxine duloxetine escitalopram fluoxetine fluvoxamine milnacipran mirtazapine paroxetine"
         " sertraline venlafaxine vortioxetine",
      2: "amitriptyline clomipramine desipramine doxepin imipramine levomilnacipran moclobemide nortriptyline quetiapine trazodone trimipramine"
         " vilazodone",
      3: "phenelzine reboxetine tranylcypromine"}, {},
     ("response-or", "dropout-or", CIPRIANI, "Cipriani 2018 (Lancet 391:1357)")),
    ("generalised-anxiety", "Generalised anxiety disorder", "21897009;197480006", "Canadian guidelines 2014 (BMC Psychiatry 14 S1:S1)",
     {1: "agomelatine duloxetine escitalopram paroxetine pregabalin sertraline venlafaxine",
      2: "alprazolam bupropion buspirone diazepam hydroxyzine imipramine lorazepam quetiapine vortioxetine",
      3: "citalopram divalproex_sodium fluoxetine mirtazapine trazodone"},
     {"alprazolam": "short-term use", "diazepam": "short-term use", "lorazepam": "short-term use"}, None),
    ("obsessive-compulsive", "Obsessive-compulsive disorder", "191736004", "Canadian guidelines 2014 (BMC Psychiatry 14 S1:S1)",
     {1: "escitalopram fluoxetine fluvoxamine paroxetine sertraline", 2: "citalopram clomipramine mirtazapine venlafaxine"}, {}, None),
    ("schizophrenia", "Schizophrenia and psychosis", "58214004;69322001", "NICE CG178 (2014)",
     {1: "amisulpride aripiprazole asenapine brexpiprazole cariprazine chlorpromazine haloperidol iloperidone lurasidone olanzapine paliperidone"
         " perphenazine pimozide quetiapine risperidone sertindole ziprasidone zuclopenthixol",
      3: "clozapine"},
     {"clozapine": "after two other antipsychotics have failed"},
     ("symptom-smd", "dropout-or", LEUCHT, "Leucht 2013 (Lancet 382:951)")),
    ("bipolar-mania", "Bipolar disorder, acute mania", "13746004", "CANMAT and ISBD 2018 (Bipolar Disord 20:97)",
     {1: "aripiprazole asenapine cariprazine divalproex_sodium lithium paliperidone quetiapine risperidone",
      2: "carbamazepine haloperidol olanzapine ziprasidone"}, {"divalproex_sodium": "not in women who can become pregnant"}, None),
    ("bipolar-depression", "Bipolar disorder, acute depression", "13746004", "CANMAT and ISBD 2018 (Bipolar Disord 20:97)",
     {1: "lamotrigine lithium lurasidone quetiapine", 2: "cariprazine divalproex_sodium"},
     {"divalproex_sodium": "not in women who can become pregnant"}, None),
    ("bipolar-maintenance", "Bipolar disorder, maintenance", "13746004", "CANMAT and ISBD 2018 (Bipolar Disord 20:97)",
     {1: "aripiprazole asenapine divalproex_sodium lamotrigine lithium quetiapine", 2: "carbamazepine olanzapine paliperidone risperidone"},
     {"divalproex_sodium": "not in women who can become pregnant", "risperidone": "long-acting injection"}, None),
    ("adhd-adults", "Attention deficit hyperactivity disorder, adults", "406506008", "NICE NG87 (2018)",
     {1: "lisdexamfetamine methylphenidate", 2: "dextroamphetamine", 3: "atomoxetine"},
     {"dextroamphetamine": "when lisdexamfetamine helps but acts too long"}, None),
    ("adhd-children", "Attention deficit hyperactivity disorder, children", "406506008", "NICE NG87 (2018)",
     {1: "methylphenidate", 2: "lisdexamfetamine", 3: "atomoxetine dextroamphetamine guanfacine"}, {}, None),
    ("epilepsy-focal", "Epilepsy with focal seizures", "84757009", "NICE NG217 (2022)",
     {1: "lamotrigine levetiracetam", 2: "carbamazepine oxcarbazepine zonisamide", 3: "lacosamide",
      4: "brivaracetam cenobamate clobazam eslicarbazepine gabapentin phenobarbital phenytoin pregabalin topiramate valproic_acid"},
     {"valproic_acid": "not in women who can become pregnant"}, None),
    ("neuropathic-pain", "Neuropathic pain", "247398009", "NICE CG173 (2013)",
     {1: "amitriptyline duloxetine gabapentin pregabalin", 2: "tramadol"}, {"tramadol": "short-term rescue"}, None),
    ("acute-pain", "Acute pain", "274663001", "WHO analgesic ladder: line is the step",
     {1: "acetaminophen celecoxib diclofenac ibuprofen meloxicam naproxen", 2: "codeine dihydrocodeine tramadol",
      3: "fentanyl hydrocodone hydromorphone morphine oxycodone"}, {}, None),
    ("antiplatelet-acs-pci", "P2Y12 inhibitor after PCI for an acute coronary syndrome", "394659003;415070008", "ESC 2023 (Eur Heart J 44:3720)",
     {1: "prasugrel ticagrelor", 2: "clopidogrel"}, {}, None),
    ("antiplatelet-elective-pci", "P2Y12 inhibitor after elective PCI", "415070008", "ESC 2024 (Eur Heart J 45:3415)",
     {1: "clopidogrel", 2: "prasugrel ticagrelor"}, {}, None),
    ("anticoagulation-atrial-fibrillation", "Anticoagulation in atrial fibrillation", "49436004", "ESC 2024 (Eur Heart J 45:3314)",
     {1: "apixaban dabigatran edoxaban rivaroxaban", 2: "acenocoumarol phenprocoumon warfarin"},
     {drug: "first with a mechanical valve or moderate to severe mitral stenosis" for drug in ("acenocoumarol", "phenprocoumon", "warfarin")}, None),
    ("dyslipidaemia", "Dyslipidaemia", "55822004;13644009;370992007", "ESC and EAS 2019 (Eur Heart J 41:111)",
     {1: "atorvastatin fluvastatin lovastatin pitavastatin pravastatin rosuvastatin simvastatin", 2: "ezetimibe"},
     {"atorvastatin": "high intensity from 40 mg", "rosuvastatin": "high intensity from 20 mg", "fluvastatin": "moderate intensity at most",
      "lovastatin": "moderate intensity at most", "pitavastatin": "moderate intensity at most", "pravastatin": "moderate intensity at most",
      "simvastatin": "moderate intensity at most"}, None),
    ("reflux", "Gastro-oesophageal reflux disease", "235595009", "ACG 2022 (Am J Gastroenterol 117:27)",
     {1: "dexlansoprazole esomeprazole lansoprazole omeprazole pantoprazole rabeprazole", 2: "famotidine"}, {}, None),
    ("helicobacter-pylori", "Helicobacter pylori eradication, acid suppressant", "307759003", "Maastricht VI 2022 (Gut 71:1724)",
     {1: "esomeprazole lansoprazole omeprazole pantoprazole rabeprazole vonoprazan"}, {}, None),
    ("thiopurine-immunosuppression", "Inflammatory bowel disease, immunosuppression", "24526004;34000006;64766004",
     "ECCO 2020 and 2022 (J Crohns Colitis 14:4, 16:2)",
     {1: "azathioprine mercaptopurine", 2: "methotrexate", 3: "thioguanine"}, {"methotrexate": "Crohn's disease"}, None),
    ("hiv-nnrti", "HIV infection, non-nucleoside reverse transcriptase inhibitor", "86406008", "DHHS adult guidelines 2024",
     {1: "doravirine rilpivirine", 2: "efavirenz", 3: "etravirine nevirapine"}, {}, None),
]


def main():
    lines = []
    for code, name, snomed, source, options, notes, study in INDICATIONS:
        for line, drugs in options.items():
            for word in drugs.split():
                drug = word.replace("_", " ")
                fields = [code, name, snomed, drug, str(line), notes.get(word, "")]
                estimates = study[2].get(drug) if study else None
                if estimates:
                    for measure, values in zip(study[:2], estimates):
                        fields += [measure] + [f"{value:g}" for value in values]
                else:
                    fields += [""] * 8
                lines.append("\t".join(fields + [source + (f"; estimates: {study[3]}" if estimates else "")]))
    with open(OUT, "w", encoding="utf-8") as out:
        out.write("# Indications and their options. Facts of the guidelines and meta-analyses named per row, arranged and worded by us.\n"
                  "# line: line of therapy in the guideline (1 first). Estimates are against placebo, with the 95 % interval; ratios of dropout\n"
                  "# below 1 and differences below 0 favour the drug. No estimate: no comparison of the indication's options is tabled.\n"
                  "# Estimates were entered by hand; of them only the ranges in the abstracts could be compared with a public copy.\n"
                  "# SNOMED CT codes name the condition; the list is not exhaustive. Built by Resources/build/indications.py.\n")
        columns = "indication name snomed drug line note efficacy_measure efficacy efficacy_lower efficacy_upper tolerability_measure"
        out.write("\t".join((columns + " tolerability tolerability_lower tolerability_upper source").split()) + "\n")
        out.write("\n".join(lines) + "\n")
    print(len(lines), "options of", len(INDICATIONS), "indications")


if __name__ == "__main__":
    main()
