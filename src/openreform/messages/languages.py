"""Signs by which the language of a passage is told: words that every text of a language is full of, scripts, countries."""

FUNCTION_WORDS: dict[str, str] = {
    "en": "the of and in to for on by with from at is are be as an or its their that this which who what how all any not will",
    "es": "el la los las de del y en para por con una un al que se su sus es como más sobre entre tu lo",
    "pt": "o os as de do da dos das e em no na nos nas para por com uma um ao que se seu sua é como mais sobre pelo pela",
    "fr": "le la les de du des et en dans pour par avec une un au aux que qui se sa son est sur à d l ou plus",
    "it": "il lo la gli i le di del della dei delle e in per con una un al che si suo sua è come sul nella dal alla",
    "de": "der die das den dem des und in im für von mit ein eine einer auf bei zu zur zum ist nicht über aus als",
    "nl": "de het een en van in op voor met door bij te ten is niet naar over aan als",
    "ro": "și în de la cu pentru din pe a al ale este o un care prin sau nu mai",
    "pl": "i w na z do dla o od przez oraz jest nie się że po ze przy lub",
    "cs": "a v na z do pro o od je se že po při nebo které který jako ve ze k",
    "hr": "i u na za od s sa o je se te iz po kao koji koja koje ili prema kroz",
    "sq": "dhe në të i e për me nga një është së që ose mbi",
    "id": "dan di ke dari untuk yang dengan pada oleh dalam atau ini itu tentang atas bagi",
    "sw": "na ya wa kwa katika ni za cha la kuhusu au kwenye",
    "tr": "ve bir bu için ile de da olarak veya en çok göre",
}
"""By BCP 47 tag, words apart by blanks. English is the language of reports."""

SCRIPT_LANGUAGES: dict[str, str] = {
    "GEORGIAN": "ka", "ARMENIAN": "hy", "GREEK": "el", "HEBREW": "he", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "SINHALA": "si", "TAMIL": "ta", "TELUGU": "te", "BENGALI": "bn", "GUJARATI": "gu", "HANGUL": "ko", "HIRAGANA": "ja",
    "KATAKANA": "ja", "ETHIOPIC": "am", "CJK": "zh", "CYRILLIC": "und-Cyrl", "ARABIC": "ar", "DEVANAGARI": "hi", "THAANA": "dv",
}  # fmt: skip
"""By the first word of the names of its letters in Unicode."""

COUNTRY_LANGUAGES: dict[str, str] = {
    **dict.fromkeys("AR BO CL CO CR DO EC ES GT HN MX PA PE PY SV UY".split(), "es"),
    **dict.fromkeys("AO BR CV MZ PT".split(), "pt"),
    **dict.fromkeys("BF BJ CI FR SN TG".split(), "fr"),
    **dict.fromkeys("AT DE".split(), "de"),
    **dict.fromkeys("MD RO".split(), "ro"),
    "IT": "it", "NL": "nl", "PL": "pl", "CZ": "cs", "HR": "hr", "AL": "sq", "ID": "id", "TZ": "sw", "KE": "sw", "TR": "tr",
    "UA": "uk", "BG": "bg", "RS": "sr", "MK": "mk", "MN": "mn", "KG": "ky", "KZ": "kk", "RU": "ru", "BY": "be", "TJ": "tg",
    "IR": "fa", "AF": "fa", "PK": "ur", "NP": "ne",
}  # fmt: skip
"""The language that a passage from there is likely in, once its script or its words allow it."""

CYRILLIC = frozenset({"uk", "bg", "sr", "mk", "mn", "ky", "kk", "ru", "be", "tg"})
ARABIC = frozenset({"ar", "fa", "ur"})
DEVANAGARI = frozenset({"hi", "ne"})
"""Languages that share a script."""
