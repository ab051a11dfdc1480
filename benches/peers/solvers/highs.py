"""HiGHS on one column per triple, through highspy with arrays; every goal starts from the plan of the goal before."""

import time

import highspy
import numpy

from . import Answer, whole_below


class Solver:
    """The matrix is built once; a fresh Highs per goal keeps its clock and its time limit about that goal alone."""

    def __init__(self, model, threads):
        self.model = model
        self.threads = threads
        infinity = highspy.kHighsInf
        parts, low, high = [], [], []
        for candidate, triples in enumerate(model.choices):
            parts.append((triples, numpy.ones(len(triples))))
            low.append(1.0 if candidate in model.must else -infinity)
            high.append(1.0)
        for row in model.rows:
            parts.append((row.triples, row.weights.astype(float)))
            low.append(-infinity)
            high.append(float(row.at_most))
        for stair in model.stairs:
            steps = numpy.arange(stair.first, stair.first + stair.steps)
            parts.append((numpy.concatenate([stair.triples, steps]), numpy.repeat([1.0, -1.0], [len(stair.triples), len(steps)])))
            low.append(0.0)
            high.append(0.0)
        self.parts, self.low, self.high = parts, low, high

    def keep(self, goal, floor):
        """Adds the row that holds a goal to its floor."""
        points = self.model.goals[goal].points
        columns = numpy.flatnonzero(points)
        self.parts.append((columns, points[columns].astype(float)))
        self.low.append(float(floor))
        self.high.append(highspy.kHighsInf)

    def _lp(self, points):
        lp = highspy.HighsLp()
        columns = self.model.columns
        lp.num_col_, lp.num_row_ = columns, len(self.parts)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = points.astype(float)
        lp.col_lower_ = numpy.zeros(columns)
        lp.col_upper_ = numpy.ones(columns)
        lp.row_lower_ = numpy.array(self.low)
        lp.row_upper_ = numpy.array(self.high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = numpy.cumsum([0] + [len(indices) for indices, _ in self.parts])
        lp.a_matrix_.index_ = numpy.concatenate([indices for indices, _ in self.parts]).astype(numpy.int32)
        lp.a_matrix_.value_ = numpy.concatenate([values for _, values in self.parts])
        # Steps need no integrality: their points fall, and the triples they count are whole.
        kinds = [highspy.HighsVarType.kInteger] * self.model.triples
        lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (columns - self.model.triples)
        return lp

    def best(self, goal, seconds, start):
        """Maximises one goal under the floors so far."""
        highs = highspy.Highs()
        for option, value in {
            "output_flag": False,
            "threads": self.threads,
            "time_limit": seconds,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.99,
        }.items():
            highs.setOptionValue(option, value)
        highs.passModel(self._lp(self.model.goals[goal].points))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = self.model.filled(start).astype(float)
            highs.setSolution(solution)
        began = time.monotonic()
        highs.run()
        took = time.monotonic() - began
        info = highs.getInfo()
        chosen = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            values = numpy.array(highs.getSolution().col_value)[: self.model.triples]
            chosen = numpy.flatnonzero(values > 0.5)
        return Answer(chosen, whole_below(info.mip_dual_bound), took)
