"""PyPGx on VCF files that are phased, so that it needs neither a reference panel nor Beagle: alleles, genotypes and phenotypes."""

import json
import resource
import sys
import time
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")

from fuc import pyvcf  # noqa: E402
from pypgx.api import genotype, utils  # noqa: E402


def run(path, genes):
    """Every gene of every sample of a file; the results as a table by gene."""
    frame = pyvcf.VcfFrame.from_file(path)
    tables = {}
    for gene in genes:
        variants = utils.import_variants(gene, frame, assembly="GRCh38", platform="WGS")
        if variants.type != "VcfFrame[Consolidated]":
            raise SystemExit(f"{gene}: the file is not fully phased")
        alleles = utils.predict_alleles(variants)
        genotypes = genotype.call_genotypes(alleles=alleles)
        phenotypes = utils.call_phenotypes(genotypes)
        tables[gene] = (genotypes.data["Genotype"].to_dict(), phenotypes.data["Phenotype"].to_dict())
    return tables


def main():
    genes, files = sys.argv[1].split(","), sys.argv[2:]
    run(files[0], genes)
    before, wall = time.process_time(), time.perf_counter()
    results = {}
    for path in files:
        for gene, (genotypes, phenotypes) in run(path, genes).items():
            for sample, diplotype in genotypes.items():
                results[f"{sample} {gene}"] = [diplotype, phenotypes[sample]]
    print(json.dumps({
        "version": version("pypgx"), "samples": len({name.split()[0] for name in results}), "results": results,
        "cpuSeconds": time.process_time() - before, "seconds": time.perf_counter() - wall,
        "peakResidentBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
