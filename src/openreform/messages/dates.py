"""The words dates are written with, in English, Spanish, French and Portuguese: small letters, no accents."""

import re

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene janvier janv janeiro",
            "february feb febrero fevrier fevr fevereiro fev",
            "march mar marzo mars marco",
            "april apr abril abr avril avr",
            "may mayo mai maio",
            "june jun junio juin junho",
            "july jul julio juillet juil julho",
            "august aug agosto ago aout",
            "september sep sept septiembre setiembre septembre setembro set",
            "october oct octubre octobre outubro out",
            "november nov noviembre novembre novembro",
            "december dec diciembre dic decembre dezembro dez",
        ),
        start=1,
    )
    for name in names.split()
}
SEASONS: dict[str, str] = {
    **dict.fromkeys(("spring", "primavera", "printemps"), "spring"),
    **dict.fromkeys(("summer", "verano", "ete", "verao"), "summer"),
    **dict.fromkeys(("autumn", "fall", "otono", "automne", "outono"), "autumn"),
    **dict.fromkeys(("winter", "invierno", "hiver", "inverno"), "winter"),
}
ORDINALS = {
    **dict.fromkeys(("1st", "first", "i", "1", "primer", "primero", "premier", "1er", "1ro", "1o", "primeiro"), 1),
    **dict.fromkeys(("2nd", "second", "ii", "2", "segundo", "deuxieme", "2e", "2eme", "2do", "2o"), 2),
    **dict.fromkeys(("3rd", "third", "iii", "3", "tercer", "tercero", "troisieme", "3e", "3eme", "3ro", "3o", "terceiro"), 3),
    **dict.fromkeys(("4th", "fourth", "iv", "4", "cuarto", "quatrieme", "4e", "4eme", "4to", "4o", "quarto"), 4),
}  # fmt: skip
BEFORE_A_DATE = re.compile(
    r"^(?:(?:completed?|completion|done|finished|due|from|since|starting|beginning|as of|until|till|up to|by|before"
    r"|no later than|not later than|at the latest|in|on|the"
    r"|desde|a partir de|hasta|antes de|a mas tardar|en|el|del?|em|ate"
    r"|des|depuis|a compter de|jusqu'?en|jusqu'?a|avant|d'?ici(?: a)?|au plus tard|le|la|du)[\s:]+|l')+",
)
END_OF = re.compile(
    r"^(?:(?:the )?end(?: of)?|year[- ]end|fin de ano|(?:la )?fin(?:al|ales|es)?(?: de(?: la| l')?)?|fim(?: de)?)"
    r"\s+(?:of\s+)?(?:year\s+)?"
)
ROUGHLY = re.compile(
    r"\b(?:early|mid|middle|late|beginning|start|around|about|approximately|circa|principios|inicios|mediados|comienzos|debut|milieu"
    r"|courant|vers|inicio|meados|comeco|fiscal|exercice)\b"
)
