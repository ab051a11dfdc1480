"""Reads the plain model that `waves export` writes, and checks plans of it in integers: no peer's word is taken for a value."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy

FORMAT = "loket-triples/1"


@dataclass
class Row:
    """Σ weight · triple ≤ at_most."""

    rule: str
    triples: numpy.ndarray
    weights: numpy.ndarray
    at_most: int


@dataclass
class Stair:
    """Steps of one coach's load: Σ steps = Σ triples with the coach; a step's points fall, so steps are taken in order."""

    first: int
    steps: int
    triples: numpy.ndarray


@dataclass
class Goal:
    """Σ points · column, to be maximised; columns are triples, then steps."""

    name: str
    points: numpy.ndarray
    tolerance_percent: int
    slack: int

    def floor(self, best):
        """What later goals must keep of a best value."""
        return best - abs(best) * self.tolerance_percent // 100 - self.slack


class PlainModel:
    """One column per allowed triple (candidate, seat group, coach), the raw limits as rows, the goals in order."""

    def __init__(self, path):
        path = Path(path)
        head = json.loads(path.read_text(encoding="utf-8"))
        if head["format"] != FORMAT:
            raise ValueError(f"format {head['format']!r}, expected {FORMAT!r}")
        self.candidates = head["candidates"]
        self.triples = head["triples"]
        arrays = {
            one["name"]: numpy.fromfile(path.parent / head["file"], dtype=one["type"], count=self.triples, offset=one["offset"])
            for one in head["arrays"]
        }
        self.candidate = arrays["candidate"]
        self.waited = numpy.array(head["waited"], dtype=numpy.int64)
        self.must = set(head["must"])
        sorted_by = {}

        def among(kind, which):
            if kind == "all":
                return numpy.arange(self.triples)
            if kind not in sorted_by:
                order = numpy.argsort(arrays[kind], kind="stable")
                sorted_by[kind] = (order, arrays[kind][order])
            order, values = sorted_by[kind]
            return order[numpy.searchsorted(values, which, "left") : numpy.searchsorted(values, which, "right")]

        self.choices = [among("candidate", candidate) for candidate in range(self.candidates)]
        self.rows = []
        for limit in head["limits"]:
            triples = among(limit["among"], limit["which"])
            weights = numpy.ones(len(triples), dtype=numpy.int64) if limit["weight"] == "one" else arrays[limit["weight"]][triples]
            if len(triples) and self._can_bind(triples, weights, limit["at_most"]):
                self.rows.append(Row(limit["rule"], triples, weights, limit["at_most"]))
        self.stairs = []
        first = self.triples
        for coach, steps in enumerate(head["steps"]):
            triples = among("coach", coach)
            if any(goal["load"] for goal in head["goals"]) and len(triples) and steps:
                self.stairs.append((coach, Stair(first, steps, triples)))
                first += steps
        self.columns = first
        self.goals = []
        for number, goal in enumerate(head["goals"]):
            points = numpy.zeros(self.columns, dtype=numpy.int64)
            points[: self.triples] = arrays[f"points-{number}"]
            for coach, stair in self.stairs:
                if goal["load"]:
                    points[stair.first : stair.first + stair.steps] = goal["load"][coach]
            self.goals.append(Goal(goal["name"], points, goal["tolerance_percent"], goal["slack"]))
        self.stairs = [stair for _, stair in self.stairs]

    def _can_bind(self, triples, weights, at_most):
        """Whether the heaviest triple of every candidate together would exceed the limit; other rows say nothing."""
        heaviest = numpy.zeros(self.candidates, dtype=numpy.int64)
        numpy.maximum.at(heaviest, self.candidate[triples], weights)
        return int(heaviest.sum()) > at_most

    def filled(self, chosen):
        """Every column's value for these chosen triples, steps taken in order."""
        values = numpy.zeros(self.columns, dtype=numpy.int64)
        values[chosen] = 1
        for stair in self.stairs:
            taken = int(values[stair.triples].sum())
            if taken > stair.steps:
                raise ValueError("a coach has more candidates than steps")
            values[stair.first : stair.first + taken] = 1
        return values

    def values(self, chosen):
        """The value of every goal for these chosen triples, in integers; an error when they break a rule."""
        placed = numpy.bincount(self.candidate[chosen], minlength=self.candidates)
        if placed.max(initial=0) > 1:
            raise ValueError("a candidate is placed twice")
        if any(placed[candidate] == 0 for candidate in self.must):
            raise ValueError("a locked candidate is not placed")
        values = self.filled(chosen)
        for row in self.rows:
            if int(values[row.triples] @ row.weights) > row.at_most:
                raise ValueError(f"the plan breaks {row.rule}")
        return [int(goal.points @ values) for goal in self.goals]
