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

SOLVERS = ("cpsat", "scip", "cbc", "highs", "greedy")


def tell(**facts):
    """One line of the report, at once: whoever is stopped later has said what was known."""
    print(json.dumps(facts), flush=True)


def peak_mib():
    """Largest memory of this process and of any process it waited for, MiB."""
    own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"own": own // 1024, "children": others // 1024}


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
    left, plan, values = arguments.seconds, None, None
    for number, goal in enumerate(model.goals):
        if left < 0.05:
            break
        answer = solver.best(number, left, plan)
        left -= answer.seconds
        if answer.chosen is None:
            tell(goal=goal.name, value=None, bound=answer.bound, seconds=round(answer.seconds, 3))
            break
        plan, values = answer.chosen, model.values(answer.chosen)
        tell(goal=goal.name, value=values[number], bound=answer.bound, seconds=round(answer.seconds, 3))
        solver.keep(number, goal.floor(values[number]))
    tell(done=True, values=values, peak_mib=peak_mib())


if __name__ == "__main__":
    main()
