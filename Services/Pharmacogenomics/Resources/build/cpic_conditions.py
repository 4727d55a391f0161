"""Turns CPIC's lookup keys into conditions: phenotypes where a phenotype is fine enough, ranges of scores where not."""

import itertools

# The scores that CPIC's tables list, by phenotype, and the end of each score's range.
SCORES = {
    "CYP2D6": {
        "Poor Metabolizer": [0.0],
        "Intermediate Metabolizer": [0.25, 0.5, 0.75, 1.0],
        "Normal Metabolizer": [1.25, 1.5, 1.75, 2.0, 2.25],
        "Ultrarapid Metabolizer": [2.5, 2.75, 3.0, 3.25, 3.5, 3.75, 4.0, 5.0, 6.0],
    },
    "CYP2C9": {"Poor Metabolizer": [0.0, 0.5], "Intermediate Metabolizer": [1.0, 1.5], "Normal Metabolizer": [2.0]},
    "DPYD": {"Poor Metabolizer": [0.0, 0.5], "Intermediate Metabolizer": [1.0, 1.5], "Normal Metabolizer": [2.0]},
}
# Best first, so that alternatives are listed in one order.
ORDER = ["Ultrarapid Metabolizer", "Rapid Metabolizer", "Increased Function", "Normal Metabolizer", "Normal Function",
         "Normal", "Variable", "Likely Intermediate Metabolizer", "Intermediate Metabolizer",
         "Possible Intermediate Metabolizer", "Possible Decreased Function", "Decreased Function",
         "Likely Poor Metabolizer", "Poor Metabolizer", "Poor Function", "Deficient", "Deficient with CNSHA",
         "Uncertain Susceptibility", "Malignant Hyperthermia Susceptibility", "Indeterminate"]


def cell(gene, key):
    """One lookup key as (kind, value): score, phenotype, allele or unknown."""
    key = key.strip()
    if key == "No Result":
        return ("unknown", "")
    if gene in SCORES:
        return ("phenotype", "Indeterminate") if key == "n/a" else ("score", float(key.lstrip("≥")))
    if key.endswith((" positive", " negative")):
        allele, status = key.rsplit(" ", 1)
        return ("allele", allele + "=" + status)
    return ("phenotype", key)


def tests(gene, cells):
    """The tests, one a row, that together hold for exactly these cells of a gene."""
    found = []
    scores = sorted(value for kind, value in cells if kind == "score")
    phenotypes = [value for kind, value in cells if kind == "phenotype"]
    if scores:
        for name, members in SCORES[gene].items():
            listed = [score for score in members if score in scores]
            open_end = members[-1] == 6.0 and listed and listed[0] == members[0]
            if listed == members or open_end:
                phenotypes.append(name)
                scores = [score for score in scores if score not in members]
    if phenotypes:
        known = sorted((p for p in phenotypes if p != "Indeterminate"), key=lambda p: (
            ORDER.index(p) if p in ORDER else len(ORDER), p))
        for group in ([known] if known else []) + ([["Indeterminate"]] if "Indeterminate" in phenotypes else []):
            found.append("%s=%s" % (gene, "|".join(group)))
    found += ["%s:score=%s" % (gene, text) for text in ranges(gene, scores)]
    found += ["%s:%s" % (gene, value) for kind, value in sorted(cells, key=str) if kind == "allele"]
    if any(kind == "unknown" for kind, _ in cells):
        found.append(gene + "=unknown")
    return found


def ranges(gene, scores):
    """Half-open ranges from each run of listed scores to the next score that CPIC lists."""
    lattice = list(itertools.chain.from_iterable(SCORES.get(gene, {}).values()))
    result, run = [], []
    for index, score in enumerate(lattice + [None]):
        if score in scores:
            run.append(index)
        elif run:
            first, last = lattice[run[0]], run[-1]
            end = lattice[last + 1] if last + 1 < len(lattice) else None
            result.append("%g.." % first if end is None else "%g..%g" % (first, end))
            run = []
    return result


def conditions(genes, rows):
    """Few conditions that hold together for exactly these rows; rows are tuples of cells in the order of the genes."""
    if len(genes) == 1:
        return tests(genes[0], {row[0] for row in rows})
    first, second = genes
    by_second = {}
    for one, other in rows:
        by_second.setdefault(other, set()).add(one)
    groups = {}
    for other, ones in by_second.items():
        groups.setdefault(frozenset(ones), set()).add(other)
    result = []
    for ones, others in groups.items():
        result += ["%s & %s" % pair for pair in itertools.product(tests(first, ones), tests(second, others))]
    return result


def holds(condition, keys):
    """Whether a condition holds for lookup keys by gene; the inverse of `conditions`, used to account for sources."""
    for part in condition.split(" & "):
        left, right = part.split("=", 1)
        gene, _, subject = left.partition(":")
        kind, value = cell(gene, keys.get(gene, "No Result"))
        if right == "any":
            continue
        if subject == "score":
            low, _, high = right.partition("..")
            if kind != "score" or value < float(low) or (high and value >= float(high)):
                return False
        elif subject:
            if kind != "allele" or value != "%s=%s" % (subject, right):
                return False
        elif right == "unknown":
            if kind != "unknown":
                return False
        else:
            if kind == "score":
                value = next(name for name, members in SCORES[gene].items() if value in members)
            if kind == "unknown" or value not in right.split("|"):
                return False
    return True
