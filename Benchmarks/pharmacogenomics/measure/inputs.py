"""Synthetic samples: two named alleles of every gene, drawn at random, written as a phased VCF of GRCh38."""

import random


def table(path):
    """The rows of a knowledge table as dictionaries."""
    columns = None
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if columns is None:
            columns = fields
        else:
            yield dict(zip(columns, fields, strict=True))


def genes(knowledge):
    """By gene: its positions by index and the bases of its alleles by position."""
    found = {}
    for row in table(knowledge / "positions.tsv"):
        found.setdefault(row["gene"], ({}, []))[0][int(row["index"])] = row
    for row in table(knowledge / "alleles.tsv"):
        if row["gene"] in found and row["kind"] in ("reference", "allele") and row["definition"]:
            bases = {}
            if row["definition"] != "*":
                for part in row["definition"].split(";"):
                    index, choices = part.split("=")
                    bases[int(index)] = choices.split(",")[0]
            found[row["gene"]][1].append(bases)
    return found


def samples(knowledge, count, seed):
    """By (chromosome, position): the fixed columns and a genotype for each of the samples."""
    generator = random.Random(seed)
    records = {}
    for positions, alleles in genes(knowledge).values():
        # Six of ten haplotypes are the first allele, the others any: more variation than people have.
        chosen = [[alleles[0] if generator.random() < 0.6 else generator.choice(alleles) for _ in range(2)] for _ in range(count)]
        for index, position in positions.items():
            spelled = [position["reference"], *filter(None, position["alternates"].split(";"))]
            columns = [spelled.index(bases) if (bases := one.get(index)) in spelled else 0 for pair in chosen for one in pair]
            fixed = [position["chromosome"], position["grch38"], position["identifier"], spelled[0], ",".join(spelled[1:]) or "."]
            calls = [f"{columns[2 * sample]}|{columns[2 * sample + 1]}" for sample in range(count)]
            chromosome = position["chromosome"]
            order = 23 if chromosome == "X" else int(chromosome)
            records[order, int(position["grch38"]), index] = (fixed, calls)
    return [records[place] for place in sorted(records)]


def write(path, records, first, count):
    """One VCF of the samples from `first` on."""
    names = [f"S{number}" for number in range(first, first + count)]
    lines = [
        "##fileformat=VCFv4.2", "##reference=GRCh38", '##FILTER=<ID=PASS,Description="All filters passed">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        *(f"##contig=<ID={name}>" for name in [*range(1, 23), "X"]),
        "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *names]),
    ]
    lines += ["\t".join([*fixed, ".", "PASS", ".", "GT", *calls[first:first + count]]) for fixed, calls in records]
    path.write_text("\n".join(lines) + "\n")
    return path


def next_release(knowledge, directory):
    """The release that follows: every recommendation of CPIC on clopidogrel changes its strength, and the version its name."""
    directory.mkdir()
    changed = 0
    for path in knowledge.glob("*.tsv"):
        text = path.read_text()
        if path.name == "knowledge.tsv":
            text = text.replace("version\t", "version\tnext-", 1)
        elif path.name == "guidelines-cpic.tsv":
            lines = text.splitlines()
            columns = next(line for line in lines if line and not line.startswith("#")).split("\t")
            drug, strength = columns.index("drug"), columns.index("strength")
            for number, line in enumerate(lines):
                fields = line.split("\t")
                if len(fields) == len(columns) and fields[drug] == "clopidogrel":
                    fields[strength] = "optional" if fields[strength] != "optional" else "moderate"
                    lines[number] = "\t".join(fields)
                    changed += 1
            text = "\n".join(lines) + "\n"
        (directory / path.name).write_text(text)
    return changed
