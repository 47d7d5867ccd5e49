"""The language of a stranger's words, so that a screen reader can say them: no field tells it, the words themselves do.

Where the words do not tell it, nothing is said: a wrong language is worse to hear than none.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from markupsafe import Markup, escape

from openreform.assessment import SIDES, Assessment, Place
from openreform.messages.languages import (
    ARABIC,
    COUNTRY_LANGUAGES,
    CYRILLIC,
    DEVANAGARI,
    FUNCTION_WORDS,
    SCRIPT_LANGUAGES,
)
from openreform.plaintext import visible
from openreform.rendering.papers.parts import runs_right_to_left

_WORD = re.compile(r"[^\W\d_]+")
_SHARED = {"CYRILLIC": CYRILLIC, "ARABIC": ARABIC, "DEVANAGARI": DEVANAGARI}
_OWN = "en"
_SHORTEST = 6
_LONGEST_LOOK = 400
_CERTAIN = 2


def language_of(text: str, country: str | None = None) -> str | None:
    """The language (BCP 47) a text is in, if it is not English and its words tell it.

    Args:
        text: any words.
        country: ISO 3166 code of where they come from, which decides between languages that look alike.
    """
    letters = [sign for sign in text[:_LONGEST_LOOK] if sign.isalpha()]
    if not letters:
        return None
    home = COUNTRY_LANGUAGES.get((country or "").partition("-")[0])
    scripts = Counter(_script(sign) for sign in letters)
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if script != "LATIN":
        known = SCRIPT_LANGUAGES.get(script)
        return (home if home in _SHARED.get(script, ()) else known) if 2 * count > len(letters) else None
    return _by_words(text[:_LONGEST_LOOK], home)


@cache
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


@cache
def _words_of(language: str) -> frozenset[str]:
    return frozenset(FUNCTION_WORDS[language].split())


def _by_words(text: str, home: str | None) -> str | None:
    found = set(_WORD.findall(text.casefold()))
    hits = {language: len(found & _words_of(language)) for language in FUNCTION_WORDS}
    best = max(count for language, count in hits.items() if language != _OWN)
    if best - hits[_OWN] < (1 if not hits[_OWN] else _CERTAIN):
        return None
    leading = [language for language, count in hits.items() if count == best]
    if home in leading:
        return home
    return leading[0] if len(leading) == 1 and best >= _CERTAIN else None


class Passages:
    """The strangers' words of one assessment that are not English, to be marked wherever they stand in a sentence."""

    def __init__(self, assessment: Assessment) -> None:
        self._languages: dict[str, str] = {}
        for text in _strangers_words(assessment):
            shown = visible(text)
            if len(shown) >= _SHORTEST and (language := language_of(shown, assessment.country)):
                self._languages[str(escape(shown))] = language
        longest_first = sorted(self._languages, key=lambda text: (-len(text), text))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def marked(self, text: object) -> Markup:
        """A text as HTML, escaped unless it is HTML already, with the language of every passage told."""
        shown = text if isinstance(text, Markup) else escape(visible(str(text)))
        return shown if self._pattern is None else Markup(self._pattern.sub(self._spanned, shown))  # noqa: S704  # escaped

    def _spanned(self, match: re.Match[str]) -> str:
        language = self._languages[match.group()]
        turned = ' dir="rtl"' if runs_right_to_left(language) else ""
        return f'<span lang="{language}"{turned}>{match.group()}</span>'


def _strangers_words(assessment: Assessment) -> set[str]:
    words = {assessment.title, *assessment.leads, *(concern.text for concern in assessment.concerns)}
    for evidence in assessment.evidence:
        words |= {evidence.title or "", evidence.publisher or "", *_names(evidence.supports)}
    for dimension in assessment.dimensions:
        for finding in dimension.findings:
            for side in SIDES:
                part = finding.side(side)
                for fact in (*part.met, *part.unmet) if part else ():
                    words |= _names(fact.places)
                    words |= {fact.nearest.place.name} if fact.nearest else set()
    words |= {step.place.name for step in (*assessment.steps.promise, *assessment.next_steps.values())}
    words |= {fault.place.name for fault in assessment.faults}
    for told in (
        *(fault.exemption for fault in assessment.faults),
        *(made.exemption for made in assessment.exceptions),
    ):
        words |= {told.because or "", told.by or ""} if told else set()
    return words | {assessment.assessor.name or ""}


def _names(places: tuple[Place, ...]) -> set[str]:
    return {place.name for place in places}
