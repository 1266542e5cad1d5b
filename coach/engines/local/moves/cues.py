"""Turns of phrase by which a move is known: patterns over normalised words. Pure.

Rule: what a manager anywhere might say; no pattern is here for the sake of one conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.text.wordlist import word_set

_VERBS = (
    "accept|add|agree|aim|answer|apologise|ask|attach|avoid|be|begin|book|bring|build|buy|calculate|call|cancel|change|"
    "chase|check|choose|clean|close|come|contact|copy|count|cut|decide|delete|deliver|demand|do|draft|drop|email|enter|"
    "escalate|explain|fill|find|finish|fix|focus|follow|forecast|forget|forward|get|give|go|hold|include|insist|invite|"
    "keep|lead|leave|let|list|listen|lock|log|lower|look|mail|make|mark|mention|message|move|negotiate|note|offer|open|"
    "park|pick|pitch|plan|play|practise|practice|prepare|present|press|promise|propose|pull|push|put|quote|raise|read|"
    "record|remember|remind|remove|reply|report|request|respond|ring|run|say|schedule|see|sell|send|set|share|show|sign|"
    "skip|split|start|stay|stick|stop|suggest|summarise|swap|take|talk|teach|tell|test|text|think|throw|trust|try|turn|"
    "update|use|visit|wait|walk|wear|work|write|charge|block|confirm|arrange|organise|hit|knock|lift|reduce|measure|order|pay|"
    "print|rewrite|save|secure|sort|speak|spend|strip|trim|upload|verify|win|wrap|clear|correct|hand|help|insist|map|aim|own"
)
_CONTACT = (
    "call|ring|text|ping|phone|mail|email|message|write|send|tell|say|ask|join|come|take|do|run|handle|open|show|give|"
    "drop|jump|see|meet|talk|have|speak|answer|close|sell|visit|lead|present|negotiate|sort|fix|get|walk|pick|book|make|"
    "offer|push|bring|drive|finish|step|sit|go|pop|deal|reply|forward|grab|kick|start|propose"
)
_CONTACTED = (
    "called|rung|rang|texted|pinged|phoned|mailed|emailed|messaged|written|wrote|rewritten|sent|told|said|asked|talked|"
    "spoken|spoke|offered|booked|given|gave|met|agreed|promised|closed|arranged|replied|invited"
)
_CONTACTING = (
    "calling|ringing|texting|phoning|writing|sending|seeing|meeting|having|taking|handling|joining|coming|going|doing|"
    "running|speaking|talking|telling|mailing|visiting"
)
_THIRD = r"(?:@his|@he|@name|they|them|their|@role|@person|@title|it|the (?:@role|@person|\w+))"
_START = (
    r"(?:(?:and|so|then|but|just|please|right|ok|okay|well|now|listen|look|no|yes|yeah|actually|also|oh|@rep|first|fine|"
    r"good|great|hm|mm|maybe|alright|all right|go on|anyway|perfect|next time|in future|for now|honestly|trust me|ah|um|"
    r"always|never|do not|next|here's what you do|,|:|;|-|–|\.\.|\.)\s)*"
)
_SOON = (
    r"(?:today|tonight|tomorrow|@day|this afternoon|this evening|this morning|next week|this week|noon|@month|o'clock|"
    r"by then|end of|the 0+(?:th|st|nd|rd)|@number(?:th|st|nd|rd)|in the morning|month end|straight away|right away|now)"
)
_ADVERBS = (
    r"(?:just|so|such|not|too|always|more|bit|rather|really|being|still|also|quite|very|simply|all|only|never|a|an|the)"
)

_PATTERNS = {
    # Questions.
    "wh": _START + r"(?:what|who|whose|whom|when|where|why|which|how)\b",
    "how_many": r"\bhow (?:many|much|long|often)\b",
    "wh_did": r"\b(?:what|who|when|where|why|which|how)\b[^?.]{0,30}\b(?:did|has|have|had|was|were)\b",
    "aux_you": r"\b(?:do|did|have|are|were|will|would|could|can|should) (?:you|we)\b",
    "aux_third": r"\b(?:do|does|did|have|has|is|are|was|were|will|would|could|can|might|should|'s) " + _THIRD,
    "would_you": r"\b(?:would|could|might|'d) you\b",
    "are_you_going": r"\bare you (?:going|planning)\b|\bdo you (?:want|plan|see|feel|intend)\b|\byou going to\b",
    "third_does": _THIRD
    + r" (?:said|says|say|want|wants|think|thinks|need|needs|do|does|did|told|tell|know|knows|make|"
    r"made|decide|decided|feel|feels|see|sees|ask|asked|mean|use|carry|take|have|has|had|would|could)\b",
    "you_third": r"\b(?:you think|you suppose|you make of|told you|tell you|asked you|you notice|you hear|you heard|heard "
    r"from|you know|say to you|said to you)\b",
    "when_you": r"\bwhen (?:do|can|will|are|could|would) (?:you|we)\b|\bby when\b|\bwhen\b ?\?$|\buntil when\b",
    "reflect": r"\b(?:differently|feeling|feel|surprise|surprised|learn|learned|learnt|lesson|idea|your (?:plan|view|sense|"
    r"take|read|guess|own)|options?|on your mind|thinking about|would you like|like to|want to|you want|take from|you take|"
    r"notice|proud|worr(?:y|ies|ied|ying)|help you|what else could|next time|a year ago|follows|missing|instead|prepare)\b",
    "leave_you": r"\b(?:for|leave|help|stop|stopping|stops|holding|hold|tells?|make|makes|made|surprised?|stuck with) you\b",
    "activity": r"\b(?:calls?|dials?|visits?|demos?|meetings?|proposals?|offers?|quotes?|mails?|emails?|follow-?ups?|"
    r"activit(?:y|ies)|crm|forecast|pipeline|stage|close date|closing date|closes?|closing|date|number|numbers|target|"
    r"quota|plan|percent|probability|commit|quarter|funnel|booked|bookings|sent|logged|in the system|status|update|"
    r"discount|price|coverage|win rate|conversion|deal|deals|value|size|worth|still good|coming in|land|landing)\b",
    "theirs": r"\b(?:decides?|decision|decided|budget|board|council|cfo|ceo|signs?|signed|signing|signature|procurement|"
    r"purchasing|criteria|problem|pain|afraid|cost them|costs them|at their end|on their side|their side|their end|there|"
    r"over there|in there|customer|client|buyer|happens?|happened|changed|in the way|behind|above|who else)\b",
    "any_news": r"\b(?:any|what's|what is) (?:news|new|update|luck)\b|\bnews on\b|\bwhat 's (?:happening|going on|new|up|with)",
    "still": r"^(?:and |so |is it |is )*still\b|\bor not\b|\byes or no\b|\bsince when\b|\bis (?:it|that|this)\b",
    "status_of": r"\bwhat about\b|\bhow about\b|\bwhere (?:are|is) (?:we|it|that|this|you)\b|\bwhere 's\b|\bwhat 's with\b",
    "tell_me": r"\b(?:tell me|walk me|talk me|take me|give me|show me|help me understand)\b",
    "tell_me_about": r"\b(?:tell me about|walk me through|talk me through|tell me how|describe)\b",
    # Telling.
    "do_it": r"^" + _START + r"(?:do|take|call|ask|bring|send|move|say|use|try|put|tell|go) (?:it|that|this|so|@his|them|both)\b",
    "let_third": r"\blet (?:@his|@he|them|it|@name|the)\b|\bwe will say\b|\blet's not\b|\bonly if\b|\bneeds? to be\b|\bmust be\b",
    "has_to": r"\b(?:has|have|goes|needs?|gets?) (?:to|in|out|both)\b|\byou just\b|\byou will be\b",
    "imperative": "^" + _START + rf"(?:{_VERBS})\b(?! ?\?)",
    "negative": "^" + _START + r"(?:do not|never|no need|not)\b",
    "you_do": r"(?:^|, |\band )" + _START + rf"you (?:{_VERBS})\b",
    "should": r"\b(?:you|we) (?:should|must|need to|have to|have got to|got to|'d better|ought to|want to|could|can)\b",
    "should_have": r"\byou (?:should|could|ought to|needed to|were supposed to)(?: not)? have\b|\b(?:should|could)(?: not)? have\b",
    "i_would": r"^"
    + _START
    + r"i (?:would|'d)\b(?! (?:be|like|love|hate))|\bif i were you\b|\bwhat i 'd\b|\bmy rule\b",
    "need_from_you": r"\bi (?:need|want|expect|'d like|would like)\b",
    "you_need": r"\bwhat you (?:need|do|should|have)\b|\bhere 's what\b|\bthe (?:trick|rule|way|answer|key)\b|\bthat 's how\b",
    "without_verb": r"^" + _START + r"(?:" + r"@number|@month|@day|0+|0+k)\b",
    # Doing it for the rep.
    "i_contact": rf"\bi (?:will|am going to|am gonna|just|can|could|'d|would|want to|have to|need to)(?: \w+)? (?:{_CONTACT})\b",
    "i_contact_now": rf"\bi (?:{_CONTACT})\b|\bi am (?:\w+ )?(?:{_CONTACTING})\b|\bi will\b",
    "i_contact_third": rf"\bi (?:will|am going to|just|can|could|'d)?(?: \w+)? ?(?:{_CONTACT}) {_THIRD}",
    "i_will_contact": rf"\bi (?:will|am going to)(?: (?:just|also|quickly|simply|then))? (?:{_CONTACT})\b",
    "i_am_contacting": rf"\bi am (?:\w+ )?(?:{_CONTACTING})\b",
    "contact_bare": rf"^(?:just |already |ok |too late |lol )*(?:going to|already|done|sent)\b(?: (?:{_CONTACT}|{_CONTACTED})\b)?",
    "mine": r"\b(?:mine|to me|over to me|from here|just (?:@his|him) and me|me alone|see how it is|how it 's done|by watching)\b",
    "i_contacted": rf"\bi (?:have|just|already|'d)?(?: \w+)? ?(?:{_CONTACTED})\b|\balready (?:{_CONTACTED})\b",
    "let_me": r"\b(?:let me (?!know|see|hear|think|understand|guess|get this)|leave (?:it|this|that|@his|@name|them) (?:to|with) me|i 'd better|better if i|i take|i will take|"
    r"take over|over to me|from here|from my side|myself|step in|jump in|jump on)\b",
    "hand_over": r"\b(?:send|give|hand|shoot|forward|pass|text|get|put)\b(?: me)?[^.?!]{0,24}\b(?:number|mobile|phone|file|files|"
    r"draft|contacts?|contact|extension|address|deck|slides|plans|email|thread|card|invite|login)\b",
    "whose_number": r"\b(?:@his|their|what 's the|whats the) (?:number|mobile|extension|phone|email|address|name)\b",
    "you_do_not": r"\byou do not\b",
    "you_minor": r"\byou (?:can )?(?:run the|do the|take care of|look after|handle the|drop off|sleep|sit|watch|take notes|"
    r"prepare the|bring the|stay|carry|can do|just)\b|\b(?:paperwork|take notes|the laptop|admin)\b",
    "me_and": r"\b(?:just|only) (?:me|@he|@his)\b|\b(?:me and|and me|me alone|sees? me|from me|with me|me talk)\b",
    # A label on the person.
    "you_are_a": rf"\byou (?:are|'re|were)(?: {_ADVERBS})* (?:a|an|the|one of|my|our|no|more|not|too|so|just|being|born)\b",
    "you_are": r"\byou (?:are|were)\b",
    "you_always": r"\byou (?:always|never|just|are always|are never|keep|let yourself)\b|\b(?:always|never)\b",
    "you_have": r"\byou (?:have|have not|lack|do not have|have got|have not got)\b",
    "he_is_a": r"(?:@name|@he|they)(?: 's| is| are| was)(?: \w+){0,2} (?:a|an|the)\b|@he 's|@name 's",
    "he_would_have": r"(?:@name|@he|they|\w+man) (?:would|'d|could|will)(?: \w+)? have\b|(?:@name|@he) (?:would|'d)\b",
    "compare": r"\b(?:compared|like|unlike|next to|more like|as) @name\b|\bmore (?:of a|the)\b|\bthe others\b",
    "character": r"\b(?:personality|character|attitude|instincts?|talents?|nature|natural|born|blood|dna|gene|genes|type|kind of "
    r"person|hungry|hunger|killer|hunters?|farmers?|closers?|fighters?|winners?|losers?|star|stars|soft|softie|timid|shy|lazy|"
    r"weak|weakness|strong|tough|hard|naive|gullible|defensive|stubborn|emotional|sensitive|touchy|dramatic|drama|"
    r"pessimist|optimist|worrier|dreamer|thinker|doer|pleaser|people person|salesm[ae]n|salespeople|salesperson|seller|"
    r"professional|amateur|junior|clever|smart|bright|slow|quick|sharp|thorough|reliable|modest|nice|sweet|lovely|kind|"
    r"charming|likeable|liked|confident|confidence|presence|backbone|spine|guts|elbows|grip|drive|edge|bite|balls|heart|"
    r"passion|willpower|energy|motivation|motivated|commitment|ambition|ambitious|discipline|disciplined|organised|"
    r"disorganised|chaotic|messy|careful|careless|comfort zone|little people|excuses?|excuse|academic|technical|too \w+|"
    r"aggressive|passive|introvert|extrovert|quiet|loud|arrogant|difficult|negative|positive|material|potential|mediocre|"
    r"average|hopeless|useless|brilliant|genius|rock|gem|treasure|wizard|gifted|feel for|cut out|made for|fit for)\b",
    "that_is_you": r"\b(?:that 's|typical|classic|so) (?:you|@rep|your)\b|\btypical\b|\bclassic\b|\bthat 's what i mean\b|"
    r"\bwhat i mean\b|\byou people\b|\bsays it all\b|\bshows\b|\bthat 's the \w+ in you\b|\byou and your\b",
    "either_or": r"\beither\b.*\bor\b|\bor (?:not|is not|do not|does not|have not)\b|\bsome (?:are|people)\b",
    "be_more": "^"
    + _START
    + r"(?:be|have|show|get|grow|work on) (?:more|less|some|a|somebody|someone|your|@number|tougher|"
    r"harder|stronger|braver)\b",
    "rating": r"\b(?:put you down|wrote|told|said to|note it|write you|appraisal|review|rating|rated|a c|b-minus|under "
    r"initiative|lacks?)\b",
    "see": r"^(?:see|and|exactly|there you go|of course)\b",
    # Praise and help.
    "praise": r"\b(?:good|great|nice|nicely|well|better|best|excellent|lovely|brilliant|fantastic|super|perfect|clear|brave|"
    r"exact|impressed|impressive|strong|spot on|clever|sharp|interesting|fair|right|worked|helped|helps|worth|useful|"
    r"natural|wonderful|amazing|awesome|solid|smart|neat|beautiful|beautifully)\b",
    "praise_that": r"^"
    + _START
    + r"(?:that|it|this|the \w+)(?: \w+)? (?:'s|is|was|were|looked|felt|sounded|worked|did|made|helped|"
    r"landed|changed|got|took)\b",
    "than": r"\b(?:better|nicer|stronger|clearer|sharper|smarter|cleverer|more \w+|easier|faster|braver) than\b",
    "did_it": r"\b(?:did a lot|did it|got it|got you|made the difference|what (?:got|did|made|worked|helped)|the effect|right (?:thing|call|"
    r"move|question|instinct)|your (?:question|idea|work|doing|call)|was you(?:rs)?|never have (?:got|thought|seen|found))\b",
    "i_spare": r"\bi (?:can|could|will|'d)(?: \w+)? (?:help|spare|lend|free|come along|come with|support|back|take .{1,20} off)\b|"
    r"\b(?:want to help|can take off|take off you)\b",
    "i_like": r"\bi (?:really )?(?:like|liked|love|loved|appreciate|appreciated|enjoyed|admire|admired|noticed?|saw|heard|found|"
    r"understood|read|was impressed|counted)\b|\bthank\b|\bthanks\b|\bwell (?:done|spotted|put|played|asked|observed)\b|"
    r"\bgood (?:ear|eye|catch|point|job|work|one|question|call|thinking|thought|idea|move|instinct)\b|\bgreat (?:job|work)\b",
    "you_did": r"\byou (?:'d |had |\w+ )?(?:asked|told|put|let|showed|waited|went|talked|offered|kept|took|wrote|made|found|gave|got|did|"
    r"had|picked|read|held|thought|did not|stuck|caught|spotted|sent|brought|saw|noticed|listened|stayed|started|left|said|used|called|named|prepared|\w+ed)\b",
    "keep_that": r"\b(?:keep (?:that|it|doing|asking|going|writing)|keep \w+ing|more of that|stay (?:curious|with)|worth keeping|"
    r"hold on to that|do that again)\b",
    "because_you": r"\bbecause (?:you|of)\b|\bbecause\b",
    "i_help": r"\bi (?:can|could|will|'d|am happy to)(?: \w+)? (?:help|get you|take|have|get|spare|check|find you|give you|lend|free|leave you|"
    r"come along|come with|bring|ask|set|arrange|cover|take (?:the|that|this)|clear|look|join you|support|back you|organise)\b",
    "for_you": r"\b(?:for you|with you|get you|give you|help you|off you|if it helps|if you (?:like|want|need)|help with|so you|"
    r"support|from me|can i)\b",
    "right": r"\byou (?:are|were) (?:right|quite right|absolutely right)\b|\bfair (?:point|enough|play)\b|\bgood point\b",
    # Commitments.
    "soon": r"\b" + _SOON + r"\b|@day|@month",
    "by_time": r"\b(?:by|until|till|before|on|at|after) "
    + r"(?:the )?(?:@day|@month|@number|0|noon|tonight|tomorrow|then|end|next|close)",
    "time_only": r"^(?:(?:so|then|good|ok|okay|right|fine|great|and|,|by|on|at|until|the|in|latest|before|after) )*" + _SOON
    + r"(?: (?:\S+)){0,4} ?\.?$",
    "report_start": "^" + _START + r"(?:ring|call|tell|let|write|text|mail|report|message|drop|keep|come) (?:me|back)\b(?! (?:about|how))",
    "agreed": r"\b(?:we said|we agreed|agreed|you said|you promised|you were going to|deal|so you will|you will have|we look at "
    r"it|we go (?:over|through)|let us|let's (?:do|say|look|plan|go|meet|check|review)|we two|we speak|we talk|catch up|i will "
    r"check|i will hold|i will ask you|in your calendar|in the calendar|in the diary|it is on|then we|as agreed|last time|"
    r"last week|last month|where are we)\b",
    "report_back": r"\b(?:tell me|let me know|ring me|call me|write me|send me|text me|mail me|show me|report|come back to me|"
    r"get back to me|bring me|drop me|keep me posted|ping me|message me|you tell me|hear from you)\b",
    "what_said": r"\bwhat (?:@he|they|was|came|comes|the \w+) (?:said|say|says|told|tells|in|out)\b|\bhow it (?:went|goes)\b",
    "so_then": r"^(?:so|then|good|great|okay|ok|deal|right|fine|perfect|and)\b",
    "then_end": r"\b(?:then|first)(?: ,.*)? ?[.!?]?$",
    # Nothing.
    "reassure": r"\b(?:do not (?:worry|be|beat|take)|no (?:rush|pressure|problem|worries|hurry)|never mind|it 's fine|that 's fine|"
    r"whenever|whatever|nobody (?:'s|is|will)|poor|pity|hard on yourself|happens|trust you|you will get there|@he will be fine|"
    r"will be fine|be grateful|is fine|oh well|bless|had a lot|doing fine|only a number|these things)\b",
    "greeting": r"^(?:hi|hello|hey|morning|good morning|good afternoon|bye|thanks|thank you|cheers|welcome|sit|hiya)\b",
    "self": r"\bi (?:was|did|used to|have been|had|know|mean|did not|could not|would not|do not|am|got|never|thought|missed)\b",
    "third_is": r"^" + _START + _THIRD + r" (?:'s|is|are|will|'d|has|have|would|was|were)\b",
    "agenda": r"\b(?:next|first|last one|start with|let's (?:take|see|go|start|talk|do)|i have (?:only )?got|minutes|hang on|hold on|"
    r"got to (?:run|go|jump|dash)|before (?:i|the|we))\b",
}

_COMPILED = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}

CONTACT_PAST = word_set(_CONTACTED.replace("|", " "))


def find_cues(words: Sequence[str]) -> list[str]:
    """Names of the patterns found in a sentence, in a fixed order."""
    joined = " ".join(words)
    return [name for name, pattern in _COMPILED.items() if pattern.search(joined)]


WH = word_set("what who whose whom when where why which how")
_AUXILIARY = word_set("do does did have has had is are was were will would could can might should must 's 'd")
_SUBJECTS = {
    "you": "you", "we": "we", "i": "i", "us": "we", "our": "we", "your": "you", "my": "i", "me": "i", "let's": "we",
    "@he": "they", "@his": "they", "they": "they", "them": "they", "their": "they", "@name": "they", "@role": "they",
    "@person": "they", "@title": "they", "it": "it", "that": "it", "this": "it", "there": "it", "the": "the", "@rep": "you",
    "nobody": "they", "somebody": "they", "everybody": "they", "people": "they", "these": "it", "those": "it",
}  # fmt: skip


def shape(words: Sequence[str]) -> tuple[str, str, str]:
    """The question word, the auxiliary after it, and the first subject after that; `-` for each that is missing."""
    asks = auxiliary = "-"
    for word in words[:14]:
        if asks == "-" and auxiliary == "-" and word in WH:
            asks = word
        elif auxiliary == "-" and word in _AUXILIARY:
            auxiliary = word
        elif word in _SUBJECTS:
            return asks, auxiliary, _SUBJECTS[word]
    return asks, auxiliary, "-"


def persons(words: Sequence[str]) -> list[str]:
    """Who is spoken of: each of `you`, `we`, `i`, `they`, `it` once, in order."""
    return list(dict.fromkeys(_SUBJECTS[word] for word in words if word in _SUBJECTS))


VERBAL = word_set(
    "am is are was were be been has have had do does did will would can could should may might must not 's 'd let's"
)
