"""First come, first served: by rounds waited, then by the wave's order, everyone takes the best triple that is still free."""

import time

import numpy

from . import Answer


class Solver:
    """No search and no proof: what a planner with a spreadsheet could do."""

    def __init__(self, model, threads):
        self.model = model
        self.chosen = None

    def keep(self, goal, floor):
        """The plan is the same for every goal."""

    def best(self, goal, seconds, start):
        """The greedy plan; it is made once."""
        began = time.monotonic()
        if self.chosen is None:
            self.chosen = self._plan()
        return Answer(self.chosen, None, time.monotonic() - began)

    def _plan(self):
        model = self.model
        used = numpy.zeros(len(model.rows), dtype=numpy.int64)
        at_most = numpy.array([row.at_most for row in model.rows], dtype=numpy.int64)
        # Rows of each triple as one compressed table: row numbers and weights, triple by triple.
        sizes = numpy.zeros(model.triples + 1, dtype=numpy.int64)
        for row in model.rows:
            sizes[row.triples + 1] += 1
        starts = numpy.cumsum(sizes)
        numbers = numpy.zeros(starts[-1], dtype=numpy.int32)
        weights = numpy.zeros(starts[-1], dtype=numpy.int64)
        place = starts[:-1].copy()
        for number, row in enumerate(model.rows):
            numbers[place[row.triples]] = number
            weights[place[row.triples]] = row.weights
            place[row.triples] += 1
        chosen = []
        locked_first = [candidate not in model.must for candidate in range(model.candidates)]
        for candidate in sorted(range(model.candidates), key=lambda one: (locked_first[one], -model.waited[one], one)):
            mine = model.choices[candidate]
            # Best by the goals in order: the last key of lexsort is the first to decide.
            order = numpy.lexsort([-goal.points[mine] for goal in reversed(model.goals)])
            for triple in mine[order]:
                own = slice(starts[triple], starts[triple + 1])
                if (used[numbers[own]] + weights[own] <= at_most[numbers[own]]).all():
                    used[numbers[own]] += weights[own]
                    chosen.append(triple)
                    break
        return numpy.array(sorted(chosen), dtype=numpy.int64)
