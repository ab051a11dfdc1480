#!/usr/bin/env python3
"""Makes hard waves of 200 candidates: benches/hard/waves.py LOKET FOLDER.

Each is `loket generate --candidates 200 …` with something added that makes its bounds weak: a budget with a share of external coaches, hours of the
next phase that bind, many goals with hours of nine kinds, or choices that nearly everybody has. docs/performance.md says what became of them.
"""

import json
import pathlib
import random
import subprocess
import sys

HOURS = {"werkervaring": 15, "opleiding": 60, "opleiding_jaar2": 30, "inductie": 15}


def budget(wave, dice):
    hours = sum(person.get("uren", HOURS[person.get("fase", wave["fase"])]) for person in wave["kandidaten"])
    wave["beleid"]["max_kosten_cent"] = int(hours * 5600)
    wave["beleid"]["max_extern_procent"] = 35
    for coach in wave["coaches"]:
        coach["tarief_cent"] = 4000 + dice.randrange(0, 9000)


def ahead(least):
    def change(wave, dice):
        for coach in wave["coaches"]:
            coach["uren_vervolg"] = int(coach["uren"] * (least + 0.2 * dice.random()))

    return change


def goals(wave, dice):
    terms = ["geplaatst", "wachttijd", "bouw", "reistijd", "coachreis", "doelgroep", "concept", "coachwens", "belasting"]
    wave["beleid"]["doelen"] = [{"naam": term, "punten": {term: 1}} for term in terms]
    for person in wave["kandidaten"]:
        person["uren"] = dice.choice([13, 17, 22, 29, 31, 37, 41, 53, 58])


def wide(wave, dice):
    for person in wave["kandidaten"]:
        person.update(max_reistijd=90, bouwen=["onderbouw", "middenbouw", "bovenbouw"])
        person.pop("soorten", None)
    for coach in wave["coaches"]:
        coach["max_reistijd"] = 90
        coach.pop("bouwen", None)


def few(wave, dice):
    wave["beleid"]["doelen"] = [{"naam": "geplaatst", "punten": {"geplaatst": 1}}, {"naam": "passing", "punten": {"bouw": 1, "reistijd": 1}}]


MIXED = ["--mixed-phases"]
KINDS = {
    "budget": (MIXED + ["--coaches", "40", "--tightness", "75"], [budget]),
    "look": (MIXED + ["--coaches", "40", "--tightness", "75"], [ahead(0.35)]),
    "goals": (MIXED + ["--coaches", "40", "--tightness", "75"], [goals]),
    "wide": (MIXED + ["--coaches", "30", "--tightness", "60"], [wide, budget, few]),
    "budgetB": (MIXED + ["--coaches", "30", "--tightness", "60"], [budget, ahead(0.3), few]),
}


def main():
    loket, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(exist_ok=True)
    for kind, (options, changes) in KINDS.items():
        for seed in range(1, 5):
            made = subprocess.run([loket, "generate", "--candidates", "200", "--seed", str(seed), *options, "-o", "-"], check=True, capture_output=True)
            wave, dice = json.loads(made.stdout), random.Random(seed)
            for change in changes:
                change(wave, dice)
            (folder / f"{kind}{seed}.json").write_text(json.dumps(wave, ensure_ascii=False))


main()
