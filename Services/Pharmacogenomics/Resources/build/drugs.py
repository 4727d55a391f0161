#!/usr/bin/env python3
"""Builds ../knowledge/drugs.tsv.

usage: drugs.py FACTS        FACTS holds drugs.tsv and cpic_gene_drug_pairs.tsv (see ../../NOTICE for their origin)

CPIC's pairs give names, RxNorm, ATC and the levels per gene; FACTS/drugs.tsv gives who covers a drug; drugs_additions.tsv adds
the drugs that the other tables name. The class follows from the ATC code unless the additions give one.
"""
import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "knowledge" / "drugs.tsv"

# Our class for a drug, by the longest matching ATC prefix. Classes that contraindications or rankings use come first.
CLASSES = {
    "N06AA": "tricyclic", "N06AB": "ssri", "N06AF": "maoi", "N06AG": "maoi-reversible", "N06AX16": "snri",
    "N06AX17": "snri", "N06AX21": "snri", "N06AX23": "snri", "N06AX28": "snri", "N06AX": "antidepressant-other",
    "N06BA": "stimulant", "N06BA09": "nri", "N06AX09": "nri", "N06BA07": "wake-promoting", "N06BA13": "wake-promoting",
    "N05A": "antipsychotic", "N05AN": "mood-stabiliser", "N05BA": "benzodiazepine", "N05CD": "benzodiazepine",
    "N03AE": "benzodiazepine", "N05BE": "anxiolytic-other", "N05BB": "anxiolytic-other", "N03A": "antiepileptic",
    "N02BF": "antiepileptic", "N02CC": "triptan", "N02A": "opioid", "N07BC": "opioid", "N01AH": "opioid",
    "R05DA": "opioid", "R05DA09": "antitussive", "N01AB": "volatile-anaesthetic", "N02BG09": "volatile-anaesthetic",
    "M03AB": "depolarising-relaxant", "N01B": "local-anaesthetic", "M01A": "nsaid", "M01AH": "nsaid", "C10AA": "statin",
    "B01AA": "vitamin-k-antagonist", "B01AE": "direct-oral-anticoagulant", "B01AF": "direct-oral-anticoagulant",
    "B01AC": "antiplatelet", "A02BC": "proton-pump-inhibitor", "A02BA": "h2-blocker", "C07": "beta-blocker",
    "C01BA": "antiarrhythmic-1a", "C01BB": "antiarrhythmic-1b", "C01BC": "antiarrhythmic-1c", "C01BD": "antiarrhythmic-3",
    "J01G": "aminoglycoside", "J01FA": "macrolide", "J01MA": "fluoroquinolone", "J01E": "sulfonamide", "J02A": "azole",
    "J05AG": "nnrti", "J05AE": "protease-inhibitor", "J05AJ": "integrase-inhibitor", "L01BB": "thiopurine",
    "L04AX01": "thiopurine", "L01BC": "fluoropyrimidine", "A10BB": "sulfonylurea", "G04BD": "antimuscarinic",
    "A04AA": "antiemetic-5ht3", "N07XX06": "vmat2-inhibitor", "N07XX13": "vmat2-inhibitor", "N07XX16": "vmat2-inhibitor",
    "N06D": "cholinesterase-inhibitor", "P01B": "antimalarial", "L04AD": "calcineurin-inhibitor", "J04A": "antimycobacterial",
}
# CredibleMeds, "known risk of torsades de pointes" (crediblemeds.org): the drugs of the list that are in our tables.
QT_KNOWN_RISK = set("""
amiodarone; arsenic trioxide; azithromycin; chloroquine; chlorpromazine; cilostazol; ciprofloxacin; citalopram; clarithromycin;
disopyramide; dofetilide; domperidone; donepezil; dronedarone; droperidol; erythromycin; escitalopram; flecainide; fluconazole;
haloperidol; ibutilide; levofloxacin; levomepromazine; methadone; mobocertinib; moxifloxacin; ondansetron; oxaliplatin; pimozide;
procainamide; quinidine; sevoflurane; sotalol; sulpiride; terfenadine; thioridazine; vandetanib
""".replace("\n", " ").split(";"))
QT_KNOWN_RISK = {name.strip() for name in QT_KNOWN_RISK}
NOT_A_CLASS = {"flucytosine": "antifungal", "caffeine": "xanthine", "mirabegron": "beta3-agonist"}


def rows(path):
    with open(path, encoding="utf-8") as file:
        lines = (line.rstrip("\n") for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def codes(cell):
    return [code.strip() for code in cell.replace(",", ";").split(";") if code.strip() not in ("", "NA")]


def drug_class(name, atc):
    if name in NOT_A_CLASS:
        return NOT_A_CLASS[name]
    found = [(len(prefix), CLASSES[prefix]) for code in atc for prefix in CLASSES if code.startswith(prefix)]
    return max(found)[1] if found else ""


def main(facts):
    drugs = {}

    def drug(name):
        return drugs.setdefault(name, dict(
            kind="ingredient", rxnorm=[], atc=[], synonyms=[], drug_class="", ingredients=[], cpic={}, clinpgx={}, label={},
            coverage=[]))

    def add(entry, key, values):
        entry[key] += [value for value in values if value not in entry[key]]

    for row in rows(facts / "cpic_gene_drug_pairs.tsv"):
        entry = drug(row["drug"].lower())
        add(entry, "rxnorm", codes(row["rxnorm"]))
        add(entry, "atc", codes(row["atc"]))
        for key, column in (("cpic", "cpiclevel"), ("clinpgx", "pharmgkblevel"), ("label", "fdalabel")):
            value = row[column].strip()
            if value and value != "NA":
                entry[key].setdefault(row["gene"], value)
    words = {"cpic": "cpic", "dpwg": "dpwg", "fda_label": "fda-label", "fda_pgx_assoc": "fda-association"}
    for row in rows(facts / "drugs.tsv"):
        entry = drug(row["drug"].lower())
        add(entry, "coverage", [word for column, word in words.items() if row[column] == "1"])
    for row in rows(HERE / "drugs_additions.tsv"):
        entry = drug(row["drug"])
        entry["kind"] = row["kind"]
        for key in ("rxnorm", "atc", "synonyms", "ingredients"):
            add(entry, key, [value for value in row[key].split(";") if value])
        entry["drug_class"] = row["class"]
    names = set(drugs)
    unknown = QT_KNOWN_RISK - names
    if unknown:
        sys.exit(f"no row for {sorted(unknown)}")
    with open(OUT, "w", encoding="utf-8") as out:
        out.write(
            "# The drug dictionary. Built by Resources/build/drugs.py.\n"
            "# Levels, RxNorm and ATC of CPIC's pairs: CPIC (cpicpgx.org), CC0 1.0, as of 2025-11; ClinPGx levels: ClinPGx\n"
            "# (clinpgx.org), CC BY-SA 4.0: share alike. Coverage: ClinPGx drug list of 2025-11-05, CC BY-SA 4.0.\n"
            "# RxNorm of further drugs: U.S. National Library of Medicine (unrestricted part); courtesy of NLM, which does not\n"
            "# endorse this product. ATC: WHO Collaborating Centre for Drug Statistics Methodology. Classes and synonyms: our own.\n"
            "# Flag qt-known-risk: CredibleMeds (crediblemeds.org), list of drugs with a known risk of torsades de pointes, as facts.\n")
        columns = "drug kind rxnorm atc synonyms class flags ingredients cpic_level clinpgx_level fda_label coverage".split()
        out.write("\t".join(columns) + "\n")
        for name in sorted(names):
            entry = drugs[name]
            per_gene = [";".join(f"{gene}:{value}" for gene, value in sorted(entry[key].items()))
                        for key in ("cpic", "clinpgx", "label")]
            fields = [name, entry["kind"], ";".join(entry["rxnorm"]), ";".join(entry["atc"]), ";".join(entry["synonyms"]),
                      entry["drug_class"] or drug_class(name, entry["atc"]), "qt-known-risk" if name in QT_KNOWN_RISK else "",
                      ";".join(entry["ingredients"])]
            out.write("\t".join(fields + per_gene + [";".join(entry["coverage"])]) + "\n")
    print(f"{len(names)} drugs, {sum(1 for d in drugs.values() if d['rxnorm'])} with RxNorm, "
          f"{sum(1 for d in drugs.values() if d['atc'])} with ATC")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
