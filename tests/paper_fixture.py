"""A paper made by hand that uses every part and every style, with strangers' words where a test wants them."""

from openreform.paper import (
    Bar,
    Box,
    Bullets,
    Figure,
    Heading,
    Paper,
    Paragraph,
    Part,
    Series,
    Sources,
    Table,
    Terms,
    Words,
)

ADDRESS = "https://example.org/plans/2026?a=1&b=2"
LEGEND: tuple[tuple[Series, str], ...] = (
    ("promise", "What the text promises"),
    ("practice", "What is shown to be done"),
)

DIMENSIONS = (
    ("Transparency", 62.5, 41.0),
    ("Participation", 38.0, None),
    ("Accountability", 100.0, 0.0),
    ("Resources and support for those who take part in the work", 12.5, 7.25),
)


def whole(word: str = "a forum of users", *, address: str = ADDRESS, rows: int = 60) -> Paper:
    """A paper with every part; `word` stands wherever text can, and `address` wherever a link can."""
    return Paper(
        title=f"How open are two reforms: {word}",
        subtitle=f"An annex on {word}",
        language="en-GB",
        date="2026-11-26",
        parts=(*_opening(word, address), *_results(word), *_beside(word, address, rows)),
    )


def undated() -> Paper:
    """A paper with hardly anything in it."""
    return Paper("A short paper", "", "en", None, (Paragraph((Words("One sentence."),)),))


def _opening(word: str, address: str) -> tuple[Part, ...]:
    return (
        Heading(1, f"Summary: {word}", "summary"),
        Paragraph(
            (
                Words("Two reforms were read. "),
                Words("Neither says when it ends", strong=True),
                Words(", and the field "),
                Words("reply.within_days", code=True),
                Words(" is empty", source=1),
                Words("; the plan speaks of "),
                Words("une assemblée de citoyens", lang="fr", source=2),
                Words(" and of "),
                Words("منتدى المواطنين", lang="ar"),
                Words(f" ({word}). More stands in "),
                Words("the table", link="#scores"),
                Words(" and in "),
                Words(f"the plan {word}", link=address, source=1),
                Words("."),
            )
        ),
        Paragraph((Words(f"This paper was made from two files. {word}"),), note=True),
        Heading(2, f"What stands out {word}", "points"),
        Bullets(
            (
                (Words("Open by "), Words("default", strong=True), Words(f" {word}")),
                (Words("A reply in 30 days", source=3),),
            )
        ),
        Heading(3, "What to do first", "first"),
        Bullets(((Words("Name the day. "),), (Words("Name who answers. "), Words(word, code=True))), numbered=True),
        Paragraph((Words("Then the rest, which starts again at one:"),)),
        Bullets(((Words("One more step."),), (Words("The last."),)), numbered=True),
    )


def _results(word: str) -> tuple[Part, ...]:
    numbers = Table(
        number=2,
        caption="The numbers of figure 1",
        anchor="figure-1-numbers",
        columns=("Dimension", "Promise", "Practice"),
        aligns=("left", "right", "right"),
        rows=tuple(
            ((Words(label),), (Words(_shown(promise)),), (Words(_shown(practice)),))
            for label, promise, practice in DIMENSIONS
        ),
    )
    bars = tuple(
        bar
        for label, promise, practice in (*DIMENSIONS, (word, 50.0, 25.0))
        for bar in (
            Bar(label, "promise", promise, _shown(promise)),
            Bar(label, "practice", practice, _shown(practice)),
        )
    )
    return (
        Heading(1, "Results", "results"),
        Table(
            number=1,
            caption=f"Scores of both reforms {word}",
            anchor="scores",
            columns=("Reform", "Stage", f"Lead {word}", "Promise", "Practice"),
            aligns=("left", "left", "left", "right", "right"),
            rows=(
                (
                    (Words("Clinics that listen"),),
                    (Words("draft"),),
                    (Words(f"Ministry of health {word}", source=2),),
                    (Words("62.5", strong=True),),
                    (Words("41"),),
                ),
                (
                    (Words(word),),
                    (Words("under way"),),
                    (Words("Maison de la santé", lang="fr"),),
                    (Words("38"),),
                    (Words("no score"),),
                ),
            ),
        ),
        Figure(
            number=1,
            caption=f"Both promise more than they show {word}",
            anchor="bars",
            description=f"Bars from 0 to 100 of five dimensions. Accountability is promised in full; none is shown. {word}",
            legend=LEGEND,
            bars=bars,
            table=numbers,
        ),
    )


def _beside(word: str, address: str, rows: int) -> tuple[Part, ...]:
    return (
        Box(
            f"Case: {word}",
            "case",
            (
                Paragraph((Words("A town hall answered every letter", source=4), Words(f" {word}"))),
                Bullets(((Words("Letters are public."),), (Words("So are the answers."),))),
                Paragraph((Words("Read in 2025."),), note=True),
            ),
        ),
        Heading(1, "All facts", "facts"),
        Table(
            number=3,
            caption="Every fact, over more than a page",
            anchor="all-facts",
            columns=("Criterion", "Fact"),
            aligns=("left", "left"),
            rows=tuple(
                (
                    (Words(f"T{row}"),),
                    (Words(f"Fact {row} is published, renewed every year, and whoever asks is told where it stands."),),
                )
                for row in range(1, rows + 1)
            ),
        ),
        Heading(1, "Words used", "words"),
        Terms(
            (
                ("Promise", (Words("What a text says will be done."),)),
                (f"Reach {word}", (Words("How much is covered "), Words("at all", strong=True))),
            )
        ),
        Heading(1, "Sources", "sources"),
        Sources(
            (
                (Words("Ministry of health, "), Words("‘Plan 2026’", link=address), Words(" (viewed on 2 May 2026)")),
                (Words("Maison de la santé, "), Words("‘Le plan’", lang="fr", link=ADDRESS)),
                (Words(f"A source without an address {word}"),),
                (Words("A town hall, "), Words("‘Letters’", link="https://example.org/letters")),
                (Words("A source that no sentence cites"),),
            )
        ),
    )


def _shown(length: float | None) -> str:
    return "no score" if length is None else f"{length:g}"
