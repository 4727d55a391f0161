"""Reads CPIC's implication of one gene as a class of risk and a few words of our own, by rules in order."""

import re

# (pattern in the implication, risk, words); the first that is found counts.
MEANINGS = [
    (r"^n/a$|^$", None, "unknown"),
    # Immune reactions.
    (r"(low or reduced|normal) risk of .*(hypersensitivity|scar|sjs/ten)", "none", "usual reaction risk"),
    (r"abacavir hypersensitivity", "hypersensitivity", "high hypersensitivity risk"),
    (r"scar$|sjs/ten", "hypersensitivity", "high risk of severe skin reactions"),
    # Hearing, red cells, hyperthermia.
    (r"very high risk of developing hearing loss", "ototoxicity", "very high hearing loss risk"),
    (r"weak or no evidence .*hearing", "unknown", "hearing loss risk hardly known"),
    (r"normal risk of developing hearing", "none", "usual hearing loss risk"),
    (r"low(-to-no)? risk of acute hemolytic", "none", "haemolysis hardly expected"),
    (r"medium risk of acute hemolytic", "haemolysis", "medium haemolysis risk"),
    (r"high risk of acute (e|of)", "haemolysis", "high risk: chronic haemolysis worsens"),
    (r"high risk of acute hemolytic", "haemolysis", "high haemolysis risk"),
    (r"(unknown|variable) risk of acute hemolytic", "unknown", "haemolysis risk needs enzyme test"),
    (r"increased risk of developing malignant hyperthermia", "malignant-hyperthermia", "hyperthermia risk"),
    (r"do not eliminate the chance", "unknown", "hyperthermia not excluded"),
    # Blood counts and fluoropyrimidines.
    (r"greatly increased risk of thiopurine", "toxicity-high", "very high myelosuppression risk"),
    (r"increased risk of thiopurine", "toxicity-increased", "higher myelosuppression risk"),
    (r"normal risk of thiopurine", "none", "usual myelosuppression risk"),
    (r"complete dpd deficiency", "toxicity-high", "no enzyme activity, deadly toxicity possible"),
    (r"decreased dpd activity", "toxicity-high", "partial enzyme activity, severe toxicity possible"),
    (r"normal dpd activity", "none", "usual enzyme activity"),
    # Statins and rosuvastatin's efflux pump.
    (r"highly increased myopathy", "toxicity-high", "much higher exposure, myopathy"),
    (r"increased .*exposure.*(increased myopathy risk|increased risk of myopathy)",
     "toxicity-increased", "higher exposure, myopathy"),
    (r"increased .*exposure.*typical myopathy risk with", "none", "higher exposure, myopathy by dose"),
    (r"increased rosuvastatin exposure compared to normal and decreased", "toxicity-increased", "much higher exposure"),
    (r"increased rosuvastatin exposure", "none", "higher exposure"),
    (r"typical myopathy risk|normal exposure", "none", "usual exposure"),
    # Prodrugs: the active metabolite matters.
    (r"significantly reduced clopidogrel active", "efficacy-lost", "hardly any active metabolite"),
    (r"reduced clopidogrel active", "efficacy-reduced", "less active metabolite"),
    (r"clopidogrel active metabolite", "none", "active metabolite forms"),
    (r"greatly reduced (morphine|o-desmethyltramadol)", "efficacy-lost", "hardly any active metabolite"),
    (r"increased formation of (morphine|o-desmethyltramadol)", "toxicity-high", "much active metabolite"),
    (r"reduced (morphine|o-desmethyltramadol)", "efficacy-reduced", "less active metabolite"),
    (r"expected (morphine|o-desmethyltramadol)|normal hydromorphone", "none", "active metabolite forms"),
    (r"decreased metabolism of hydrocodone|minimal evidence", "unknown", "clinical effect unproven"),
    (r"lower endoxifen", "efficacy-reduced", "less active metabolite"),
    (r"therapeutic endoxifen", "none", "active metabolite forms"),
    (r"greatly decreased o-desmethylvenlafaxine", "toxicity-increased", "much less active metabolite"),
    (r"metabolism of venlafaxine", "unknown", "metabolite ratio shifts, effect unproven"),
    # Single drugs.
    (r"unlikely ultrarapid metabolizers would achieve", "efficacy-reduced", "lower exposure"),
    (r"very limited data|no data available", "unknown", "too few data"),
    (r"is associated with decreased response to ondansetron", "efficacy-reduced", "lower exposure, less response"),
    (r"significantly decreased metabolism of atomoxetine",
     "toxicity-increased", "much higher exposure, better response"),
    (r"(decreased metabolism of|possibly higher) atomoxetine",
     "efficacy-reduced", "somewhat higher exposure, more stop treatment"),
    (r"normal metabolizers of atomoxetine", "none", "usual exposure, response slower"),
    (r"attainment of therapeutic.*(small|modest|variable)", "efficacy-reduced", "lower exposure"),
    (r"higher dose-adjusted trough concentrations of voriconazole and may",
     "toxicity-increased", "much higher exposure"),
    (r"higher dose-adjusted trough concentrations of voriconazole", "none", "higher exposure"),
    (r"lower dose-adjusted trough concentrations of tacrolimus", "efficacy-reduced", "lower exposure"),
    (r"higher \(.normal.\) dose-adjusted", "none", "usual exposure"),
    (r"significantly increased risk of cns", "toxicity-high", "much higher exposure, nervous system effects"),
    (r"increased risk of cns", "toxicity-increased", "higher exposure, nervous system effects"),
    (r"slightly lower dose-adjusted", "none", "slightly lower exposure"),
    (r"decreased plasma concentrations of ppis", "efficacy-reduced", "lower exposure"),
    (r"increased plasma concentration of ppi", "toxicity-increased", "higher exposure, better effect"),
    (r"normal ppi metabolism", "none", "usual exposure"),
    (r"markedly decreased ugt1a1", "toxicity-increased", "jaundice likely"),
    (r"somewhat decreased ugt1a1|reference ugt1a1", "none", "jaundice unlikely"),
    (r"negative for a cftr variant", "efficacy-lost", "no responsive variant"),
    (r"as being responsive to ivacaftor", "none", "responsive variant"),
    # Metabolism in general.
    (r"greatly reduced metabolism of tertiary amines", "toxicity-increased", "much higher tertiary amine"),
    (r"reduced metabolism of tertiary amines", "none", "higher tertiary amine"),
    (r"increased metabolism of tertiary amines", "efficacy-reduced", "lower tertiary amine"),
    (r"normal metabolism of tertiary amines", "none", "usual tertiary amine"),
    (r"(greatly|significantly) reduced metabolism.*(will increase|probability and/or severity)",
     "toxicity-high", "much higher exposure"),
    (r"(greatly|significantly) reduced metabolism", "toxicity-increased", "much higher exposure"),
    (r"(mildly|slightly) reduced", "none", "slightly higher exposure"),
    (r"reduced (phenytoin )?metabolism.*(probability)", "toxicity-increased", "higher exposure"),
    (r"reduced metabolism", "none", "higher exposure"),
    (r"lower plasma concentrations.*(failure|decrease the probability)", "efficacy-reduced", "lower exposure"),
    (r"increase in metabolism", "none", "lower exposure"),
    (r"normal .*metabolism|^normal metabolism", "none", "usual exposure"),
]

_MEANINGS = [(re.compile(pattern), risk, words) for pattern, risk, words in MEANINGS]

# From harmless to grave; of two genes the graver one counts.
RISKS = ["none", "unknown", "efficacy-reduced", "efficacy-lost", "toxicity-increased", "ototoxicity", "haemolysis",
         "hypersensitivity", "malignant-hyperthermia", "toxicity-high"]


def of_gene(text):
    """(risk or None, words) of one gene's implication; raises ValueError when no rule knows it."""
    plain = re.sub(r"\s+", " ", text).strip().lower()
    for pattern, risk, words in _MEANINGS:
        if pattern.search(plain):
            return risk, words
    raise ValueError("no rule knows the implication: " + plain)


def of_genes(implications):
    """(risk, implication in at most eight words) of all genes of a rule; gene -> text."""
    meanings = [(gene, of_gene(text)) for gene, text in sorted(implications.items())]
    risks = [risk for _, (risk, _) in meanings if risk]
    risk = max(risks, key=RISKS.index) if risks else "unknown"
    if risk == "none" and len(risks) < len(meanings):
        risk = "unknown"
    if len(meanings) == 1:
        words = meanings[0][1][1]
    else:
        grave = [m for m in meanings if m[1][0] not in (None, "none", "unknown")]
        shown = grave or [m for m in meanings if m[1][0]] or meanings
        both = ", ".join("%s: %s" % (gene, words) for gene, (_, words) in shown)
        worst = max(shown, key=lambda m: RISKS.index(m[1][0] or "unknown"))
        words = both if len(both.split()) <= 8 else "%s: %s" % (worst[0], worst[1][1])
    if len(words.split()) > 8:
        raise ValueError("more than eight words: " + words)
    return risk, words
