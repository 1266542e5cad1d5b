"""The cue categories that the judgement rules read by; the words of each are the rubric's (`cues.yaml`)."""

CUES = frozenset(
    {
        *("impact", "problem_reading", "pain", "about_them", "inference"),
        *("demand", "praise", "says_nothing", "decides", "unheard"),
        *("silence", "undone", "trifle", "evaluates"),
        *("body", "step", "decision", "time", "later", "put_off", "absence"),
        *("money_gone", "sponsor_gone", "hold", "unfinished", "paper", "signature", "document", "payment"),
        *("contract_done", "approved", "ordered"),
    }
)
"""Every category a rubric must have, and the only ones it may have."""
