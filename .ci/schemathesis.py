#!/usr/bin/env python3
"""Has schemathesis call a filled service as a stranger would, by its own description: no 500, no answer that is not described.

Usage: schemathesis.py PROGRAM SCHEMATHESIS SECONDS. Starts the program on a port of its own on loopback with a database in a temporary
folder, fills it with two solved waves and a decision, and ends it. Ids in paths are those that are there, or unknown ones.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent


TOKEN = None


def token(program, data):
    """The token of an account for this script, in a database that may be new."""
    words = [program, "toegang", "token", "--rol", "intermediair", "--naam", "schemathesis", "--gegevens", data, "--json"]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)["geheim"]


def call(url, method="GET", body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method)
    request.add_header("Authorization", f"Bearer {TOKEN}")
    if data is not None:
        request.add_header("Content-Type", "application/json")
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def fill(url, program):
    """Two waves, solved; a decision; a question. The ids that are there, by the name they have in a path."""
    known = {}
    for seed in (1, 2):
        made = subprocess.run([program, "generate", "--preset", "amsterdam", "--candidates", "12", "--seed", str(seed), "-o", "-"],
                              check=True, stdout=subprocess.PIPE).stdout
        wave = json.loads(made)
        wave["id"] = f"proef-{seed}"
        call(f"{url}/v1/lichtingen", "POST", wave)
        call(f"{url}/v1/lichtingen/{wave['id']}/indiening", "POST", If_Match='"v1"')
        run = call(f"{url}/v1/lichtingen/{wave['id']}/berekeningen", "POST", {})["id"]
        for _ in range(300):
            if call(f"{url}/v1/berekeningen/{run}")["toestand"] not in ("wachtrij", "bezig"):
                break
            time.sleep(0.2)
        known.setdefault("lichting", []).append(wave["id"])
        known.setdefault("berekening", []).append(run)
        known.setdefault("kandidaat", []).append(wave["kandidaten"][0]["id"])
        known.setdefault("bestuur", []).append(wave["besturen"][0]["id"])
        known.setdefault("school", []).append(wave["scholen"][0]["id"])
        known.setdefault("coach", []).append(wave["coaches"][0]["id"])
        plan = call(f"{url}/v1/berekeningen/{run}/uitkomst")["plaatsingen"]
        known.setdefault("plek", []).append(plan[0]["plek"])
        known["kandidaat"].append(plan[0]["kandidaat"])
        known["school"].append(plan[0]["school"])
        call(f"{url}/v1/lichtingen/{wave['id']}/beoordelingen/{plan[0]['kandidaat']}", "PUT", {"besluit": "akkoord"}, If_None_Match="*")
        asked = call(f"{url}/v1/berekeningen/{run}/vragen", "POST", {"soort": "waarom", "vraag": {"kandidaat": plan[0]["kandidaat"]}})
        known.setdefault("vraag", []).append(asked["id"])
    return known


def described(url, known):
    """The description, with in every path what is there, or an unknown id, and words for the ids of new rows."""
    document = call(f"{url}/v1/openapi.json")
    # Some paths lie outside the versions; a tool that is told one address needs whole paths.
    server = document["servers"][0]["url"]
    document["servers"] = [{"url": "/"}]
    document["paths"] = {item.pop("servers", [{"url": server}])[0]["url"].rstrip("/") + path: item for path, item in document["paths"].items()}
    for path, item in document["paths"].items():
        for operation in item.values():
            if not isinstance(operation, dict):
                continue
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            if "$ref" in body:
                body = document["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
            if "id" in body.get("properties", {}):
                # A number in a path is of a wrong type to the tool, and a text to everybody else: rows that it makes have words for ids.
                body["properties"]["id"]["pattern"] = "^rij-[a-z]{1,20}$"
            for parameter in operation.get("parameters", []):
                name = parameter["name"]
                if name == "id":
                    # The thing that the path names last before it.
                    name = {"besturen": "bestuur", "scholen": "school", "coaches": "coach", "kandidaten": "kandidaat"}.get(path.split("/")[2], name)
                if parameter["in"] == "path" and name in known:
                    parameter["schema"]["enum"] = sorted(set(known[name])) + ["onbekend"]
                if name == "met":
                    parameter["schema"]["enum"] = known["berekening"]
                if name == "If-Match":
                    parameter["schema"]["enum"] = [f'"v{number}"' for number in range(1, 6)]
    return document


def main():
    global TOKEN
    program, tool, seconds = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        TOKEN = token(program, f"{folder}/loket.sqlite")
        environment = os.environ | {
            "LOKET_ADRES": "127.0.0.1:0", "LOKET_GEGEVENS": f"{folder}/loket.sqlite", "LOKET_REKENTIJD": "5",
            "LOKET_VRAAGTIJD": "5", "LOKET_STROOMTIJD": "1",
        }
        log = open(f"{folder}/log.txt", "w")
        service = subprocess.Popen([program, "serve"], env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            url = service.stdout.readline().split()[-1]
            known = fill(url, program)
            description = pathlib.Path(folder) / "openapi.json"
            description.write_text(json.dumps(described(url, known)))
            command = [
                tool, "--config-file", str(HERE / "schemathesis.toml"), "run", str(description), "--url", url, "--header", f"Authorization: Bearer {TOKEN}",
                "--max-time", seconds, "--request-timeout", "20", "--continue-on-failure", "--no-color", "--report-dir", folder,
            ] + sys.argv[4:]
            ended = subprocess.run(command, cwd=folder).returncode
            if service.poll() is not None:
                print("schemathesis: the service did not survive")
                return 1
            return ended
        finally:
            if service.poll() is None:
                service.send_signal(signal.SIGTERM)
                service.wait(timeout=20)


sys.exit(main())
