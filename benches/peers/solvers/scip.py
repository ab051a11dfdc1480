"""SCIP through PySCIPOpt: the model is built once, and a goal's plan is SCIP's own start for the next goal."""

import time

import numpy
from pyscipopt import SCIP_PARAMSETTING, Model, quicksum

from . import Answer, whole_below


class Solver:
    """One binary variable per triple, a continuous one per step of load."""

    def __init__(self, model, threads):
        self.model = model
        self.program = Model()
        self.program.hideOutput()
        # Its log says that probing, a part of presolving, takes nearly all the time here and fixes little.
        self.program.setPresolve(SCIP_PARAMSETTING.FAST)
        self.columns = [self.program.addVar(vtype="B") for _ in range(model.triples)]
        self.columns += [self.program.addVar(vtype="C", lb=0, ub=1) for _ in range(model.columns - model.triples)]
        for candidate, triples in enumerate(model.choices):
            if candidate in model.must:
                self.program.addCons(self._sum(triples) == 1)
            elif len(triples):
                self.program.addCons(self._sum(triples) <= 1)
        for row in model.rows:
            self.program.addCons(self._sum(row.triples, row.weights) <= row.at_most)
        for stair in model.stairs:
            self.program.addCons(self._sum(numpy.arange(stair.first, stair.first + stair.steps)) == self._sum(stair.triples))

    def _sum(self, columns, weights=None):
        if weights is None:
            return quicksum(self.columns[column] for column in columns.tolist())
        return quicksum(weight * self.columns[column] for column, weight in zip(columns.tolist(), weights.tolist()))

    def _value(self, goal):
        points = self.model.goals[goal].points
        columns = numpy.flatnonzero(points)
        return self._sum(columns, points[columns])

    def keep(self, goal, floor):
        """Adds the row that holds a goal to its floor."""
        self.program.freeTransform()
        self.program.addCons(self._value(goal) >= floor)

    def best(self, goal, seconds, start):
        """Maximises one goal under the floors so far."""
        program = self.program
        program.setObjective(self._value(goal), "maximize")
        program.setParam("limits/time", seconds)
        # Values are whole numbers, so a gap below 1 is a proof; SCIP sees this by itself only where there are no steps.
        program.setParam("limits/absgap", 0.99)
        if start is not None:
            solution = program.createSol()
            for column in numpy.flatnonzero(self.model.filled(start)).tolist():
                program.setSolVal(solution, self.columns[column], 1)
            program.addSol(solution)
        began = time.monotonic()
        program.optimize()
        took = time.monotonic() - began
        chosen = None
        if program.getNSols() > 0:
            solution = program.getBestSol()
            triples = [column for column in range(self.model.triples) if program.getSolVal(solution, self.columns[column]) > 0.5]
            chosen = numpy.array(triples, dtype=numpy.int64)
        return Answer(chosen, whole_below(program.getDualbound()), took)
