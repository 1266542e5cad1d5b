"""Whether a text is in English, by the share of its function words.

Rule: generous. Telegraphic, dictated and second-language English counts, and a text too short to tell is taken for
English; only a text that is clearly in another language, or in another script, is not.
"""

from __future__ import annotations

import re

from coach.text.wordlist import word_set

# Few of these are words of the languages to be told from: not "in", "die", "was", "so", "an", "or", "as", "on".
ENGLISH_WORDS = word_set(
    """the and of to with for from that this they their them we our you your he she his her it its is are were been
    have has had not but if by at will would can could should who what when which there then than after before
    about because only no yes said says told asked sent want wants need needs next call called meeting by just
    still out up off over into how any all some more very my i'm it's don't didn't wants quote sign signed price
    close week month today new two three one"""
)
# The commonest words of the languages that sales notes come in besides; none is English.
OTHER_WORDS = (
    word_set(
        """der und ist nicht mit für auf dem den ein eine einen sich wir haben wird auch noch bei aus nach zum zur von
    das sie ich wenn oder über el los las una que por para con del está pero como más ya nos muy también hay
    este esta ser sobre hemos se su le les des une est dans pour pas sur avec nous vous ont sont qui cette mais
    être aux ce il elle je het een van niet dat voor zijn hebben aan maar ook naar wordt wij ze om bij uit nog
    não uma com você ele ela mas foi são tem ao dos das pelo pela isso il gli che di per non una sono della del
    ma anche ha ho ci si alla nel più questo och att det som är på av inte har jag vi med till om från kan ska
    var nie jest się że na do jak ale czy za od są było przez dla ich już tylko będzie"""
    )
    - ENGLISH_WORDS
    - frozenset(
        {
            "on",
            "do",
            "per",
            "via",
            "om",
            "ha",
            "ho",
            "ma",
            "das",
            "le",
            "la",
            "el",
            "del",
            "di",
            "van",
            "der",
            "den",
            "var",
            "har",
            "hay",
        }
    )
)

# Fewer words than this tell nothing.
FEWEST_WORDS = 5
# A longer text with no word of any of the languages is in yet another one.
FEWEST_WORDS_OF_NONE = 25
# Telegraphic English has few function words; other languages have next to none of these.
FEWEST_ENGLISH = 0.06

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE_CHARS = 20_000


def looks_english(text: str) -> bool:
    """Whether a text is, or may be, in English."""
    sample = text[:_SAMPLE_CHARS]
    letters = [letter for letter in sample if letter.isalpha()]
    if letters and sum(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in letters) < len(letters) / 2:
        return False
    words = [word.replace("’", "'") for word in _WORD.findall(sample.casefold())]
    if len(words) < FEWEST_WORDS:
        return True
    english = sum(word in ENGLISH_WORDS for word in words)
    other = sum(word in OTHER_WORDS for word in words)
    if not other:
        return english > 0 or len(words) < FEWEST_WORDS_OF_NONE
    return english > other and english >= FEWEST_ENGLISH * len(words)
