"""The statistics that tell signal from noise: pure functions, plain data in, typed results out.

No SQL, no Streamlit, no drawing. One `Judgement` per series (see `judging.judge`) feeds every tile, chart, table,
sentence, alternative text and export, so that they cannot disagree.

    vocabulary      the closed lists of words: polarity, chart, rule, variation, assurance …
    series          points in, checked; stretches between rebases
    limits          mean and limits: XmR, p, p′, u, u′, t
    rules           the four special-cause rules
    targets         targets with dates, their tags, year to date
    assurance       can the target be met the way the work is done now?
    outlook         where a target with a date is heading
    judgement       the one frozen result of a series
    judging         points in, judgement out
    wording         figures, dates and periods in words
    sentences       the sentence of a judgement; sentences.md lists every one
    advice          what to do about it
    intervals       Wilson, Byar, exact Poisson
    funnel          teams or councils side by side
    suppression     small numbers hidden, with the cells that would give them away
"""
