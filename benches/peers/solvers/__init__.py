"""One file per peer, all with the same three methods: `best` for a goal, `keep` for its floor, and the constructor that builds.

`Answer.seconds` is the solver's own time: building the model in Python is reported apart and does not count against the limit.
"""

from dataclasses import dataclass

import numpy


@dataclass
class Answer:
    """What a peer found for one goal: chosen triples, or None; the largest value not excluded, or None; seconds of solving."""

    chosen: numpy.ndarray | None
    bound: int | None
    seconds: float


def whole_below(bound):
    """The largest integer that a bound in floating point leaves open; None when there is no bound."""
    return None if bound is None or not numpy.isfinite(bound) or abs(bound) > 1e18 else int(numpy.floor(bound + 1e-4))
