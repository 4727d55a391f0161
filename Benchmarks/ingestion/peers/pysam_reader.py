"""pysam: reads each line's place, alleles, filter and genotype."""

import os

from harness import arguments, measure

import pysam

seconds, files = arguments()


def work():
    records = 0
    for path in files:
        with pysam.VariantFile(path) as file:
            for record in file:
                sample = record.samples[0]
                (record.chrom, record.pos, record.id, record.ref, record.alts, record.filter.keys(), sample["GT"], sample["DP"], sample["GQ"])
                records += 1
    return records, 0


measure(work, size=sum(os.path.getsize(path) for path in files), seconds=seconds)
