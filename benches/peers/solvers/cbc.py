"""CBC as PuLP brings it: a start from the plan of the goal before, and the bound read from CBC's own log."""

import re
import tempfile
import time
import warnings
from pathlib import Path

import numpy
import pulp

from . import Answer, whole_below

NUMBER = r"([-+0-9.eE]+)"


class Solver:
    """One binary variable per triple, a continuous one per step of load; a problem per goal over the same variables and rows."""

    def __init__(self, model, threads):
        self.model = model
        self.threads = threads
        self.columns = [pulp.LpVariable(f"x{column}", cat=pulp.LpBinary) for column in range(model.triples)]
        self.columns += [pulp.LpVariable(f"s{column}", 0, 1) for column in range(model.triples, model.columns)]
        self.program = pulp.LpProblem("wave", pulp.LpMaximize)
        for candidate, triples in enumerate(model.choices):
            if candidate in model.must:
                self.program += self._sum(triples) == 1
            elif len(triples):
                self.program += self._sum(triples) <= 1
        for row in model.rows:
            self.program += self._sum(row.triples, row.weights) <= row.at_most
        for stair in model.stairs:
            steps = numpy.arange(stair.first, stair.first + stair.steps)
            signs = numpy.repeat([1, -1], [len(steps), len(stair.triples)])
            self.program += self._sum(numpy.concatenate([steps, stair.triples]), signs) == 0

    def _sum(self, columns, weights=None):
        weights = [1] * len(columns) if weights is None else weights.tolist()
        return pulp.LpAffineExpression(zip((self.columns[column] for column in columns.tolist()), weights))

    def _value(self, goal):
        points = self.model.goals[goal].points
        columns = numpy.flatnonzero(points)
        return self._sum(columns, points[columns])

    def keep(self, goal, floor):
        """Adds the row that holds a goal to its floor."""
        self.program += self._value(goal) >= floor

    def best(self, goal, seconds, start):
        """Maximises one goal under the floors so far."""
        self.program.setObjective(self._value(goal))
        if start is not None:
            for column, value in zip(self.columns, self.model.filled(start).tolist()):
                column.setInitialValue(value)
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            log = Path(folder) / "cbc.log"
            solver = pulp.PULP_CBC_CMD(
                msg=False,
                threads=self.threads,
                timeLimit=seconds,
                gapRel=0,
                gapAbs=0.99,
                warmStart=start is not None,
                logPath=str(log),
            )
            began = time.monotonic()
            self.program.solve(solver)
            took = time.monotonic() - began
            text = log.read_text(encoding="utf-8", errors="replace")
        found = self.program.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        # PuLP writes a file for CBC before CBC starts: that is building, CBC's own clock is solving.
        clock = re.search(rf"Total time.*Wallclock seconds\):\s+{NUMBER}", text)
        took = float(clock.group(1)) if clock else took
        if not found:
            return Answer(None, None, took)
        values = numpy.array([column.varValue or 0.0 for column in self.columns[: self.model.triples]])
        return Answer(numpy.flatnonzero(values > 0.5), whole_below(self._bound(text)), took)

    def _bound(self, text):
        """CBC minimises −value: its bounds come in either sign, the value itself is in the log beside them."""
        if "Result - Optimal solution found" in text and "Stopped on" not in text:
            return float(re.search(rf"Objective value:\s+{NUMBER}", text).group(1))
        bound = re.search(rf"(?:Upper|Lower) bound:\s+{NUMBER}", text)
        return float(bound.group(1)) if bound else None
