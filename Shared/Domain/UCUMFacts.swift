// Written by deploy/checks/embed_ucum.py; do not edit. Facts of UCUM, see NOTICE.

extension UCUM {
    /// The version of UCUM that the tables below state.
    public static let version = "2.2 of 2024-06-17"

    /// Prefixes: code, case-insensitive code, value.
    static let prefixFacts = #"""
        Y YA 1e24
        Z ZA 1e21
        E EX 1e18
        P PT 1e15
        T TR 1e12
        G GA 1e9
        M MA 1e6
        k K 1e3
        h H 1e2
        da DA 1e1
        d D 1e-1
        c C 1e-2
        m M 1e-3
        u U 1e-6
        n N 1e-9
        p P 1e-12
        f F 1e-15
        a A 1e-18
        z ZO 1e-21
        y YO 1e-24
        Ki KIB 1024
        Mi MIB 1048576
        Gi GIB 1073741824
        Ti TIB 1099511627776
        """#

    /// Unit atoms: code, case-insensitive code, flags, factor, defining unit (a base unit's dimension), property.
    static let atomFacts = #"""
        m M base,metric 1 L length
        s S base,metric 1 T time
        g G base,metric 1 M mass
        rad RAD base,metric 1 A -
        K K base,metric 1 C temperature
        C C base,metric 1 Q -
        cd CD base,metric 1 F -
        10* 10* - 10 1 number
        10^ 10^ - 10 1 number
        [pi] [PI] - 3.1415926535897932384626433832795028841971693993751058209749445923 1 number
        % % - 1 10*-2 -
        [ppth] [PPTH] - 1 10*-3 -
        [ppm] [PPM] - 1 10*-6 -
        [ppb] [PPB] - 1 10*-9 -
        [pptr] [PPTR] - 1 10*-12 -
        mol MOL metric 6.02214076 10*23 moles
        sr SR metric 1 rad2 -
        Hz HZ metric 1 s-1 frequency
        N N metric 1 kg.m/s2 -
        Pa PAL metric 1 N/m2 pressure
        J J metric 1 N.m energy
        W W metric 1 J/s -
        A A metric 1 C/s -
        V V metric 1 J/C -
        F F metric 1 C/V -
        Ohm OHM metric 1 V/A -
        S SIE metric 1 Ohm-1 -
        Wb WB metric 1 V.s -
        Cel CEL metric,special:Cel 1 K temperature
        T T metric 1 Wb/m2 -
        H H metric 1 Wb/A -
        lm LM metric 1 cd.sr -
        lx LX metric 1 lm/m2 -
        Bq BQ metric 1 s-1 -
        Gy GY metric 1 J/kg -
        Sv SV metric 1 J/kg -
        gon GON - 0.9 deg -
        deg DEG - 2 [pi].rad/360 -
        ' ' - 1 deg/60 -
        '' '' - 1 '/60 -
        l L metric 1 dm3 -
        L L metric 1 l -
        ar AR metric 100 m2 -
        min MIN - 60 s time
        h HR - 60 min time
        d D - 24 h time
        a_t ANN_T - 365.24219 d time
        a_j ANN_J - 365.25 d time
        a_g ANN_G - 365.2425 d time
        a ANN - 1 a_j time
        wk WK - 7 d time
        mo_s MO_S - 29.53059 d time
        mo_j MO_J - 1 a_j/12 time
        mo_g MO_G - 1 a_g/12 time
        mo MO - 1 mo_j time
        t TNE metric 1e3 kg mass
        bar BAR metric 1e5 Pa pressure
        u AMU metric 1.66053906660e-24 g mass
        eV EV metric 1 [e].V energy
        AU ASU - 149597.870691 Mm length
        pc PRS metric 3.085678e16 m length
        [c] [C] metric 299792458 m/s velocity
        [h] [H] metric 6.62607015e-34 J.s -
        [k] [K] metric 1.380649e-23 J/K -
        [eps_0] [EPS_0] metric 8.854187817e-12 F/m -
        [mu_0] [MU_0] metric 1 4.[pi].10*-7.N/A2 -
        [e] [E] metric 1.602176634e-19 C -
        [m_e] [M_E] metric 9.1093837139e-31 kg mass
        [m_p] [M_P] metric 1.67262192595e-27 kg mass
        [G] [GC] metric 6.67430e-11 m3.kg-1.s-2 -
        [g] [G] metric 980665e-5 m/s2 -
        atm ATM - 101325 Pa pressure
        [ly] [LY] metric 1 [c].a_j length
        gf GF metric 1 g.[g] -
        [lbf_av] [LBF_AV] - 1 [lb_av].[g] -
        Ky KY metric 1 cm-1 -
        Gal GL metric 1 cm/s2 -
        dyn DYN metric 1 g.cm/s2 -
        erg ERG metric 1 dyn.cm energy
        P P metric 1 dyn.s/cm2 -
        Bi BI metric 10 A -
        St ST metric 1 cm2/s -
        Mx MX metric 1e-8 Wb -
        G GS metric 1e-4 T -
        Oe OE metric 250 /[pi].A/m -
        Gb GB metric 1 Oe.cm -
        sb SB metric 1 cd/cm2 -
        Lmb LMB metric 1 cd/cm2/[pi] -
        ph PHT metric 1e-4 lx -
        Ci CI metric 37e9 Bq -
        R ROE metric 2.58e-4 C/kg -
        RAD [RAD] metric 100 erg/g -
        REM [REM] metric 1 RAD -
        [in_i] [IN_I] - 254e-2 cm length
        [ft_i] [FT_I] - 12 [in_i] length
        [yd_i] [YD_I] - 3 [ft_i] length
        [mi_i] [MI_I] - 5280 [ft_i] length
        [fth_i] [FTH_I] - 6 [ft_i] length
        [nmi_i] [NMI_I] - 1852 m length
        [kn_i] [KN_I] - 1 [nmi_i]/h velocity
        [sin_i] [SIN_I] - 1 [in_i]2 -
        [sft_i] [SFT_I] - 1 [ft_i]2 -
        [syd_i] [SYD_I] - 1 [yd_i]2 -
        [cin_i] [CIN_I] - 1 [in_i]3 -
        [cft_i] [CFT_I] - 1 [ft_i]3 -
        [cyd_i] [CYD_I] - 1 [yd_i]3 -
        [bf_i] [BF_I] - 144 [in_i]3 -
        [cr_i] [CR_I] - 128 [ft_i]3 -
        [mil_i] [MIL_I] - 1e-3 [in_i] length
        [cml_i] [CML_I] - 1 [pi]/4.[mil_i]2 -
        [hd_i] [HD_I] - 4 [in_i] length
        [ft_us] [FT_US] - 1200 m/3937 length
        [yd_us] [YD_US] - 3 [ft_us] length
        [in_us] [IN_US] - 1 [ft_us]/12 length
        [rd_us] [RD_US] - 16.5 [ft_us] length
        [ch_us] [CH_US] - 4 [rd_us] length
        [lk_us] [LK_US] - 1 [ch_us]/100 length
        [rch_us] [RCH_US] - 100 [ft_us] length
        [rlk_us] [RLK_US] - 1 [rch_us]/100 length
        [fth_us] [FTH_US] - 6 [ft_us] length
        [fur_us] [FUR_US] - 40 [rd_us] length
        [mi_us] [MI_US] - 8 [fur_us] length
        [acr_us] [ACR_US] - 160 [rd_us]2 -
        [srd_us] [SRD_US] - 1 [rd_us]2 -
        [smi_us] [SMI_US] - 1 [mi_us]2 -
        [sct] [SCT] - 1 [mi_us]2 -
        [twp] [TWP] - 36 [sct] -
        [mil_us] [MIL_US] - 1e-3 [in_us] length
        [in_br] [IN_BR] - 2.539998 cm length
        [ft_br] [FT_BR] - 12 [in_br] length
        [rd_br] [RD_BR] - 16.5 [ft_br] length
        [ch_br] [CH_BR] - 4 [rd_br] length
        [lk_br] [LK_BR] - 1 [ch_br]/100 length
        [fth_br] [FTH_BR] - 6 [ft_br] length
        [pc_br] [PC_BR] - 2.5 [ft_br] length
        [yd_br] [YD_BR] - 3 [ft_br] length
        [mi_br] [MI_BR] - 5280 [ft_br] length
        [nmi_br] [NMI_BR] - 6080 [ft_br] length
        [kn_br] [KN_BR] - 1 [nmi_br]/h velocity
        [acr_br] [ACR_BR] - 4840 [yd_br]2 -
        [gal_us] [GAL_US] - 231 [in_i]3 -
        [bbl_us] [BBL_US] - 42 [gal_us] -
        [qt_us] [QT_US] - 1 [gal_us]/4 -
        [pt_us] [PT_US] - 1 [qt_us]/2 -
        [gil_us] [GIL_US] - 1 [pt_us]/4 -
        [foz_us] [FOZ_US] - 1 [gil_us]/4 -
        [fdr_us] [FDR_US] - 1 [foz_us]/8 -
        [min_us] [MIN_US] - 1 [fdr_us]/60 -
        [crd_us] [CRD_US] - 128 [ft_i]3 -
        [bu_us] [BU_US] - 2150.42 [in_i]3 -
        [gal_wi] [GAL_WI] - 1 [bu_us]/8 -
        [pk_us] [PK_US] - 1 [bu_us]/4 -
        [dqt_us] [DQT_US] - 1 [pk_us]/8 -
        [dpt_us] [DPT_US] - 1 [dqt_us]/2 -
        [tbs_us] [TBS_US] - 1 [foz_us]/2 -
        [tsp_us] [TSP_US] - 1 [tbs_us]/3 -
        [cup_us] [CUP_US] - 16 [tbs_us] -
        [foz_m] [FOZ_M] - 30 mL -
        [cup_m] [CUP_M] - 240 mL -
        [tsp_m] [TSP_M] - 5 mL -
        [tbs_m] [TBS_M] - 15 mL -
        [gal_br] [GAL_BR] - 4.54609 l -
        [pk_br] [PK_BR] - 2 [gal_br] -
        [bu_br] [BU_BR] - 4 [pk_br] -
        [qt_br] [QT_BR] - 1 [gal_br]/4 -
        [pt_br] [PT_BR] - 1 [qt_br]/2 -
        [gil_br] [GIL_BR] - 1 [pt_br]/4 -
        [foz_br] [FOZ_BR] - 1 [gil_br]/5 -
        [fdr_br] [FDR_BR] - 1 [foz_br]/8 -
        [min_br] [MIN_BR] - 1 [fdr_br]/60 -
        [gr] [GR] - 64.79891 mg mass
        [lb_av] [LB_AV] - 7000 [gr] mass
        [oz_av] [OZ_AV] - 1 [lb_av]/16 mass
        [dr_av] [DR_AV] - 1 [oz_av]/16 mass
        [scwt_av] [SCWT_AV] - 100 [lb_av] mass
        [lcwt_av] [LCWT_AV] - 112 [lb_av] mass
        [ston_av] [STON_AV] - 20 [scwt_av] mass
        [lton_av] [LTON_AV] - 20 [lcwt_av] mass
        [stone_av] [STONE_AV] - 14 [lb_av] mass
        [pwt_tr] [PWT_TR] - 24 [gr] mass
        [oz_tr] [OZ_TR] - 20 [pwt_tr] mass
        [lb_tr] [LB_TR] - 12 [oz_tr] mass
        [sc_ap] [SC_AP] - 20 [gr] mass
        [dr_ap] [DR_AP] - 3 [sc_ap] mass
        [oz_ap] [OZ_AP] - 8 [dr_ap] mass
        [lb_ap] [LB_AP] - 12 [oz_ap] mass
        [oz_m] [OZ_M] - 28 g mass
        [lne] [LNE] - 1 [in_i]/12 length
        [pnt] [PNT] - 1 [lne]/6 length
        [pca] [PCA] - 12 [pnt] length
        [pnt_pr] [PNT_PR] - 0.013837 [in_i] length
        [pca_pr] [PCA_PR] - 12 [pnt_pr] length
        [pied] [PIED] - 32.48 cm length
        [pouce] [POUCE] - 1 [pied]/12 length
        [ligne] [LIGNE] - 1 [pouce]/12 length
        [didot] [DIDOT] - 1 [ligne]/6 length
        [cicero] [CICERO] - 12 [didot] length
        [degF] [DEGF] special:degF 5 K/9 temperature
        [degR] [degR] - 5 K/9 temperature
        [degRe] [degRe] special:degRe 5 K/4 temperature
        cal_[15] CAL_[15] metric 4.18580 J energy
        cal_[20] CAL_[20] metric 4.18190 J energy
        cal_m CAL_M metric 4.19002 J energy
        cal_IT CAL_IT metric 4.1868 J energy
        cal_th CAL_TH metric 4.184 J energy
        cal CAL metric 1 cal_th energy
        [Cal] [CAL] - 1 kcal_th energy
        [Btu_39] [BTU_39] - 1.05967 kJ energy
        [Btu_59] [BTU_59] - 1.05480 kJ energy
        [Btu_60] [BTU_60] - 1.05468 kJ energy
        [Btu_m] [BTU_M] - 1.05587 kJ energy
        [Btu_IT] [BTU_IT] - 1.05505585262 kJ energy
        [Btu_th] [BTU_TH] - 1.054350 kJ energy
        [Btu] [BTU] - 1 [Btu_th] energy
        [HP] [HP] - 550 [ft_i].[lbf_av]/s -
        tex TEX metric 1 g/km -
        [den] [DEN] - 1 g/9/km -
        m[H2O] M[H2O] metric 980665e-5 kPa pressure
        m[Hg] M[HG] metric 133.3220 kPa pressure
        [in_i'H2O] [IN_I'H2O] - 1 m[H2O].[in_i]/m pressure
        [in_i'Hg] [IN_I'HG] - 1 m[Hg].[in_i]/m pressure
        [PRU] [PRU] - 1 mm[Hg].s/ml -
        [wood'U] [WOOD'U] - 1 mm[Hg].min/L -
        [diop] [DIOP] - 1 /m -
        [p'diop] [P'DIOP] special:tanTimes100 1 rad -
        %[slope] %[SLOPE] special:100tan 1 deg -
        [mesh_i] [MESH_I] - 1 /[in_i] -
        [Ch] [CH] - 1 mm/3 -
        [drp] [DRP] - 1 ml/20 -
        [hnsf'U] [HNSF'U] - 1 1 -
        [MET] [MET] - 3.5 mL/min/kg -
        [hp'_X] [HP'_X] special:hpX 1 1 -
        [hp'_C] [HP'_C] special:hpC 1 1 -
        [hp'_M] [HP'_M] special:hpM 1 1 -
        [hp'_Q] [HP'_Q] special:hpQ 1 1 -
        [hp_X] [HP_X] arbitrary 1 1 -
        [hp_C] [HP_C] arbitrary 1 1 -
        [hp_M] [HP_M] arbitrary 1 1 -
        [hp_Q] [HP_Q] arbitrary 1 1 -
        [kp_X] [KP_X] arbitrary 1 1 -
        [kp_C] [KP_C] arbitrary 1 1 -
        [kp_M] [KP_M] arbitrary 1 1 -
        [kp_Q] [KP_Q] arbitrary 1 1 -
        eq EQ metric 1 mol equivalents
        osm OSM metric 1 mol osmoles
        [pH] [PH] special:pH 1 mol/l -
        g% G% metric 1 g/dl -
        [S] [S] - 1 10*-13.s -
        [HPF] [HPF] - 1 1 -
        [LPF] [LPF] - 100 1 -
        kat KAT metric 1 mol/s -
        U U metric 1 umol/min -
        [iU] [IU] metric,arbitrary 1 1 -
        [IU] [IU] metric,arbitrary 1 [iU] -
        [arb'U] [ARB'U] arbitrary 1 1 -
        [USP'U] [USP'U] arbitrary 1 1 -
        [GPL'U] [GPL'U] arbitrary 1 1 -
        [MPL'U] [MPL'U] arbitrary 1 1 -
        [APL'U] [APL'U] arbitrary 1 1 -
        [beth'U] [BETH'U] arbitrary 1 1 -
        [anti'Xa'U] [ANTI'XA'U] arbitrary 1 1 -
        [todd'U] [TODD'U] arbitrary 1 1 -
        [dye'U] [DYE'U] arbitrary 1 1 -
        [smgy'U] [SMGY'U] arbitrary 1 1 -
        [bdsk'U] [BDSK'U] arbitrary 1 1 -
        [ka'U] [KA'U] arbitrary 1 1 -
        [knk'U] [KNK'U] arbitrary 1 1 -
        [mclg'U] [MCLG'U] arbitrary 1 1 -
        [tb'U] [TB'U] arbitrary 1 1 -
        [CCID_50] [CCID_50] arbitrary 1 1 -
        [TCID_50] [TCID_50] arbitrary 1 1 -
        [EID_50] [EID_50] arbitrary 1 1 -
        [PFU] [PFU] arbitrary 1 1 -
        [FFU] [FFU] arbitrary 1 1 -
        [CFU] [CFU] arbitrary 1 1 -
        [IR] [IR] arbitrary 1 1 -
        [BAU] [BAU] arbitrary 1 1 -
        [AU] [AU] arbitrary 1 1 -
        [Amb'a'1'U] [AMB'A'1'U] arbitrary 1 1 -
        [PNU] [PNU] arbitrary 1 1 -
        [Lf] [LF] arbitrary 1 1 -
        [D'ag'U] [D'AG'U] arbitrary 1 1 -
        [FEU] [FEU] arbitrary 1 1 -
        [ELU] [ELU] arbitrary 1 1 -
        [EU] [EU] arbitrary 1 1 -
        Np NEP metric,special:ln 1 1 -
        B B metric,special:lg 1 1 -
        B[SPL] B[SPL] metric,special:lgTimes2 2 10*-5.Pa -
        B[V] B[V] metric,special:lgTimes2 1 V -
        B[mV] B[MV] metric,special:lgTimes2 1 mV -
        B[uV] B[UV] metric,special:lgTimes2 1 uV -
        B[10.nV] B[10.NV] metric,special:lgTimes2 10 nV -
        B[W] B[W] metric,special:lg 1 W -
        B[kW] B[KW] metric,special:lg 1 kW -
        st STR metric 1 m3 -
        Ao AO - 0.1 nm length
        b BRN - 100 fm2 -
        att ATT - 1 kgf/cm2 pressure
        mho MHO metric 1 S -
        [psi] [PSI] - 1 [lbf_av]/[in_i]2 pressure
        circ CIRC - 2 [pi].rad -
        sph SPH - 4 [pi].sr -
        [car_m] [CAR_M] - 2e-1 g mass
        [car_Au] [CAR_AU] - 1 /24 -
        [smoot] [SMOOT] - 67 [in_i] length
        [m/s2/Hz^(1/2)] [M/S2/HZ^(1/2)] special:sqrt 1 m2/s4/Hz -
        [NTU] [NTU] - 1 1 -
        [FNU] [FNU] - 1 1 -
        bit_s BIT_S special:ld 1 1 -
        bit BIT metric 1 1 -
        By BY metric 8 bit -
        Bd BD metric 1 /s -
        """#
}
