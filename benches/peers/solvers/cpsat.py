"""CP-SAT: at most one triple per candidate as such, linear sums for the limits, and the plan of the goal before as a hint."""

import time

import numpy
from ortools.sat.python import cp_model

from . import Answer, whole_below


class Solver:
    """One Boolean per triple and per step of load."""

    def __init__(self, model, threads):
        self.model = model
        self.threads = threads
        self.program = cp_model.CpModel()
        self.columns = [self.program.new_bool_var("") for _ in range(model.columns)]
        for candidate, triples in enumerate(model.choices):
            literals = self._some(triples)
            if candidate in model.must:
                self.program.add_exactly_one(literals)
            elif literals:
                self.program.add_at_most_one(literals)
        for row in model.rows:
            literals = self._some(row.triples)
            if row.at_most == 1 and (row.weights == 1).all():
                self.program.add_at_most_one(literals)
            else:
                self.program.add(cp_model.LinearExpr.weighted_sum(literals, row.weights.tolist()) <= row.at_most)
        for stair in model.stairs:
            steps = self.columns[stair.first : stair.first + stair.steps]
            self.program.add(cp_model.LinearExpr.sum(steps) == cp_model.LinearExpr.sum(self._some(stair.triples)))
            for one, next_one in zip(steps, steps[1:]):
                self.program.add_implication(next_one, one)

    def _some(self, columns):
        return [self.columns[column] for column in columns.tolist()]

    def _value(self, goal):
        points = self.model.goals[goal].points
        columns = numpy.flatnonzero(points)
        return cp_model.LinearExpr.weighted_sum(self._some(columns), points[columns].tolist())

    def keep(self, goal, floor):
        """Adds the row that holds a goal to its floor."""
        self.program.add(self._value(goal) >= floor)

    def best(self, goal, seconds, start):
        """Maximises one goal under the floors so far."""
        self.program.maximize(self._value(goal))
        self.program.clear_hints()
        if start is not None:
            for column, value in zip(self.columns, self.model.filled(start).tolist()):
                self.program.add_hint(column, value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.threads
        solver.parameters.max_time_in_seconds = seconds
        began = time.monotonic()
        status = solver.solve(self.program)
        took = time.monotonic() - began
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            known = status == cp_model.UNKNOWN and solver.response_proto.best_objective_bound
            return Answer(None, whole_below(known) if known else None, took)
        triples = [column for column in range(self.model.triples) if solver.boolean_value(self.columns[column])]
        return Answer(numpy.array(triples, dtype=numpy.int64), whole_below(solver.best_objective_bound), took)
