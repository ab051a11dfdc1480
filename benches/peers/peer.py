"""Solves a plain model with another solver: goals in sequence, each with the time that is left and floors for the goals before.

Prints one JSON line when the model is built, one per goal as soon as it is finished, and one at the end; values are recomputed
here in integers from the chosen triples, so a peer cannot report a plan that breaks a rule.
"""

import argparse
import importlib
import json
import resource
import time

from plain_model import PlainModel
from solvers import greedy

SOLVERS = ("cpsat", "scip", "cbc", "highs", "greedy")


def tell(**facts):
    """One line of the report, at once: whoever is stopped later has said what was known."""
    print(json.dumps(facts), flush=True)


def peak_mib():
    """Largest memory of this process and of any process it waited for, MiB."""
    own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"own": own // 1024, "children": others // 1024}


def first_plan(model):
    """The greedy plan, which every peer gets as its first start; None when it leaves a locked candidate unplaced."""
    plan = greedy.Solver(model, 1).best(0, 0, None).chosen
    try:
        return plan, model.values(plan)
    except ValueError:
        return None, None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="what `waves export` wrote")
    parser.add_argument("--solver", choices=SOLVERS, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="for all goals together")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory-mib", type=int, default=8192, help="limit on the address space")
    arguments = parser.parse_args()
    most = arguments.memory_mib * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    model = PlainModel(arguments.model)
    began = time.monotonic()
    solver = importlib.import_module(f"solvers.{arguments.solver}").Solver(model, arguments.threads)
    tell(built=True, build_seconds=round(time.monotonic() - began, 3), columns=model.columns, rows=len(model.rows))
    plan, values = first_plan(model) if arguments.solver != "greedy" else (None, None)
    left = arguments.seconds
    for number, goal in enumerate(model.goals):
        if left < 0.05:
            break
        answer = solver.best(number, left, plan)
        left -= answer.seconds
        if answer.chosen is not None:
            plan, values = answer.chosen, model.values(answer.chosen)
        if values is None:
            tell(goal=goal.name, value=None, bound=answer.bound, seconds=round(answer.seconds, 3))
            break
        tell(goal=goal.name, value=values[number], bound=answer.bound, seconds=round(answer.seconds, 3))
        solver.keep(number, goal.floor(values[number]))
    tell(done=True, values=values, peak_mib=peak_mib())


if __name__ == "__main__":
    main()
