"""Reads programs in MPS or LP with solvers by others, solves them, and tells what came of it.

On standard input a JSON list of [solver, file]; on standard output a JSON object a line, in the same order:
solver, file, status (optimal, infeasible, or what the solver said), objective, columns, rows.
"""

import json
import os
import subprocess
import sys
import tempfile

SECONDS = 120


def cbc(file):
    import pulp

    program = pulp.PULP_CBC_CMD().path
    with tempfile.TemporaryDirectory() as folder:
        answer = os.path.join(folder, "answer.txt")
        words = [program, file, "-sec", str(SECONDS), "-ratioGap", "0", "-solve", "-solution", answer, "-quit"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=2 * SECONDS, stdin=subprocess.DEVNULL)
        said = done.stdout + done.stderr
        if "default column names" in said or "error" in said.lower().replace("0 errors", ""):
            return {"status": "not read as it is: " + said[:400]}
        first = open(answer, encoding="ascii").readline() if os.path.exists(answer) else ""
    told, _, value = first.partition(" - objective value ")
    status = {"Optimal": "optimal", "Infeasible": "infeasible", "Integer infeasible": "infeasible"}.get(told.strip(), first or said[-400:])
    return {"status": status, "objective": float(value) if status == "optimal" else None}


def scip(file):
    from pyscipopt import Model

    model = Model()
    model.hideOutput()
    model.readProblem(file)
    size = {"columns": model.getNVars(transformed=False), "rows": model.getNConss(transformed=False)}
    model.setParam("limits/time", SECONDS)
    model.optimize()
    status = model.getStatus()
    return {"status": status, "objective": model.getObjVal() if status == "optimal" else None, **size}


def glpk(file):
    import swiglpk

    swiglpk.glp_term_out(swiglpk.GLP_OFF)
    program = swiglpk.glp_create_prob()
    read = (
        swiglpk.glp_read_lp(program, None, file) if file.endswith(".lp") else swiglpk.glp_read_mps(program, swiglpk.GLP_MPS_FILE, None, file)
    )
    if read != 0:
        return {"status": "not read"}
    size = {"columns": swiglpk.glp_get_num_cols(program), "rows": swiglpk.glp_get_num_rows(program)}
    settings = swiglpk.glp_iocp()
    swiglpk.glp_init_iocp(settings)
    settings.presolve = swiglpk.GLP_ON
    settings.tm_lim = SECONDS * 1000
    ended = swiglpk.glp_intopt(program, settings)
    if ended == swiglpk.GLP_ENOPFS:
        return {"status": "infeasible", **size}
    status = {swiglpk.GLP_OPT: "optimal", swiglpk.GLP_NOFEAS: "infeasible"}.get(swiglpk.glp_mip_status(program), f"ended with {ended}")
    return {"status": status, "objective": swiglpk.glp_mip_obj_val(program) if status == "optimal" else None, **size}


def highs(file):
    import highspy

    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("time_limit", float(SECONDS))
    program.setOptionValue("mip_rel_gap", 0.0)
    if program.readModel(file) != highspy.HighsStatus.kOk:
        return {"status": "not read"}
    size = {"columns": program.getNumCol(), "rows": program.getNumRow()}
    program.run()
    told = program.getModelStatus()
    known = {highspy.HighsModelStatus.kOptimal: "optimal", highspy.HighsModelStatus.kInfeasible: "infeasible"}
    status = known.get(told, str(told))
    return {"status": status, "objective": program.getInfo().objective_function_value if status == "optimal" else None, **size}


SOLVERS = {"cbc": cbc, "scip": scip, "glpk": glpk, "highs": highs}

for solver, file in json.load(sys.stdin):
    print(json.dumps({"solver": solver, "file": file, **SOLVERS[solver](file)}), flush=True)
