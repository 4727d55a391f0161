"""Accounts for the gene-drug pairs and for the two older tables of recommendations, row by row."""

import csv
import os
import re

import cpic_conditions

PAIRS_HEADER = """# Gene-drug pairs of CPIC level A, A/B or B for which guidelines-cpic.tsv gives no advice, and why.
# Facts: CPIC's list of pairs (CC0 1.0). Built by Resources/build/cpic_guidelines.py.
"""

NO_SOURCE = "ranked by CPIC, no guideline published; no other source at hand has rows for the gene"
NOT_CALLED = "this gene is not among those that are called"
REASONS = {
    ("IFNL4", "peginterferon alfa-2a"): "IFNL4 is not called; rs12979860 of IFNL3 answers the same question",
    ("IFNL4", "peginterferon alfa-2b"): "IFNL4 is not called; rs12979860 of IFNL3 answers the same question",
    ("CYP2C9", "acenocoumarol"): NO_SOURCE,
    ("CYP4F2", "acenocoumarol"): NO_SOURCE,
    ("CYP4F2", "phenprocoumon"): NO_SOURCE,
    ("CYP2B6", "methadone"): "CPIC's guideline of 2024 states no recommendation",
}
CALLED = ["ABCG2", "CACNA1S", "CFTR", "CYP2B6", "CYP2C19", "CYP2C9", "CYP2D6", "CYP3A4", "CYP3A5", "CYP4F2", "DPYD", "G6PD",
          "HLA-A", "HLA-B", "IFNL3", "MT-RNR1", "NAT2", "NUDT15", "RYR1", "SLCO1B1", "TPMT", "UGT1A1", "VKORC1"]

# Older tables name some results otherwise than CPIC does today.
RENAMED = {
    ("CFTR", "Favorable Response"): "ivacaftor responsive in CF patients",
    ("CFTR", "Unfavorable Response"): "ivacaftor non-responsive in CF patients",
}


MISSPELT = {"nortripyline": "nortriptyline"}
# The words of 2021 for phenotypes, by gene where they differ.
WORDS_2021 = {
    "ultrarapid": "Ultrarapid Metabolizer", "rapid": "Rapid Metabolizer", "normal": "Normal Metabolizer",
    "extensive": "Normal Metabolizer", "intermediate": "Intermediate Metabolizer", "poor": "Poor Metabolizer",
    "low": "Poor Metabolizer", ("slco1b1", "normal"): "Normal Function", ("slco1b1", "intermediate"): "Decreased Function",
    ("slco1b1", "low"): "Poor Function", "carrier": "positive", "noncarrier": "negative", "positive": "positive",
    "negative": "negative",
}


def keys_of_2021(key):
    """Lookup keys by gene from a key such as `cyp2c19poorcyp2d6normal` or `hla-b57:01carrier`; silent genes are left out."""
    keys = {}
    pattern = r"(cyp2c19|cyp2c9|cyp2d6|cyp3a5|slco1b1|tpmt|ugt1a1|hla-[ab])(\d\d:\d\d)?([a-z]*?)(?=cyp|hla|$)"
    for gene, allele, word in re.findall(pattern, key):
        if not word:
            continue
        name = WORDS_2021.get((gene, word)) or WORDS_2021[word]
        if allele:
            name = "*%s %s" % (allele, name)
        elif gene.upper() in cpic_conditions.SCORES:
            name = "%s" % cpic_conditions.SCORES[gene.upper()][name][0]
        keys[gene.upper()] = name
    return keys


def genes_of(condition):
    """The genes that a condition asks about."""
    return {re.split("[:=]", part, maxsplit=1)[0] for part in condition.split(" & ")}


def account_for_pairs(pairs, rows):
    """The pairs without advice, with the reason; fails when a pair of level A, A/B or B has neither."""
    answered = {}
    for row in rows:
        for gene in genes_of(row[5]):
            advice = row[6] != "no-recommendation"
            answered[(gene, row[3])] = answered.get((gene, row[3]), False) or advice
    result = []
    for pair in pairs:
        key = (pair["gene"], pair["drug"].lower())
        if pair["cpiclevel"] not in ("A", "A/B", "B") or answered.get(key):
            continue
        if key in REASONS:
            reason = REASONS[key]
        elif pair["gene"] not in CALLED:
            reason = NOT_CALLED
        elif key in answered and pair["cpiclevelstatus"] == "Provisional":
            reason = "ranked by CPIC, no guideline published; see the other sources"
        else:
            raise ValueError("no row and no reason: %s %s" % key)
        result.append([pair["gene"], pair["drug"].lower(), pair["cpiclevel"], pair["cpiclevelstatus"].lower(), reason])
    return result


def answers(rows, drug, keys):
    """The rows of a drug that hold for these lookup keys."""
    return [row for row in rows if row[3] == drug and cpic_conditions.holds(row[5], keys)]


def account_for_older_tables(facts, rows):
    """Checks that every row of the older tables is answered; gives the counts."""
    counts = {"text": 0, "text-omitted": 0, "strength": 0}
    with open(os.path.join(facts, "cpic_recommendations_text.tsv"), encoding="utf-8") as file:
        for found in csv.DictReader(file, delimiter="\t"):
            combos = [{}]
            for number in (1, 2):
                gene, values = keys_of(found, number)
                if gene:
                    combos = [dict(combo, **{gene: value}) for combo in combos for value in values]
            if all(answers(rows, found["drug"].lower(), combo) for combo in combos):
                counts["text"] += 1
            elif omitted(found):
                counts["text-omitted"] += 1
            else:
                raise ValueError("older text not answered: %s %s" % (found["drug"], combos))
    with open(os.path.join(facts, "cpic_recommendation_strength.tsv"), encoding="utf-8") as file:
        for found in csv.DictReader(file, delimiter="\t"):
            drug = MISSPELT.get(found["drug"], found["drug"])
            keys = {gene: "No Result" for gene in found["genes"].split("+")}
            keys.update(keys_of_2021(found["phenotype_key"]))
            if not answers(rows, drug, keys):
                raise ValueError("older strength not answered: %s %s" % (drug, keys))
            counts["strength"] += 1
    return counts


def omitted(found):
    """Why a row of the older text table has no counterpart; empty when it should have one."""
    if found["gene1"] == "F5":
        return "factor V is not called, and the text is DPWG's"
    if found["gene1"] == "IFNL3" and found["phenotype1"] == "Indeterminate":
        return "a genotype of one position is known or unknown, never indeterminate"
    nothing = all(found[name] in ("None", "Indeterminate") for name in ("phenotype1", "phenotype2"))
    if nothing and found["recommendation"] == "None":
        return "nothing is known of either gene and nothing is said"
    return ""


def keys_of(found, number):
    """(gene, the lookup keys that the named result may stand for)."""
    gene, name = found["gene%d" % number], found["phenotype%d" % number]
    if gene == "None":
        return "", []
    if gene == "IFNL3" and name == "Indeterminate":
        return gene, ["No Result"]
    if gene == "IFNL3":
        return gene, ["rs12979860 variant (T) " + ("positive" if name.startswith("Un") else "negative")]
    if name == "None":
        return gene, ["No Result"]
    if gene in cpic_conditions.SCORES:
        if name == "Indeterminate":
            return gene, ["n/a"]
        return gene, ["%s" % score for score in cpic_conditions.SCORES[gene][name]]
    return gene, [RENAMED.get((gene, name), name)]
