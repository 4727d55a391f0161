extension OpenMHealthSchemaText {
    /// The utility schemas of IEEE 1752.1-2021 that Open mHealth's newest schemas refer to: their members, required members and value sets.
    static let ieee = #"""
        ieee/date-time-1.0 {"type":"string","format":"date-time"}
        ieee/unit-value-1.0 {"type":"object","properties":{"value":{"type":"number"},"unit":{"type":"string"}},"req\#
        uired":["value","unit"]}
        ieee/unit-value-range-1.0 {"type":"object","properties":{"low_value":{"type":"number"},"high_value":{"type":"\#
        number"},"unit":{"type":"string"}},"required":["low_value","high_value","unit"]}
        ieee/percent-unit-value-1.0 {"type":"object","allOf":[{"$ref":"ieee/unit-value-1.0"},{"properties":{"unit":{\#
        "enum":["%"]}}}]}
        ieee/duration-unit-value-1.0 {"type":"object","allOf":[{"$ref":"ieee/unit-value-1.0"},{"properties":{"unit":\#
        {"enum":["ps","ns","us","ms","sec","min","h","d","wk","Mo","yr"]}}}]}
        ieee/length-unit-value-1.0 {"type":"object","allOf":[{"$ref":"ieee/unit-value-1.0"},{"properties":{"unit":{"\#
        enum":["fm","pm","nm","um","mm","cm","m","km","in","ft","yd","mi"]}}}]}
        ieee/temperature-unit-value-1.0 {"type":"object","allOf":[{"$ref":"ieee/unit-value-1.0"},{"properties":{"uni\#
        t":{"enum":["K","F","C"]}}}]}
        ieee/part-of-day-1.0 {"type":"string","enum":["morning","afternoon","evening","night"]}
        ieee/body-posture-1.0 {"type":"string","enum":["sitting","lying down","standing","semi-recumbent"]}
        ieee/descriptive-statistic-1.0 {"type":"string","enum":["average","count","maximum","median","minimum","stan\#
        dard deviation","sum","variance","20th percentile","80th percentile","lower quartile","upper quartile","quar\#
        tile deviation","1st quintile","2nd quintile","3rd quintile","4th quintile"]}
        ieee/time-interval-1.0 {"type":"object","oneOf":[{"properties":{"start_date_time":{"$ref":"ieee/date-time-1.\#
        0"},"duration":{"$ref":"ieee/duration-unit-value-1.0"}},"required":["start_date_time","duration"]},{"propert\#
        ies":{"end_date_time":{"$ref":"ieee/date-time-1.0"},"duration":{"$ref":"ieee/duration-unit-value-1.0"}},"req\#
        uired":["end_date_time","duration"]},{"properties":{"start_date_time":{"$ref":"ieee/date-time-1.0"},"end_dat\#
        e_time":{"$ref":"ieee/date-time-1.0"}},"required":["start_date_time","end_date_time"]},{"properties":{"date"\#
        :{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},"part_of_day":{"$ref":"ieee/part-of-day-1.0"}},"\#
        required":["date","part_of_day"]}]}
        ieee/time-frame-1.0 {"type":"object","oneOf":[{"properties":{"date_time":{"$ref":"ieee/date-time-1.0"}},"req\#
        uired":["date_time"]},{"properties":{"time_interval":{"$ref":"ieee/time-interval-1.0"}},"required":["time_in\#
        terval"]}]}
        """#
}
