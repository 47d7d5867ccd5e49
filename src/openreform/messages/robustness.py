"""What is said about how far scores move, and about how well an order holds."""

ROBUSTNESS_HELP = "Also how far the scores move with other weights and other points for the levels, in 1,000 draws."

ROBUST: dict[str, str] = {
    "heading": "How far the scores can move",
    "note": (
        "In {draws} draws (seed {seed}) every weight and the points of every level are chosen anew, near to what the framework says. "
        "Nothing stays 0 points, the top 100. In nine draws of ten the score lies in the range. "
        "The levels stay: doubts about what is described are not in it."
    ),
    "caption": "In nine draws of ten the score lies between these two numbers",
    "score": "Score",
    "range": "Range",
    "what": "What",
    "from-to": "{low} to {high}",
    "of-side": "{title}, {side}",
    "moves": "{title}, moves most with {first}; then with {others}.",
    "moves-only": "{title}, moves with {first}.",
    "points": "the points of the levels ({percent})",
    "weights": "the weights in {title} ({percent})",
    "still": "No draw moves {title}.",
    "gate-moves": "Gate “{title}”, {result}: the same in {percent} of the draws.",
    "gates-stay": "The other gates read levels and facts, not scores: they are the same in every draw.",
    "gates-all-stay": "The gates read levels and facts, not scores: they are the same in every draw.",
    "exponents": "{title} with another exponent, apart from the range: {scores}.",
    "at-exponent": "{score} at {exponent}",
    "percent": "{percent} %",
    "comma": ", ",
    "and": " and ",
    # Several reforms
    "ranks": "How well the order holds",
    "ranks-note": "By the whole promised; the draws are the same for all. Ranks: best and worst in nine draws of ten. Ahead: the share of the draws in which it does not fall behind the next.",
    "reform": "Reform",
    "rank": "Rank",
    "rank-one": "{low}",
    "rank-between": "{low}–{high}",
    "between": "Ranks",
    "ahead": "Ahead",
    "order": "The order as a whole is the same in {order} of the draws; on average {pairs} of the pairs keep their order.",
    "no-order": "All have the same score.",
    "left-out-one": "One is not ranked: it has no score of the whole, or was assessed with another version of the framework.",
    "left-out": "{count} are not ranked: they have no score of the whole, or were assessed with another version of the framework.",
}

EXPONENT_SIGNS: dict[float, str] = {0.25: "¼", 0.5: "½", 1.0: "1"}
"""How exponents are written."""
