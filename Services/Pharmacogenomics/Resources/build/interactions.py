#!/usr/bin/env python3
"""Builds ../knowledge/interactions.tsv from the facts below.

Classes: FDA, "Drug Development and Drug Interactions: Table of Substrates, Inhibitors and Inducers" and "Healthcare
Professionals: FDA's Examples of Drugs that Interact with CYP Enzymes and Transporter Systems" (U.S. Government work, public
domain); strength as FDA defines it by the change of a sensitive substrate's exposure.

Times: a reversible inhibitor acts from the first doses (onset 1 day, class default) and until five of its half-lives have
passed; a mechanism-based inhibitor until five half-lives of the enzyme's turnover have passed as well; an inducer needs 7 days
to act and 14 days to fade (rifampin: Niemi 2003, Clin Pharmacokinet 42:819), or five of its half-lives when that is longer. The half-life
is the longest of drug and acting metabolite in the FDA label.
"""
import pathlib

OUT = pathlib.Path(__file__).parent.parent / "knowledge" / "interactions.tsv"

FDA = "FDA table of inhibitors and inducers"
# Turnover half-lives in days (Yang 2008, Curr Drug Metab 9:384; CYP2D6: Venkatakrishnan 2005, Drug Metab Dispos 33:845; CYP3A4:
# Rowland Yeo 2011, Eur J Pharm Sci 43:160).
TURNOVER = {"CYP2B6": 32 / 24, "CYP2C19": 26 / 24, "CYP2D6": 51 / 24, "CYP3A4": 36 / 24}

# drug: (half-life in hours, note of what it is of)
HALF_LIFE = {
    "abiraterone": (12, ""), "adagrasib": (23, ""), "amiodarone": (58 * 24, ""), "apalutamide": (3 * 24, ""), "aprepitant": (13, ""),
    "armodafinil": (15, ""), "bosentan": (5, ""), "bupropion": (37, "threohydrobupropion"), "carbamazepine": (17, ""),
    "celecoxib": (11, ""), "cenobamate": (60, ""), "ceritinib": (41, ""), "cilostazol": (13, ""), "cimetidine": (2, ""),
    "cinacalcet": (40, ""), "ciprofloxacin": (4, ""), "citalopram": (35, ""), "clarithromycin": (7, ""),
    "clobazam": (82, "N-desmethylclobazam"), "clopidogrel": (6, ""), "cobicistat": (4, ""), "conivaptan": (8, ""),
    "crizotinib": (42, ""), "cyclosporine": (18, ""), "dabrafenib": (22, "desmethyl-dabrafenib"), "dacomitinib": (70, ""),
    "desvenlafaxine": (11, ""), "diltiazem": (5, ""), "diphenhydramine": (9, ""), "dronedarone": (19, ""),
    "duloxetine": (17, ""), "efavirenz": (55, ""), "enzalutamide": (5.8 * 24, ""), "erythromycin": (2, ""),
    "escitalopram": (32, ""), "etravirine": (41, ""), "febuxostat": (8, ""), "felbamate": (23, ""), "fluconazole": (30, ""),
    "fluvastatin": (3, ""), "fluvoxamine": (16, ""), "gefitinib": (48, ""), "hydralazine": (7, ""),
    "hydroxychloroquine": (40 * 24, ""), "idelalisib": (8, ""), "imatinib": (40, "N-desmethyl-imatinib"), "indinavir": (2, ""),
    "isavuconazole": (130, ""), "istradefylline": (83, ""), "itraconazole": (42, "at steady state"), "ivacaftor": (12, ""),
    "ivosidenib": (93, ""), "ketoconazole": (8, ""), "labetalol": (8, ""), "letermovir": (12, ""), "lopinavir": (6, ""),
    "lorlatinib": (24, ""), "lumacaftor": (26, ""), "methadone": (59, ""), "mexiletine": (12, ""), "mirabegron": (50, ""),
    "mitotane": (53 * 24, "median"), "modafinil": (15, ""), "nefazodone": (18, "metabolites"), "nelfinavir": (5, ""),
    "netupitant": (80, ""), "nevirapine": (45, "single dose"), "omeprazole": (1, ""), "phenobarbital": (118, ""),
    "phenytoin": (42, ""), "fosphenytoin": (42, "phenytoin"), "posaconazole": (35, ""), "primidone": (118, "phenobarbital"),
    "propafenone": (32, "poor metabolizers"), "quinidine": (8, ""), "ranitidine": (3, ""), "ranolazine": (7, ""),
    "rifabutin": (45, ""), "rifampin": (3, ""), "rifapentine": (17, ""), "ritonavir": (5, ""), "rolapitant": (183, ""),
    "rufinamide": (10, ""), "saquinavir": (12, ""), "sotorasib": (5, ""), "telithromycin": (10, ""), "tenofovir": (17, ""),
    "terbinafine": (400, "terminal, release from tissue"), "teriflunomide": (19 * 24, ""), "ticagrelor": (9, "active metabolite"),
    "ticlopidine": (5 * 24, "repeated doses"), "tucatinib": (12, ""), "vemurafenib": (57, ""), "verapamil": (12, "repeated doses"),
    "voriconazole": (6, ""), "enoxacin": (6, ""), "methoxsalen": (2, ""), "disulfiram": None, "diosmin": None,
    "grapefruit juice": None, "miconazole": (24, ""), "st. john's wort": (48, "hypericin"), "nirmatrelvir": (6, ""),
    "metamizole": (5, "4-methylaminoantipyrine"), "esomeprazole": (1.5, ""), "darunavir": (15, ""), "atazanavir": (7, ""),
    "mobocertinib": (18, ""), "cannabidiol": (61, ""),
}

# Times that a study or label gives itself: (drug, gene): (washout days, source)
MEASURED = {
    ("fluoxetine", "*"): (35, "FDA label: fluoxetine and norfluoxetine stay for about 5 weeks; inhibition half-life 7.0 d, Liston 2002"
                              " PMID 11910262"),
    ("paroxetine", "CYP2D6"): (14.5, "5 x inhibition half-life 2.9 d, Liston 2002 PMID 11910262"),
    ("sertraline", "CYP2D6"): (15, "5 x inhibition half-life 3.0 d, Liston 2002 PMID 11910262"),
    ("grapefruit juice", "CYP3A4"): (3, "intestinal enzyme back within 72 h, Greenblatt 2003 Clin Pharmacol Ther 74:121"),
}
MECHANISM_BASED = {
    ("clarithromycin", "CYP3A4"), ("erythromycin", "CYP3A4"), ("diltiazem", "CYP3A4"), ("verapamil", "CYP3A4"),
    ("ritonavir", "CYP3A4"), ("cobicistat", "CYP3A4"), ("nefazodone", "CYP3A4"), ("crizotinib", "CYP3A4"),
    ("telithromycin", "CYP3A4"), ("saquinavir", "CYP3A4"), ("nelfinavir", "CYP3A4"), ("idelalisib", "CYP3A4"),
    ("omeprazole", "CYP2C19"), ("esomeprazole", "CYP2C19"), ("ticlopidine", "CYP2C19"), ("ticlopidine", "CYP2B6"),
    ("clopidogrel", "CYP2B6"),
}

INHIBITORS = {
    ("CYP2D6", "strong"): "bupropion dacomitinib fluoxetine paroxetine quinidine terbinafine",
    ("CYP2D6", "moderate"): "abiraterone cinacalcet duloxetine mirabegron rolapitant",
    ("CYP2D6", "weak"): "amiodarone celecoxib cimetidine citalopram clobazam cobicistat desvenlafaxine diltiazem diphenhydramine"
                        " escitalopram febuxostat fluvoxamine gefitinib hydralazine hydroxychloroquine imatinib labetalol methadone"
                        " propafenone ranitidine ritonavir sertraline telithromycin vemurafenib verapamil",
    ("CYP2C19", "strong"): "fluconazole fluoxetine fluvoxamine ticlopidine",
    ("CYP2C19", "moderate"): "felbamate",
    ("CYP2C19", "weak"): "omeprazole esomeprazole voriconazole",
    ("CYP2C9", "moderate"): "amiodarone felbamate fluconazole miconazole",
    ("CYP2C9", "weak"): "diosmin disulfiram fluvastatin fluvoxamine voriconazole",
    ("CYP2B6", "weak"): "clopidogrel tenofovir ticlopidine voriconazole",
    ("CYP3A4", "strong"): "adagrasib ceritinib clarithromycin cobicistat grapefruit_juice idelalisib indinavir itraconazole"
                          " ketoconazole lopinavir nefazodone nelfinavir posaconazole ritonavir saquinavir telithromycin tucatinib"
                          " voriconazole",
    ("CYP3A4", "moderate"): "aprepitant ciprofloxacin conivaptan crizotinib cyclosporine diltiazem dronedarone erythromycin"
                            " fluconazole fluvoxamine imatinib isavuconazole letermovir netupitant verapamil",
    ("CYP3A4", "weak"): "cilostazol cimetidine istradefylline ivacaftor ranitidine ranolazine ticagrelor",
    ("CYP1A2", "strong"): "ciprofloxacin enoxacin fluvoxamine",
    ("CYP1A2", "moderate"): "methoxsalen mexiletine vemurafenib",
}
INDUCERS = {
    ("CYP3A4", "strong"): "apalutamide carbamazepine enzalutamide ivosidenib lumacaftor mitotane phenytoin fosphenytoin rifampin"
                          " rifapentine st._john's_wort",
    ("CYP3A4", "moderate"): "bosentan cenobamate dabrafenib efavirenz etravirine lorlatinib phenobarbital primidone rifabutin"
                            " sotorasib",
    ("CYP3A4", "weak"): "armodafinil modafinil rufinamide",
    ("CYP2C19", "strong"): "apalutamide rifampin",
    ("CYP2C19", "moderate"): "efavirenz enzalutamide phenytoin fosphenytoin",
    ("CYP2C9", "moderate"): "enzalutamide rifampin",
    ("CYP2C9", "weak"): "apalutamide aprepitant carbamazepine ritonavir",
    ("CYP2B6", "strong"): "carbamazepine",
    ("CYP2B6", "moderate"): "efavirenz rifampin",
    ("CYP2B6", "weak"): "isavuconazole metamizole nevirapine ritonavir",
    ("CYP1A2", "moderate"): "phenytoin fosphenytoin rifampin ritonavir teriflunomide",
}
NOTES = {
    ("fluvoxamine", "CYP2D6"): "; weak by its exposure ratios, Cicali 2020 PMID 31910286 (FDA's table of 2020: moderate)",
    ("grapefruit juice", "CYP3A4"): "; strong for high-dose double-strength juice, else weaker and in the gut alone",
    ("st. john's wort", "CYP3A4"): "; depends on the preparation",
    ("dacomitinib", "CYP2D6"): "; FDA label",
    ("esomeprazole", "CYP2C19"): "; as its racemate omeprazole, FDA label",
    ("fosphenytoin", "CYP3A4"): "; prodrug of phenytoin", ("fosphenytoin", "CYP2C19"): "; prodrug of phenytoin",
    ("fosphenytoin", "CYP1A2"): "; prodrug of phenytoin",
    ("lopinavir", "CYP3A4"): "; given with ritonavir", ("saquinavir", "CYP3A4"): "; given with ritonavir",
    ("indinavir", "CYP3A4"): "; given with ritonavir",
    ("primidone", "CYP3A4"): "; becomes phenobarbital", ("rifapentine", "CYP3A4"): "; FDA label",
    ("rifabutin", "CYP3A4"): "; FDA examples for healthcare professionals",
}


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def washout(drug, gene, effect):
    for key in ((drug, gene), (drug, "*")):
        if key in MEASURED:
            return MEASURED[key]
    fade = HALF_LIFE.get(drug)
    days = 5 * fade[0] / 24 if fade else 0
    what = f"5 x half-life {number(fade[0])} h{' of ' + fade[1] if fade[1] else ''}" if fade else ""
    if effect == "inducer":
        if days > 14:
            return days, what
        return 14, "class default 14 d, Niemi 2003 Clin Pharmacokinet 42:819"
    if (drug, gene) in MECHANISM_BASED:
        turnover = 5 * TURNOVER[gene]
        if turnover >= days:
            return turnover, f"mechanism-based: 5 x turnover half-life {number(TURNOVER[gene] * 24)} h of {gene}"
        return days, what
    if fade is None:
        return 14, "no half-life that would tell: class default 14 d"
    return days, what


def main():
    lines = []
    for effect, table in (("inhibitor", INHIBITORS), ("inducer", INDUCERS)):
        for (gene, strength), names in table.items():
            for name in names.split():
                drug = name.replace("_", " ")
                assert drug in HALF_LIFE or any(key[0] == drug for key in MEASURED), drug
                days, why = washout(drug, gene, effect)
                onset = "1" if effect == "inhibitor" else "7"
                source = f"{FDA}{NOTES.get((drug, gene), '')}; onset: class default; washout: {why}"
                lines.append("\t".join([drug, gene, effect, strength, onset, number(days), source]))
    with open(OUT, "w", encoding="utf-8") as out:
        out.write(
            "# Inhibitors and inducers of drug-metabolising enzymes. Built by Resources/build/interactions.py, which says how the times come about.\n"
            "# Classes: U.S. Food and Drug Administration (public domain); half-lives: FDA labels (public domain); facts of the papers named.\n"
            "# Classes and half-lives were entered by hand and not compared row by row with a copy of FDA's pages.\n"
            "# Not covered: drugs that FDA gives no class for, dose-dependent classes, transporters, smoking, and CYP2C8.\n")
        out.write("drug\tgene\teffect\tstrength\tonset_days\twashout_days\tsource\n")
        out.write("\n".join(sorted(lines)) + "\n")
    print(len(lines), "interactions of", len({line.split("\t")[0] for line in lines}), "drugs")


if __name__ == "__main__":
    main()
