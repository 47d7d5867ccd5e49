"""How far scores move and how well an order holds, as plain values of the JSON report: there only if it was asked for."""

from typing import Any

from openreform.assessment import Assessment, Side
from openreform.ranges import Range, Ranks, SideRanges

_DECIMALS = 6

Plain = dict[str, Any]


def rounded(number: float | None) -> float | None:
    """Six decimals, and no -0."""
    return None if number is None else round(number, _DECIMALS) + 0.0


def overall_range(assessment: Assessment, side: Side) -> Plain:
    """The range of the whole on one side."""
    return {} if assessment.robustness is None else {"range": _range(assessment.robustness.side(side).overall)}


def dimension_range(assessment: Assessment, dimension: str, side: Side) -> Plain:
    """The range of a dimension on one side."""
    told = assessment.robustness
    return {} if told is None else {"range": _range(told.side(side).dimensions[dimension])}


def robustness_as_plain(assessment: Assessment) -> Plain:
    """How the ranges were made, what moves the whole, the gates, and the whole at other exponents."""
    told = assessment.robustness
    if told is None:
        return {}
    return {
        "robustness": {
            "draws": told.draws,
            "seed": told.seed,
            "promise": _side(told.promise),
            "practice": _side(told.practice),
            "gates": [
                {
                    "id": gate.id,
                    "reads_scores": gate.reads_scores,
                    "passed": rounded(gate.passed),
                    "same": rounded(gate.same),
                }
                for gate in told.gates
            ],
        }
    }


def ranks_as_plain(ranks: Ranks | None) -> Plain | None:
    """The order of several reforms; None where there are not two to rank."""
    if ranks is None:
        return None
    return {
        "draws": ranks.draws,
        "seed": ranks.seed,
        "order_kept": rounded(ranks.order_kept),
        "pairs_kept": rounded(ranks.pairs_kept),
        "left_out": ranks.left_out,
        "reforms": [
            {
                "id": part.id,
                "score": rounded(part.score),
                "rank": part.rank,
                "low": part.low,
                "high": part.high,
                "ahead_of_next": rounded(part.ahead),
            }
            for part in ranks.intervals
        ],
    }


def _range(spread: Range | None) -> Plain | None:
    if spread is None:
        return None
    return {"low": rounded(spread.low), "median": rounded(spread.median), "high": rounded(spread.high)}


def _side(ranges: SideRanges) -> Plain:
    return {
        "moves_most": [
            {
                "what": "points" if cause.dimension is None else "weights",
                "dimension": cause.dimension,
                "share": rounded(cause.share),
            }
            for cause in ranges.causes
        ],
        "exponents": [{"exponent": part.exponent, "score": rounded(part.score)} for part in ranges.exponents],
    }
