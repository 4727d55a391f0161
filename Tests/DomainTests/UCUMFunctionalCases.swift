/// Codes and verdicts of the UCUM functional tests (UcumFunctionalTests.xml, revision of 3 February 2021, section "validation"; see the NOTICE of
/// Shared/Domain). One code between two spaces.
enum UCUMFunctionalCases {
    static let valid = #"""
        m /m 10*3/ul 10*-3/ul 10*+3/ul m[H2O] 10*23 rad2 m3.kg-1.s-2 4.[pi].10*-7.N/A2 rad2{a} {a}.rad2{b} 1{c} {e} %
        dB[10.nV] [cup_us] [foz_br] [ft_i] [in_i] [yd_i] [gal_br] [lb_av] [oz_av] [pt_br] [qt_br] [sft_i] [sin_i]
        [syd_i] [tbs_us] [tsp_us] 1/d 1/min a cm cm2 cm3 d dg dl g g/d g/l h kg l mm m2 meq mg mg/d min ml ml/s mm[Hg]
        mm2 mm3 mmol mmol/l mo mol ms mU ng nl pg/ml s U U/l ug ug/min ul umol umol/l wk [mi_us] deg km /[HPF] /[LPF]
        /L /mL /mmol [APL'U] [GPL'U] [IU] [IU]/d [IU]/L [IU]/mL [MPL'U] 10*12/L 10*6/L 10*9/L Cel cm/s fL fmol/L g/g
        g/L kU/L L/L m[IU]/L mg/g mg/L mg/mg mg/mL mL mL/d mL/min mm/h mmol/d mmol/g mmol/kg mmol/L mmol/mmol mU/L
        ng/d ng/g ng/L ng/mL nmol/d nmol/g nmol/h/mL nmol/L nmol/mmol nmol/nmol pg pg/mL pmol/d pmol/g pmol/h/mg
        pmol/h/mL pmol/L pmol/mmol U/d U/g U/kg U/L U/mL u[IU]/mL ug/d ug/g ug/L ug/mL um/s umol/2.h umol/d umol/g
        umol/L umol/mmol umol/umol [arb'U] dyn.s/(cm5.m2) [iU]/mL mL/h [bdsk'U] dyn.s/cm5 K/W {bsa} cm[H2O]
        kg{body_wt} cal cm[H2O].s/L kg/m2 mmol/(8.h.kg) {cfu} cm[H2O]/(s.m) kg/h mmol/(8.h) [drp] dB[SPL] L/(8.h)
        mmol/(kg.h) [ka'U] REM L/h mmol/h kcal g{creat} ng/(8.h) kcal/(8.h) g{hgb} ng/(8.h.kg) kcal/d g{tit_nit} ms/s
        ng/(kg.h) kcal/h g{tot_prot} Ms ng/h [knk'U] g{wet_tis} meq/(8.h) osm [mclg'U] g.m/m2{hb} meq/(8.h.kg) osm/kg
        {od} g.m/{hb} meq/(kg.h) osm/L pH g/(8.h) meq/h pA [ppb] g/(8.kg.h) mg/(8.h) Pa [ppm] g/(kg.h) mg/(8.h.kg)
        [pptr] g/h mg/(kg.h) S [ppth] [in_us] mg/h [todd'U] [in_i'Hg] m[iU]/mL ug/(8.h.kg) /[arb'U] [iU] mL/{hb}.m2
        ug/(kg.h) [HPF] [iU]/d mL/(8.h) ug/h /{tot} [iU]/h mL/(8.h.kg) u[iU] /[iU] [iU]/kg mL/{hb} 10*3{rbc} [iU]/L
        mL/(kg.h) 10.L/(min.m2) [iU]/min mL/cm[H2O] bar L.s mmol/(kg.d) ueq /kg Bq g/m2 L/(min.m2) mg/(kg.d)
        mmol/(kg.min) ng/m2 g/min L/d mg/(kg.min) ng/min ug/(kg.d) /m3 Gy L/kg ug/(kg.min) /min cm2/s L/min mg/dL
        mmol/m2 ng/s hL L/s mg/kg mmol/min nkat ug/dL dB J/L lm mol/(kg.s) nm kat mg/m2 mol/kg nmol/s ug/kg 1/mL eq
        kat/kg m/s2 mg/m3 mol/L ns eV kat/L mg/min mol/m3 Ohm ug/m2 10*3/L m2/s mol/s Ohm.m 10*3/mL fg kg.m/s m3/s
        mL/(kg.d) mosm/L ukat 10*3/mm3 kg/(s.m2) mbar mL/(kg.min) pg/L um fmol kg/L mbar.s/L mL/(min.m2) mV 10*6/mL
        kg/m3 pkat 10*6/mm3 g.m kg/min meq/(kg.d) mL/kg pm g/(kg.d) kg/mol meq/(kg.min) mL/m2 pmol umol/min 10*9/mL
        g/(kg.min) kg/s meq/d mL/mbar ng/(kg.d) ps us 10*9/mm3 kPa meq/kg ng/(kg.min) pt uV 10.L/min g/dL ks meq/L
        mL/s Sv V a/m g/kg L meq/min ng/kg t Wb /{LPF} [drp]/{HPF}
        """#

    static let invalid = #"""
        m/ 10+3/ul rad2{錠} {a}rad2{b} {|}1 iU molv [BETH'U] [iIU] [iIU]/d [iIU]/L [iIU]/mL g/12h g/48h g/4h g/6h g/72h
        m[iIU]/L mg/12h mL/10h mL/12h mL/2h mL/4h mL/5h mL/6h mL/72h mL/8h mmol/12h mmol/5h mmol/6h mmol/kg[H20] U/12h
        U/1h U/2h u[iIU]/mL cm[H20] ug(8.h) ug(8hr) [M'U]
        """#
}
