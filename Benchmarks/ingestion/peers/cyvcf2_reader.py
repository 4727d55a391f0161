"""cyvcf2: reads each line's place, alleles, filter and genotype."""

import os

from harness import arguments, measure

from cyvcf2 import VCF

seconds, files = arguments()


def work():
    records = 0
    for path in files:
        for variant in VCF(path):
            (variant.CHROM, variant.POS, variant.ID, variant.REF, variant.ALT, variant.FILTER, variant.genotypes, variant.gt_quals)
            records += 1
    return records, 0


measure(work, size=sum(os.path.getsize(path) for path in files), seconds=seconds)
