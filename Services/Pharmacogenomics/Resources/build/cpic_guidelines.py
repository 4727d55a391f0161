"""Builds knowledge/guidelines-cpic.tsv and knowledge/pairs-not-covered.tsv.

    python3 cpic_guidelines.py DATABASE FACTS KNOWLEDGE

DATABASE   directory with CPIC's recommendations, one JSON file a drug, as CPIC's database 1.30.0 (2023-08) gave them; they
           lie in the public history of github.com/PharmGKB/PharmCAT at 76bfe08c85fc1b63d014445e3d7dd883cf7088cf under
           src/main/resources/org/pharmgkb/pharmcat/reporter/guidelines/cpic. CPIC's content is CC0 1.0.
FACTS      directory with cpic_gene_drug_pairs.tsv, cpic_recommendations_text.tsv, cpic_recommendation_strength.tsv
KNOWLEDGE  where the tables are written

The texts are read by rules (cpic_text, cpic_meaning); what CPIC published outside that database stands in cpic_curated
with its citation. Every row of the database, and every row of the two older tables in FACTS, must be answered by a row of
our table or be listed with a reason, otherwise the script fails.
"""

import csv
import json
import os
import sys

import cpic_conditions
import cpic_curated
import cpic_meaning
import cpic_sources
import cpic_text

COLUMNS = ["source", "guideline", "version", "drug", "population", "condition", "actions", "strength", "risk",
           "implication", "citation"]
STRENGTH = {"Strong": "strong", "Moderate": "moderate", "Optional": "optional", "No Recommendation": "none", "n/a": "none"}
# CPIC's population words as words of our own, in the order in which a drug's rows are listed.
POPULATIONS = {
    "general": "general", "adults": "adults", "pediatrics": "pediatrics", "child >40kg_adult": "adults and children above 40 kg",
    "<= 1g per day": "up to 1 g per day", "CVI ACS PCI": "acute coronary syndrome or PCI",
    "CVI non-ACS non-PCI": "other cardiovascular disease", "NVI": "neurovascular disease",
    "CBZ naive": "not yet treated", "CBZ-no alternatives": "not yet treated, no alternative",
    "CBZ use >3mos": "tolerated over 3 months", "PHT naive": "not yet treated", "PHT use >3mos": "tolerated over 3 months",
    "OXC naive": "not yet treated", "OXC use >3 mos": "tolerated over 3 months",
}
HEADER = """# CPIC recommendations as structured actions of our own wording.
# Facts: Clinical Pharmacogenetics Implementation Consortium (CPIC, cpicpgx.org), CC0 1.0: database 1.30.0 (2023-08) and, for
# what it lacks, the guidelines cited in the last column. Not for clinical use without review.
# version: year (or year-month) of the content; CPIC states no recommendation where actions are `no-recommendation`.
# Built by Resources/build/cpic_guidelines.py.
"""


def database_rows(directory):
    """(row for row of the table, its lookup keys) of every recommendation of CPIC's database, before merging."""
    for name in sorted(os.listdir(directory)):
        with open(os.path.join(directory, name), encoding="utf-8") as file:
            drug = json.load(file)
        for found in drug["recommendations"] or []:
            yield drug, found


def outcome(drug, found):
    """What the table says of one recommendation, without its condition."""
    name = drug["drugname"].lower()
    actions = cpic_text.actions(drug["drugname"], found["drugrecommendation"])
    actions += [code for code in cpic_curated.added_actions(name, found["lookupkey"]) if code not in actions]
    risk, implication = cpic_meaning.of_genes(cpic_curated.implications(name, found))
    strength = STRENGTH[found["classification"].strip()]
    if actions == ["no-recommendation"]:
        strength = "none"
    newest = max(drug["citations"], key=lambda citation: citation["year"])
    return (POPULATIONS[found["population"].strip()], "+".join(actions), strength, risk, implication,
            guideline(drug["url"]), cpic_curated.VERSIONS.get(name, str(newest["year"])), "PMID:" + newest["pmid"])


def guideline(url):
    """The last part of a guideline's address without `cpic-` and `guideline-for-`."""
    name = url.rstrip("/").split("/")[-1]
    for prefix in ("cpic-", "guideline-for-", "guideline-"):
        name = name.removeprefix(prefix)
    return name


def table(directory):
    """The rows of the table: database first, then what is curated, by drug."""
    rows = []
    merged = {}
    for drug, found in database_rows(directory):
        name = drug["drugname"].lower()
        if cpic_curated.replaces(name, found["lookupkey"]):
            continue
        genes = sorted(drug["genes"])
        cells = tuple(cpic_conditions.cell(gene, found["lookupkey"][gene]) for gene in genes)
        merged.setdefault((name, tuple(genes), outcome(drug, found)), []).append(cells)
    for (name, genes, said), cells in merged.items():
        population, actions, strength, risk, implication, title, version, citation = said
        for condition in cpic_conditions.conditions(list(genes), cells):
            rows.append(["CPIC", title, version, name, population, condition, actions, strength, risk, implication, citation])
    rows += cpic_curated.rows()
    order = list(dict.fromkeys(POPULATIONS.values())) + cpic_curated.POPULATIONS
    rows.sort(key=lambda row: (row[3], order.index(row[4])))
    return rows


def write(path, header, columns, rows):
    """Writes one table; no field may hold a tab or a line end."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(header)
        for row in [columns] + rows:
            if any("\t" in field or "\n" in field for field in row):
                raise ValueError("a field holds a tab or a line end: %r" % row)
            file.write("\t".join(row) + "\n")


def main(database, facts, knowledge):
    rows = table(database)
    keys = [tuple(row[index] for index in (1, 3, 4, 5)) for row in rows]
    doubles = {key for key in keys if keys.count(key) > 1}
    if doubles:
        raise ValueError("said twice: %s" % sorted(doubles))
    for drug, found in database_rows(database):
        name, population = drug["drugname"].lower(), POPULATIONS[found["population"].strip()]
        answers = [row for row in rows if row[3] == name and row[4] == population
                   and cpic_conditions.holds(row[5], found["lookupkey"])]
        if len(answers) != 1:
            raise ValueError("%s %s %s: %d rows answer" % (name, population, found["lookupkey"], len(answers)))
    with open(os.path.join(facts, "cpic_gene_drug_pairs.tsv"), encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    open_pairs = cpic_sources.account_for_pairs(pairs, rows)
    counts = cpic_sources.account_for_older_tables(facts, rows)
    write(os.path.join(knowledge, "guidelines-cpic.tsv"), HEADER, COLUMNS, rows)
    write(os.path.join(knowledge, "pairs-not-covered.tsv"), cpic_sources.PAIRS_HEADER,
          ["gene", "drug", "level", "status", "reason"], open_pairs)
    print("%d rows, %d drugs; %d pairs not covered; older tables: %s" % (
        len(rows), len({row[3] for row in rows}), len(open_pairs), counts))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
