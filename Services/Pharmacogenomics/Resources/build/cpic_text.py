"""Reads CPIC's recommendation texts as codes, by rules.

Every sentence of a text must be known: either it yields actions (RULES) or it says nothing that a rule needs (SILENT).
A sentence that neither list knows stops the build, so that no part of a source is lost in silence. No sentence of the
source is carried over; details are words of our own.
"""

import re

SKIN = "monitor:skin reactions"
LEVEL = "monitor:drug level"
COUNT = "monitor:blood count"


def _not_by(match):
    genes = [gene for gene in match.groups() if gene]
    return ["alternative:not mainly metabolised by " + " or ".join(genes)]


def _statin_start(match):
    return ["dose-maximum:%s mg/day (start)" % match.group(1)]


def _myopathy(match):
    return ["monitor:myopathy (above %s mg/day)" % match.group(1)]


def _slow_half(match):
    kept = 100 - int(match.group(1))
    return ["dose-decrease:starting dose", "titrate:slow", "dose-percent:%d (maintenance dose)" % kept]


def _start_share(match):
    return ["dose-start-percent:%d" % (100 - int(match.group(1)))]


def _maintenance_share(match):
    return ["standard:first dose", "dose-percent:%d (maintenance dose)" % (100 - int(match.group(1)))]


# (pattern, actions or a function of the match); all that are found in a sentence count, in this order.
RULES = [
    # No recommendation, nothing to change.
    (r"^no (action )?recommend(ation|ed)", ["no-recommendation"]),
    (r"^n/a$", ["no-recommendation"]),
    (r"^initiate therapy with (recommended|standard recommended) (starting |standard of care )?dos(e|ing)( \(drug 20 mg/day\))?$",
     ["standard"]),
    (r"^initiate (efavirenz|drug) with standard dosing", ["standard"]),
    (r"^(based on \w+ status, )?prescribe desired starting dose", ["standard"]),
    (r"^(based on \w+( status)?, )?start with normal starting dose", ["standard"]),
    (r"^no adjustments needed from typical dosing", ["standard"]),
    (r"^no reason to avoid b?ased on g6pd status", ["standard"]),
    (r"^use drug (label recommended|per standard dosing|according to the product label)", ["standard"]),
    (r"^use label-recommended dosage", ["standard"]),
    (r"^if considering drug, use at standard dose", ["standard"]),
    (r"^there is no need to avoid prescribing", ["standard"]),
    (r"^initiate standard starting daily dose", ["standard:starting dose"]),
    (r"initiate therapy at standard starting dose", ["standard:starting dose"]),
    # Do not give, or give something else.
    (r"is contraindicated$", ["contraindicated"]),
    (r"relatively contraindicated in persons",
     ["contraindicated", "alternative:anaesthetic that triggers no hyperthermia"]),
    (r"^(drug|ivacaftor) is not recommended", ["avoid"]),
    (r"^avoid($| use$| use of 5-| drug$| drug use| drug if possible| tricyclic use| tertiary amine use| aminoglycoside)",
     ["avoid"]),
    (r"^avoid standard dose", ["avoid"]),
    (r"^avoid primaquine|^avoid drug, except", ["avoid"]),
    (r"0\.75 mg/kg once weekly x8 weeks",
     ["dose:0.75 mg/kg once weekly for 8 weeks (radical cure)", "monitor:haemolysis"]),
    (r"gametocytocide at 0\.25 mg/kg", ["dose:0.25 mg/kg once (against gametocytes)"]),
    (r"naive and alternative agents are available, do not use", ["avoid"]),
    (r"-naive, do not use", ["avoid"]),
    (r"unless the high risk of permanent hearing loss", ["monitor:hearing (if given all the same)"]),
    (r"^avoid carbamazepine and oxcarbazepine", ["alternative:neither carbamazepine nor oxcarbazepine"]),
    (r"use prasugrel or ticagrelor", ["alternative:prasugrel or ticagrelor"]),
    (r"consider an alternative p2y12 inhibitor", ["alternative:another P2Y12 inhibitor"]),
    (r"if opioid use is warranted, consider a non-(codeine|tramadol) opioid",
     ["alternative:opioid other than codeine and tramadol"]),
    (r"if no response and opioid use is warranted", ["alternative:opioid other than codeine and tramadol (if no response)"]),
    (r"switching to a clinically appropriate alternative antidepressant not predominantly metabolized by (.*)$",
     lambda m: [
        "alternative:not mainly metabolised by %s (if response is poor)" % m.group(1).upper().replace(" OR ", " or ")]),
    (r"(?<!switching to a clinically appropriate )alternative (antidepressant|drug) not (?:predominantly|primarily) "
     r"metabolized by (cyp\w+) or (cyp\w+)", lambda m: [
        "alternative:not mainly metabolised by %s or %s" % (m.group(2).upper(), m.group(3).upper())]),
    (r"(?<!switching to a clinically appropriate alternative )(?:alternative drug|antidepressant) not "
        r"(?:predominantly |primarily )?metabolized by (cyp\w+)\b(?! or cyp)", lambda m: [
        "alternative:not mainly metabolised by " + m.group(1).upper()]),
    (r"alternat(?:iv)?e therapy not metabolized by cyp2c9 or not significantly(?!.*shorter half-life)",
     ["alternative:not dependent on CYP2C9"]),
    (r"nsaid metabolized by cyp2c9 but with a shorter half-life",
     ["alternative:not dependent on CYP2C9 or shorter half-life"]),
    (r"alternative agent that is not dependent on cyp2c19", ["alternative:antifungal not dependent on CYP2C19"]),
    (r"^prescribe an alternative statin", ["alternative:another statin"]),
    (r"^consider an alternative agent particularly where jaundice", ["alternative:especially where jaundice matters"]),
    (r"consider alternative non-thiopurine", ["alternative:no thiopurine (non-malignant disease)"]),
    (r"^(consider|recommend alternative) hormonal therapy such as an aromatase inhibitor", [
        "alternative:aromatase inhibitor (with ovarian suppression before menopause)"]),
    # How much.
    (r"consider a (\d+)% reduction (?:of|in)(?: the)? recommended starting dose(?!, slower)", _start_share),
    (r"consider a 50% reduction in recommended starting dose, slower titration schedule, and a 50% lower maintenance", [
        "dose-start-percent:50", "titrate:slow", "dose-percent:50 (maintenance dose)"]),
    (r"consider a 25-50% lower starting dose and slower titration", ["dose-start-percent:50-75", "titrate:slow"]),
    (r"consider a lower starting dose, slower titration schedule and (\d+)% reduction of (?:the )?standard maintenance",
     _slow_half),
    (r"consider a lower starting dose and slower titration schedule", ["dose-decrease:starting dose", "titrate:slow"]),
    (r"consider a slower titration schedule and lower maintenance dose",
     ["titrate:slow", "dose-decrease:maintenance dose"]),
    (r"adequate efficacy is not achieved at standard maintenance dosing, consider titrating to a higher", [
        "dose-increase:maintenance dose (if response is poor)"]),
    (r"does not adequately respond to recommended maintenance dosing, consider titrating to a higher", [
        "dose-increase:maintenance dose (if response is poor)"]),
    (r"consider titrating to a higher target dose", ["dose-increase:target dose"]),
    (r"^initiate 50% of starting dose \(eg, 5 mg\) and titrate to the maximum recommended dose of 10 mg", [
        "dose-start-percent:50", "dose-maximum:10 mg/day"]),
    (r"increasing the target maintenance dose by 50% or more",
     ["dose-increase:maintenance dose by 50 % or more (if given all the same)"]),
    (r"^initiate therapy with (25-50|50)% of the lowest", lambda m: [
        "dose-start-percent:%s (of the lowest starting dose)" % m.group(1)]),
    (r"titrate dose upward to clinical effect or (25-50|50)% of the maximum", lambda m: [
        "dose-maximum:%s %% of the usual maximum" % m.group(1)]),
    (r"^initiate therapy with lowest recommended starting dose", ["dose-decrease:lowest starting dose"]),
    (r"titrate dose upward to clinical effect or maximum recommended dose with caution", ["titrate:slow"]),
    (r"^upward dose titration should not occur until after steady state is reached \(at least (\d) days", lambda m: [
        "delay:no increase before steady state" + (" (7 days)" if m.group(1) == "7" else "")]),
    (r"use approximately (\d+)% less than typical maintenance dose", _maintenance_share),
    (r"prescribe <= ?(\d+) ?mg (?:per day )?as a starting dose", _statin_start),
    (r"limit dose to <(20) ?mg/day", ["dose-maximum:under 20 mg/day"]),
    (r"limit dose to <=(20) ?mg/day", ["dose-maximum:20 mg/day"]),
    (r"increased risk for myopathy especially for 40 ?mg dose", ["monitor:myopathy (at 40 mg/day)"]),
    (r"increased risk for myopathy .*?doses? ?>(\d+) ?mg", _myopathy),
    (r"consider initiating drug with decreased dose of 400 mg/day", ["dose:400 mg/day"]),
    (r"consider initiating drug with decreased dose of 400 or 200 mg/day", ["dose:400 or 200 mg/day"]),
    (r"^increase starting daily dose by 100%", ["dose-start-percent:200"]),
    (r"consider increasing dose by 50-100%", ["dose-increase:by 50 to 100 % (if H. pylori or erosive oesophagitis)"]),
    (r"for chronic therapy \(>12 weeks\) and efficacy achieved, consider 50% reduction", [
        "dose-percent:50 (if effective over 12 weeks)"]),
    (r"^increase starting dose 1\.5 to 2 times", ["dose-start-percent:150-200"]),
    (r"^total starting dose should not exceed 0\.3 mg/kg/day", ["dose-maximum:0.3 mg/kg/day"]),
    (r"^reduce starting dose by 50% followed by titration",
     ["dose-start-percent:50", "titrate:by toxicity or drug level"]),
    (r"may require >50% reduction", ["dose-decrease:below 50 % (c.2846A>T on both chromosomes)"]),
    (r"administered at a strongly reduced dose", ["dose-decrease:strongly (if no alternative)", LEVEL]),
    (r"administered at a preferably lower than standard dosage",
     ["dose-decrease:below standard (if given all the same)", LEVEL]),
    (r"higher but fda approved drug dose \(40 mg/day\)", ["dose:40 mg/day (if no aromatase inhibitor)"]),
    (r"higher dose drug \(40 mg/day\) increases but does not normalize",
     ["dose:40 mg/day (if no aromatase inhibitor)"]),
    (r"avoid (moderate and strong cyp2d6 inhibitors)",
     ["monitor:co-medication (no moderate or strong CYP2D6 inhibitor)"]),
    (r"avoid cyp2d6 strong to weak inhibitors", ["monitor:co-medication (no CYP2D6 inhibitor)"]),
    # Atomoxetine.
    (r"^initiate with a dose of (40 mg/day|0\.5 mg/kg(?:/day)?)", lambda m: [
        "dose:%s (start)" % (m.group(1) if m.group(1).endswith("/day") else m.group(1) + "/day")]),
    (r"and increase to (80 mg/day|1\.2 mg/kg/day) after 3 days",
     lambda m: ["dose-increase:to %s (from day 4)" % m.group(1)]),
    (r"after 2 weeks increase dose to 80 mg/day", ["dose-increase:to 80 mg/day (if no response after 2 weeks)"]),
    (r"consider increasing dose to 100 mg/day", ["dose-increase:to 100 mg/day (if no response after 2 weeks)"]),
    (r"consider obtaining a (peak )?plasma concentration",
     ["monitor:drug level (if response is poor; towards 400 ng/mL)"]),
    # Thiopurines.
    (r"start with reduced starting doses \(30%-80% of normal dose\) if normal starting dose is 2-3 mg/kg/day", [
        "dose-start-percent:30-80 (of a usual 2-3 mg/kg/day)", COUNT]),
    (r"start with reduced starting doses \(30%-80% of normal dose\) if normal starting dose is >= ?75 mg/m2/day", [
        "dose-start-percent:30-80 (of a usual 75 mg/m2/day or more)", COUNT]),
    (r"start with reduced doses \(50% to 80% of normal dose\)",
     ["dose-start-percent:50-80 (of a usual 40-60 mg/m2/day)", COUNT]),
    (r"reduce daily dose by 10-fold and (?:dose|reduce frequency to) thrice weekly", [
        "dose-start-percent:10 ({disease}three times a week)", COUNT]),
    (r"reduce daily dose by 10-fold\)", ["dose-start-percent:10 (malignant disease)", COUNT]),
    (r"initiate dose at 10 mg/m2/day", ["dose:10 mg/m2/day (malignant disease)", COUNT]),
    (r"reduce starting doses to 25% of normal dose", ["dose-start-percent:25 (malignant disease)", COUNT]),
    (r"allow (2-4|4-6) weeks to reach steady.state", lambda m: ["delay:%s weeks between dose steps" % m.group(1)]),
    (r"consider evaluating (tpmt erythrocyte|erythrocyte tpmt) activity", ["test-first:TPMT activity"]),
    (r"status is unknown, monitor closely for toxicity", ["monitor:toxicity"]),
    # What to watch.
    (r"^utiliz(e|ing) therapeutic drug monitoring|^use therapeutic drug monitoring", [LEVEL]),
    (r"if drug is warranted, utilize therapeutic drug monitoring|amine is warranted, utilize therapeutic drug monitoring",
     [LEVEL]),
    (r"subsequent doses should be adjusted according to therapeutic drug monitoring", [LEVEL]),
    (r"does not eliminate the risk of \w+-induced sjs/ten", [SKIN]),
    (r"cautiously consider use of", ["standard:with caution", SKIN]),
    (r"with increased frequency of clinical monitoring", ["standard:with caution", SKIN]),
    (r"carefully monitor adverse events such as blood pressure and kidney",
     ["monitor:blood pressure and kidney function"]),
    (r"^monitor for efficacy|monitor for continued efficacy", ["monitor:efficacy"]),
    (r"high likelihood of developing jaundice", ["monitor:jaundice"]),
    (r"at standard doses for the shortest feasible course with therapeutic dose monitoring", [
        "standard", "duration:as short as possible", LEVEL]),
    (r"^evaluate regularly for hearing loss", ["monitor:hearing"]),
    (r"enzyme activity must be measured", ["test-first:G6PD enzyme activity"]),
    (r"^use drug cautiously", ["standard:with caution"]),
    (r"close monitoring for acute exacerbation of chronic hemolysis", ["monitor:haemolysis"]),
    (r"^use at standard doses with caution and with close monitoring for anemia",
     ["standard:with caution", "monitor:anaemia"]),
    (r"^clinical findings, family history, further genetic testing",
     ["standard:unless findings or family history speak against"]),
    # Hydralazine.
    (r"starting total daily dose of at least 75 mg", ["dose:75 mg/day at least (start)"]),
    (r"titrate up to 300 mg total daily", ["dose-maximum:300 mg/day"]),
    (r"typically require a 50-100% higher maintenance dose", ["dose-increase:maintenance dose by 50 to 100 %"]),
]

SILENT = [
    r"^based on genotype, there is no indication to change", r"^drug use should be guided per the recommendations based on",
    r"^in accordance with the", r"^alternatively, consider alternative therapy$", r"^daily dose may be given in divided",
    r"^discontinue therapy at first evidence", r"^for first dose, use typical", r"^in general, alternative anesthetics",
    r"^they should not be used, except in extraordinary", r"^if (dose|concentration|< ?200|response is inadequate and)",
    r"^dosages greater than 100 mg", r"^if unacceptable side effects", r"^insufficient evidence demonstrating",
    r"^such agents include", r"^tcas without major", r"^the latency period", r"^therefore,", r"^however",
    r"^titrate dose to observed", r"genotype (result )?is not available$", r"could not be (assigned|determined)",
    r"^neither tpmt or nudt15", r"^(if|in setting of) myelosuppression", r"^if normal starting dose is already",
    r"^allow (at least )?2 weeks", r"^inform the patient that", r"^if patient is tolerating 40",
    r"^\(see table", r"^if deemed necessary",
]

_RULES = [(re.compile(pattern), actions) for pattern, actions in RULES]
_SILENT = [re.compile(pattern) for pattern in SILENT]


def sentences(drug, text):
    """The text in lower case, drug replaced by `drug`, citations dropped, split into sentences."""
    text = re.sub(r"\s+", " ", text).replace("≤", "<=").replace("≥", ">=")
    text = text.replace("–", "-").replace("ï", "i").replace("’", "'")
    text = re.sub(r"\(\s*PMID:? ?[0-9+J, ]+\)", "", text)
    text = re.sub(r"(of )*PMID:? ?[0-9]+", "", text)
    text = text.replace("H. pylori", "H pylori").replace("i.e.", "ie").replace("e.g.", "eg")
    text = text.replace("amitripyline", "amitriptyline")
    text = re.sub(r"\b(phenytoin/)?" + re.escape(drug) + r"(/fosphenytoin)?\b", "drug", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([.,;)])", r"\1", re.sub(r"\s+", " ", text.lower()))
    parts = re.split(r"(?:[.;]\s+|\.$)", text)
    return [part.strip() for part in parts if part.strip()]


def actions(drug, text):
    """The actions of a text, most important first, without repeats; raises ValueError at a sentence that no rule knows."""
    found = []
    whole = " ".join(sentences(drug, text))
    for sentence in sentences(drug, text):
        known = any(pattern.search(sentence) for pattern in _SILENT)
        for pattern, codes in _RULES:
            match = pattern.search(sentence)
            if not match:
                continue
            known = True
            for code in codes(match) if callable(codes) else codes:
                disease = "malignant disease, " if "malignan" in whole and drug != "thioguanine" else ""
                code = code.replace("{disease}", disease)
                if code not in found:
                    found.append(code)
        if not known:
            raise ValueError("%s: no rule knows: %s" % (drug, sentence))
    if not found:
        raise ValueError("%s: no action in: %s" % (drug, text))
    return tidy(above_start(whole, found))


def above_start(whole, found):
    """Says beside a highest starting dose what to do when more is needed."""
    ways = [
        (r"a higher dose \(>\d+mg\) or an alternative statin .*combination", "raise, change or combine"),
        (r"needed for desired efficacy, consider an alternative statin", "change or combine"),
        (r"needed for desired efficacy, consider rosuvastatin", "rosuvastatin or combine"),
        (r"needed for desired efficacy, consider combination", "combine"),
    ]
    for pattern, words in ways:
        if re.search(pattern, whole):
            return [code.replace("(start)", "(start; above it %s)" % words) for code in found]
    return found


def tidy(found):
    """Puts the advice first; what holds only if something happens goes last."""
    order = ["contraindicated", "avoid", "no-recommendation", "alternative", "standard", "dose", "titrate", "delay", "duration"]

    def rank(code):
        name = code.split(":")[0]
        if name.startswith("dose"):
            name = "dose"
        contingent = 20 if "(if " in code else 0
        return contingent + (order.index(name) if name in order else len(order))

    changes = ("dose-decrease", "dose-increase", "dose-percent", "titrate")
    if "standard" in found and any(code.split(":")[0] in changes for code in found):
        found = ["standard:starting dose"] + [code for code in found if code not in ("standard", "standard:starting dose")]
    return sorted(found, key=rank)
