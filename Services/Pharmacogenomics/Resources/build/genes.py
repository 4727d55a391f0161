#!/usr/bin/env python3
"""Builds the gene tables of ../knowledge from a directory of pharmacogenomic facts.

    genes.py FACTS-DIRECTORY [OUTPUT-DIRECTORY]

Python 3.9 or later, standard library only; the same input gives the same bytes. The facts are described in NOTICE:
allele definitions, functions and diplotypes (PharmCAT, PyPGx). Next to this script stands genes-supplement.tsv with the
functions that the facts lack (see genes_supplement.py).

What is derived here, and how it is checked:

- GRCh37 positions. Known pairs of positions come from PyPGx. A position without a pair of its own gets the offset of its
  nearest known neighbours on both sides of it (of the one side where it lies outside them), if they agree; otherwise the
  cell stays empty. Genes whose pairs have more than one offset are reported on standard error.
- Phenotype rules. The published diplotypes are folded into one row per pair of functions; where a pair has more than one
  phenotype the script stops, or the odd ones go to phenotype-exceptions.tsv when they are fewer than one in fifty. Every
  published row is then looked up in what was written.
"""

import collections
import csv
import gzip
import itertools
import json
import pathlib
import re
import sys

VERSION = {"version": "2025.11", "released": "2025-11-05"}

# Published facts about genes as a whole: PharmCAT 3.1.1, "Named Allele Matcher 101" and "Gene Definition Exceptions".
OUTSIDE_CHROMOSOMES = {"CYP2D6": "22", "HLA-A": "6", "HLA-B": "6", "MT-RNR1": "MT"}
LOWEST_FUNCTION = {"DPYD", "RYR1"}
UNDOCUMENTED_AS_REFERENCE = {"CACNA1S", "DPYD", "G6PD", "NUDT15", "RYR1", "TPMT"}
HEMIZYGOUS_IN_MALES = {"G6PD"}
MONOALLELIC = {"MT-RNR1"}
ACTIVITY_SCORE = {"CYP2C9", "CYP2D6", "DPYD"}
ALLELE_PRESENCE = {"HLA-A", "HLA-B"}
# Genes that CPIC names alleles of, but publishes no phenotype for.
GENOTYPE_ONLY = {"CYP4F2", "IFNL3"}
# Everything else is CPIC's; functions of CYP3A4 were assigned by ClinPGx for the guidelines of DPWG.
PHENOTYPE_SOURCES = {"CYP3A4": "DPWG"}

IUPAC = {"R": "AG", "Y": "CT", "M": "AC", "K": "GT", "S": "CG", "W": "AT", "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG",
         "N": "ACGT"}

# The same deletion (chr19:38499644 TGGA>T) under PyPGx's older name and CPIC's.
RENAMED = {"c.7039_7041delGAG": "c.7042_7044delGAG"}

# Functions that do not take away or add anything, or of which nothing is known.
UNALTERED = {"", "n/a", "Normal function", "Uncertain function", "Unknown function", "IV/Normal",
             "Normal coumarin sensitivity", "Favorable response allele"}

CPIC = "CPIC (CC0 1.0)"
DEFINITIONS = "ClinPGx and PharmVar allele definitions (CC BY-SA 4.0) and CPIC (CC0 1.0), out of PharmCAT 3.1.1 (MPL-2.0)"
PYPGX = "PyPGx (MIT)"


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8", newline="")
    with opened as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t",
                                  quoting=csv.QUOTE_NONE)


def natural(name):
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


def number(text):
    """A decimal in its shortest form; empty for `n/a` and for nothing."""
    return "" if text in ("", "n/a", "N/A", None) else str(float(text)).removesuffix(".0")


def write(directory, name, comments, columns, table):
    lines = [f"# {comment}" for comment in comments] + ["\t".join(columns)]
    for row in table:
        if len(row) != len(columns) or any("\t" in str(cell) or "\n" in str(cell) for cell in row):
            sys.exit(f"{name}: cannot be written: {row}")
        lines.append("\t".join(str(cell) for cell in row))
    (directory / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(table)} rows", file=sys.stderr)


class Facts:
    """What the facts directory says, as it stands there."""

    def __init__(self, directory):
        self.directory = directory
        self.genes = {row["gene"]: row for row in rows(directory / "genes.tsv")}
        self.positions = collections.defaultdict(list)
        for row in rows(directory / "positions.tsv"):
            self.positions[row["gene"]].append(row)
        self.alleles = collections.defaultdict(list)
        for row in rows(directory / "named_alleles.tsv"):
            self.alleles[row["gene"]].append(row)
        self.definitions = collections.defaultdict(list)
        for row in rows(directory / "allele_definitions.tsv.gz"):
            self.definitions[row["gene"], row["allele"]].append(row)
        self.functions = {}
        for row in rows(directory / "allele_function.tsv"):
            self.functions[row["gene"], row["allele"]] = (row["function"], number(row["activity_value"]))
        for row in rows(pathlib.Path(__file__).with_name("genes-supplement.tsv")):
            self.functions[row["gene"], row["allele"]] = (row["function"], row["activity_value"])
        self.exemptions = json.loads((directory / "exemptions.json").read_text(encoding="utf-8"))
        self.reported = {row["Gene"]: [name for name in (row["Named Alleles"] or "").split(";") if name]
                         for row in rows(directory / "pharmcat_phenotypes.tsv")}
        self.suballeles = {}
        for path in sorted((directory / "definition_json").glob("*.json.gz")):
            data = json.loads(gzip.open(path, "rt", encoding="utf-8").read())
            for allele, core in data["suballelesMap"].items():
                self.suballeles[data["gene"], allele] = core

    def function(self, gene, allele):
        """The function and the activity value of an allele; a suballele has those of its core allele."""
        found = self.functions.get((gene, allele)) or self.functions.get((gene, self.suballeles.get((gene, allele))))
        if found:
            return found
        return tandem(self, gene, allele) if gene == "CYP2D6" else ("", "")


def tandem(facts, gene, allele):
    """A CYP2D6 tandem (`*36 + *10x2`) or duplication without an entry of its own has the sum of its parts' values (the
    rule of the activity score: every copy counts)."""
    total = 0.0
    for part in allele.split(" + "):
        name, _, copies = part.partition("x")
        own = facts.functions.get((gene, part), ("", ""))[1]
        single = facts.functions.get((gene, name), ("", ""))[1]
        if own:
            total += float(own)
        elif single and (not copies or copies.isdigit()):
            total += float(single) * int(copies or 1)
        else:
            return ("", "")
    if " + " not in allele and "x" not in allele:
        return ("", "")
    words = [(0, "No function"), (0.75, "Decreased function"), (1, "Normal function"), (99, "Increased function")]
    return (next(word for limit, word in words if total <= limit), number(str(total)))


def build_positions(facts):
    """The rows of positions.tsv, and per gene the index of a (chromosome, position, reference) and the VCF alleles."""
    pairs = collections.defaultdict(list)
    own = {}
    for row in rows(facts.directory / "pypgx_variants.tsv"):
        if row["grch37position"].isdigit() and row["grch38position"].isdigit():
            pairs[row["gene"]].append((int(row["grch38position"]), int(row["grch37position"])))
            key = (row["chromosome"], int(row["grch38position"]))
            own.setdefault(key, []).append((row["grch38allele"], row["grch37allele"], int(row["grch37position"])))
    known = {gene: sorted(set(values)) for gene, values in pairs.items()}
    table, index, alternates, lifted = [], {}, {}, collections.Counter()
    for gene in sorted(facts.positions):
        exemption = facts.exemptions.get(gene, {})
        required = set(exemption.get("requiredPositions", []))
        listed = [(row["chrom"], int(row["pos"]), row["rsid"] or row["hgvs_g"], row["ref"], row["alts"].split(","),
                   "defining") for row in facts.positions[gene]]
        for role, key in (("extra", "extraPositions"), ("ignored", "ignoredPositions")):
            listed += [(entry["chromosome"], entry["position"], entry["rsid"] or entry["chromosomeHgvsName"],
                        entry["ref"], entry["alts"], role) for entry in exemption.get(key, [])]
        offsets = sorted({after - before for after, before in known.get(gene, [])})
        if len(offsets) != 1:
            print(f"{gene}: offsets between the builds: {offsets}", file=sys.stderr)
        for number_, (chromosome, place, name, reference, others, role) in enumerate(listed):
            chromosome = chromosome.removeprefix("chr")
            exact = [entry for entry in own.get((chromosome, place), []) if len(entry[0]) == len(reference)]
            reference37 = ""
            lift = lift_by_neighbours(place, known.get(gene, []))
            if exact:
                place37 = exact[0][2]
                if lift not in (None, place37) and len(offsets) == 1:
                    sys.exit(f"{gene} {place}: a known pair disagrees with its neighbours")
                if exact[0][0] == reference and exact[0][1] != reference:
                    reference37 = exact[0][1]
                lifted["known pair"] += 1
            else:
                place37 = lift or ""
                lifted["by offset" if lift else "not established"] += 1
            index[gene, place, reference, role] = number_
            alternates[gene, number_] = [reference] + others
            table.append([gene, number_, chromosome, place, place37, name, reference, ";".join(others), reference37,
                          role, int(place in required and role == "defining"), 0])
    print(f"GRCh37 positions: {dict(lifted)}", file=sys.stderr)
    return table, index, alternates


def lift_by_neighbours(place, pairs):
    """The GRCh37 position by the offset that the nearest known pairs on both sides share; None when they do not."""
    below = [after - before for after, before in pairs if after <= place]
    above = [after - before for after, before in pairs if after >= place]
    near = set(below[-1:] + above[:1])
    return place - near.pop() if len(near) == 1 else None


def expand(row, variant):
    """The VCF alleles that a definition accepts at a position."""
    if row["ref_or_alt"] != "iupac":
        return [row["vcf_allele"]]
    mapping = dict(entry.split("=", 1) for entry in variant["cpic_to_vcf"].split(";"))
    return [mapping.get(base, base) for base in IUPAC[row["cpic_allele"]]]


def build_alleles(facts, positions, index, alternates):
    table, altering = [], collections.defaultdict(set)
    variants = {(row["gene"], row["chrom"], row["pos"]): row for row in itertools.chain(*facts.positions.values())}
    for gene in sorted(facts.genes):
        named = sorted(facts.alleles.get(gene, []), key=lambda row: row["is_reference"] != "1")
        defined = {row["allele"] for row in named}
        ignored = set(facts.exemptions.get(gene, {}).get("ignoredAlleles", []))
        assigned = any(facts.function(gene, row["allele"])[0] for row in named)
        for row in named:
            allele = row["allele"]
            function, activity = facts.function(gene, allele)
            kind = "reference" if row["is_reference"] == "1" else "allele"
            parts = []
            for entry in facts.definitions[gene, allele]:
                variant = variants[gene, entry["chrom"], entry["pos"]]
                place = index[gene, int(entry["pos"]), variant["ref"], "defining"]
                accepted = sorted(expand(entry, variant), key=alternates[gene, place].index)
                parts.append((place, accepted))
                if kind == "allele" and variant["ref"] not in accepted and (function not in UNALTERED or not assigned):
                    altering[gene].add(place)
            parts.sort()
            definition = ";".join(f"{place}={','.join(bases)}" for place, bases in parts)
            if kind == "reference":
                if len(parts) != len(facts.positions[gene]):
                    sys.exit(f"{gene} {allele}: the reference allele does not define every position")
                if all(bases == alternates[gene, place][:1] for place, bases in parts):
                    definition = "*"
            core = facts.suballeles.get((gene, allele), "")
            table.append([gene, allele, row["clinpgx_id"], kind, core, function, activity, definition])
        extra = set(facts.reported.get(gene, [])) | {name for g, name in facts.functions if g == gene}
        cores = {core for (g, _), core in facts.suballeles.items() if g == gene}
        for allele in sorted(extra - defined, key=natural):
            function, activity = facts.function(gene, allele)
            name_only = not named or gene == "G6PD" or allele in cores or allele in ignored
            table.append([gene, allele, "", "reported" if name_only else "structural", "", function, activity, ""])
    for row in positions:
        row[-1] = int(row[1] in altering[row[0]])
    return table


def pypgx_functions(facts):
    """The functions that PyPGx's diplotypes of RYR1 were made from, in CPIC's words. Where CPIC has changed one since,
    alleles.tsv has the newer; the difference is reported."""
    words = {"Uncertain Function": "Uncertain function", "Normal Function": "Normal function",
             "Malignant Hyperthermia Associated": "Malignant Hyperthermia associated"}
    functions = {}
    for row in rows(facts.directory / "pypgx_alleles.tsv"):
        if row["gene"] == "RYR1":
            name = RENAMED.get(row["starallele"], row["starallele"])
            functions["RYR1", name] = words[row["function"]]
            newer = facts.function("RYR1", name)[0]
            if newer != words[row["function"]]:
                print(f"RYR1 {name}: {words[row['function']]} with PyPGx, {newer} with CPIC", file=sys.stderr)
    return functions


def build_rules(facts):
    """Pairs of functions, ranges of scores and exceptions, out of the published diplotypes."""
    older = pypgx_functions(facts)

    def function(gene, name):
        return older.get((gene, name)) or facts.function(gene, name)[0]

    published = collections.defaultdict(list)
    for row in rows(facts.directory / "diplotype_phenotype.tsv.gz"):
        published[row["gene"]].append((tuple(row["diplotype"].split("/")), row["phenotype"], row["gene_result"],
                                       number(row["activity_score"])))
    for row in rows(facts.directory / "pypgx_diplotype_phenotype.tsv.gz"):
        if row["gene"] in ("G6PD", "RYR1"):
            alleles = tuple(name for name in pypgx_alleles(row["diplotype"], facts) if name != "MALE")
            phenotype = row["phenotype"].removeprefix("G6PD ")
            published[row["gene"]].append((alleles, phenotype, phenotype, ""))
    pairs, exceptions = [], []
    for gene in sorted(published):
        seen = collections.defaultdict(collections.Counter)
        for alleles, phenotype, result, _ in published[gene]:
            seen[tuple(sorted(function(gene, name) for name in alleles))][phenotype, result] += 1
        if gene not in ACTIVITY_SCORE:
            chosen = {}
            for functions, outcomes in sorted(seen.items()):
                (phenotype, result), count = outcomes.most_common(1)[0]
                if sum(outcomes.values()) > count * 1.02:
                    sys.exit(f"{gene} {functions}: no rule: {dict(outcomes)}")
                chosen[functions] = phenotype
                pairs.append([gene, functions[0], functions[1] if len(functions) > 1 else "", phenotype, result])
            exceptions += [[gene, alleles[0], alleles[-1], phenotype, score]
                           for alleles, phenotype, _, score in published[gene]
                           if chosen[tuple(sorted(function(gene, name) for name in alleles))] != phenotype]
    scores = []
    for row in rows(facts.directory / "activity_score_ranges.tsv"):
        scores.append([row["gene"], "CPIC", *bounds(row["equation"]), row["phenotype"]])
    for gene in sorted(ACTIVITY_SCORE):
        scores.append([gene, "CPIC", "", "", "", "", "Indeterminate"])
    for gene in sorted(ACTIVITY_SCORE & published.keys()):
        for alleles, phenotype, _, score in published[gene]:
            values = [facts.function(gene, name)[1] for name in alleles]
            total = "" if "" in values else number(str(sum(map(float, values))))
            if total != score or in_range(gene, total, scores) != phenotype:
                exceptions.append([gene, alleles[0], alleles[-1], phenotype, score])
    print(f"published diplotypes checked: {sum(map(len, published.values()))}", file=sys.stderr)
    return sorted(pairs), sorted(scores, key=lambda row: (row[0], row[2] == "", row[2])), sorted(exceptions)


def pypgx_alleles(diplotype, facts):
    """The alleles of a diplotype whose names may hold a slash of their own, as CPIC names them."""
    for older, newer in RENAMED.items():
        diplotype = diplotype.replace(older, newer)
    known = {name for gene, name in facts.functions if gene in ("G6PD", "RYR1")} | {"MALE"}
    for at in (match.start() for match in re.finditer("/", diplotype)):
        if {diplotype[:at], diplotype[at + 1:]} <= known:
            return diplotype[:at], diplotype[at + 1:]
    sys.exit(f"unknown diplotype {diplotype}")


def bounds(equation):
    """`0 <= score < 1`, `2 == score` or `2.5 <= score` as lower, its closedness, upper, its closedness."""
    match = re.fullmatch(r"([\d.]+) (<=|<|==) score(?: (<=|<) ([\d.]+))?", equation)
    if not match:
        sys.exit(f"unknown range {equation}")
    lower, relation, above, upper = match.groups()
    if relation == "==":
        return number(lower), 1, number(lower), 1
    return number(lower), int(relation == "<="), number(upper), int(above == "<=")


def in_range(gene, total, scores):
    for row_gene, _, lower, lower_closed, upper, upper_closed, phenotype in scores:
        if row_gene != gene or (lower == "") != (total == ""):
            continue
        if total == "":
            return phenotype
        score, low, high = float(total), float(lower), float(upper or "inf")
        if (score > low or (lower_closed and score == low)) and (score < high or (upper_closed and score == high)):
            return phenotype
    return None


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    facts = Facts(pathlib.Path(sys.argv[1]))
    output = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else pathlib.Path(__file__).parent.parent / "knowledge"
    positions, index, alternates = build_positions(facts)
    alleles = build_alleles(facts, positions, index, alternates)
    pairs, scores, exceptions = build_rules(facts)
    genes = []
    for gene in sorted(facts.genes):
        chromosome = OUTSIDE_CHROMOSOMES.get(gene) or facts.positions[gene][0]["chrom"].removeprefix("chr")
        calling = "outside" if facts.genes[gene]["called_by"] == "outside" else (
            "lowest-function" if gene in LOWEST_FUNCTION else "named")
        method = ("activity-score" if gene in ACTIVITY_SCORE else "allele-presence" if gene in ALLELE_PRESENCE
                  else "genotype" if gene in GENOTYPE_ONLY else "function-pair")
        genes.append([gene, chromosome, calling, int(gene in HEMIZYGOUS_IN_MALES), int(gene in MONOALLELIC),
                      int(gene in UNDOCUMENTED_AS_REFERENCE), method,
                      "" if method == "genotype" else PHENOTYPE_SOURCES.get(gene, "CPIC")])
    priorities = [[gene, ";".join(entry["list"]), entry["pick"]] for gene in sorted(facts.exemptions)
                  for entry in facts.exemptions[gene]["unphasedDiplotypePriorities"]]
    made = "Made by build/genes.py; see NOTICE."

    write(output, "knowledge.tsv", ["The knowledge release: version and date of the gene facts.", made],
          ["key", "value"], [list(entry) for entry in VERSION.items()])
    write(output, "genes.tsv",
          ["Genes: how their alleles are called and how a phenotype is found.",
           f"Origin: {DEFINITIONS}. Licence of this file: CC BY-SA 4.0.", made],
          ["gene", "chromosome", "calling", "hemizygous_in_males", "monoallelic", "undocumented_as_reference",
           "phenotype_method", "phenotype_source"], genes)
    write(output, "positions.tsv",
          ["Positions that define named alleles; 1-based, alleles as in VCF (plus strand).",
           f"Origin: {DEFINITIONS}; GRCh37 by {PYPGX} and derived. Licence of this file: CC BY-SA 4.0.",
           "grch37_reference: only where it is known to differ. alters_function: an allele of altered function is defined"
           " there (genes without assigned functions: every position).", made],
          ["gene", "index", "chromosome", "grch38", "grch37", "identifier", "reference", "alternates",
           "grch37_reference", "role", "required", "alters_function"], positions)
    write(output, "alleles.tsv",
          ["Named alleles: definition, clinical function, activity value.",
           f"Origin: {DEFINITIONS}; functions {CPIC}. Licence of this file: CC BY-SA 4.0.",
           "definition: position index=bases, joined by `;` (several bases: either); `*` = the reference base everywhere."
           " core: the allele by whose name it is reported.",
           "activity_value of CYP2D6 *1x>=3 and *2x>=3 (CPIC: >=3.0) is its least; tandems without an entry of CPIC's have"
           " the sum of their parts.", made],
          ["gene", "allele", "identifier", "kind", "core", "function", "activity_value", "definition"], alleles)
    write(output, "unphased-priorities.tsv",
          ["Which diplotype to prefer when unphased data fit all of a list; the first list that fits wins.",
           "Origin: PharmCAT 3.1.1 (MPL-2.0), ClinPGx (CC BY-SA 4.0). Licence of this file: CC BY-SA 4.0.", made],
          ["gene", "diplotypes", "pick"], priorities)
    write(output, "phenotype-functions.tsv",
          ["Phenotype by the functions of two alleles, in either order; no second function: the only allele.",
           f"Origin: derived from diplotypes of {CPIC}, CYP3A4: ClinPGx for DPWG (CC BY-SA 4.0); PharmCAT 3.1.1, {PYPGX}.",
           made],
          ["gene", "function1", "function2", "phenotype", "gene_result"], pairs)
    write(output, "phenotype-scores.tsv",
          ["Phenotype by activity score; an empty upper bound is none; no bounds: a diplotype without a score.",
           f"Origin: {CPIC}, out of {PYPGX}.", made],
          ["gene", "source", "lower", "lower_closed", "upper", "upper_closed", "phenotype"], scores)
    write(output, "phenotype-exceptions.tsv",
          ["Diplotypes whose published phenotype the rules do not give.", f"Origin: {CPIC}.", made],
          ["gene", "allele1", "allele2", "phenotype", "activity_score"], exceptions)


if __name__ == "__main__":
    main()
