"""The whole story of a wave, told with a client that openapi-python-client generated from docs/openapi.json; mypy --strict checks it.

Usage: story.py ADDRESS TOKEN. Nothing here is cast: what the description says is what the types are.
"""
import datetime
import sys
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from loket_client import AuthenticatedClient
from loket_client.api.beoordelingen import besluiten
from loket_client.api.berekeningen import berekening, berekening_plaatsingen, berekening_vragen, uitkomst, verschil
from loket_client.api.besturen import capaciteit, capaciteit_bevestigen, capaciteit_opbrengst, plekken, plekken_zetten
from loket_client.api.lichtingen import lichting, lichting_indienen, lichting_maken, plaatsingen, vaststellen
from loket_client.api.register import kandidaat, kandidaat_zetten, school
from loket_client.api.uitval import coach_uitval, herberekening, herberekening_aanvaarden
from loket_client.api.vragen import vraag, vragen
from loket_client.models import (
    Besluit,
    Besluitkeuze,
    Bouw,
    DeelWaarom,
    Fase,
    Kandidaatinvoer,
    Lichtingbestand,
    Lichtingbestuur,
    Lichtingcoach,
    Lichtingkandidaat,
    Lichtingplek,
    Lichtingschool,
    Opbrengstvraag,
    Plekkenbevestiging,
    Plekkeninvoer,
    Probleem,
    Rekenwens,
    Uitval,
    Vaststelwens,
    Vraagantwoord,
    Vraagdetails,
    Vraaginvoer,
    Vraagsoort,
    Werktoestand,
)
from loket_client.types import Response

T = TypeVar("T")
MOST_TIMES = 300


def good(answer: Response[T | Probleem]) -> T:
    """What was answered; a refusal ends the story."""
    parsed = answer.parsed
    if isinstance(parsed, Probleem):
        wrong = [] if not parsed.fouten else [f"{it.plaats}: {it.wat}" for it in parsed.fouten]
        raise SystemExit(f"refused: {parsed.status} {parsed.detail} {wrong}")
    if parsed is None:
        raise SystemExit(f"{answer.status_code} is not described")
    return parsed


def tag(answer: Response[T]) -> str:
    """The ETag of an answer."""
    return answer.headers["ETag"]


def until(ask: Callable[[], T], done: Callable[[T], bool]) -> T:
    """Asks until it is done."""
    for _ in range(MOST_TIMES):
        found = ask()
        if done(found):
            return found
        time.sleep(0.2)
    raise SystemExit("it took too long")


def over(state: Werktoestand) -> bool:
    """Whether work has ended, and well."""
    if state in (Werktoestand.MISLUKT, Werktoestand.AFGEBROKEN):
        raise SystemExit(f"the work ended {state}")
    return state is Werktoestand.KLAAR


def wave(name: str) -> Lichtingbestand:
    """Two boards, three seats, two coaches and four candidates: one of them has no place."""
    return Lichtingbestand(
        formaat="loket-lichting/1",
        id=name,
        naam="Lichting van Python",
        fase=Fase.OPLEIDING,
        besturen=[Lichtingbestuur(id="PB1", naam="Bestuur De Amstel"), Lichtingbestuur(id="PB2", naam="Bestuur Het IJ")],
        scholen=[
            Lichtingschool(id="PS1", naam="De Vlieger", bestuur="PB1", lat=52.37, lon=4.89, plekken=[Lichtingplek(bouw=Bouw.ONDERBOUW, aantal=2)]),
            Lichtingschool(id="PS2", naam="De Brug", bestuur="PB2", lat=52.38, lon=4.9, plekken=[Lichtingplek(bouw=Bouw.BOVENBOUW, aantal=1)]),
        ],
        coaches=[
            Lichtingcoach(id="PK1", naam="Vera Verzonnen", lat=52.372, lon=4.895, maximum=2, uren=240),
            Lichtingcoach(id="PK2", naam="Karel Bedacht", lat=52.375, lon=4.9, maximum=3, uren=240),
        ],
        kandidaten=[
            Lichtingkandidaat(id=f"PZ{at}", naam=f"Kandidaat nummer {at}", lat=52.371, lon=4.885, bouwen=bouwen)
            for at, bouwen in enumerate([[Bouw.ONDERBOUW], [Bouw.ONDERBOUW], [Bouw.BOVENBOUW], [Bouw.ONDERBOUW]], 1)
        ],
    )


def solve(client: AuthenticatedClient, name: str) -> str:
    """Asks a run and waits for it: its id."""
    run = good(berekening_vragen.sync_detailed(name, client=client, body=Rekenwens(rekentijd=60)))
    ended = until(lambda: good(berekening.sync_detailed(run.id, client=client)), lambda it: over(it.toestand))
    print(f"berekening {ended.nummer}: {ended.status}")
    return run.id


def asked(client: AuthenticatedClient, question: str) -> Vraagantwoord:
    """The question with its answer; the parts that come first are read on the way."""

    def ask() -> Vraagantwoord:
        told = good(vraag.sync_detailed(question, client=client))
        for part in told.delen:
            if isinstance(part, DeelWaarom):
                print(f"deel {part.naam}: {part.antwoord.plaats.tekst}")
        return told

    return until(ask, lambda it: over(it.toestand))


def main(address: str, token: str) -> None:
    """Tells the story."""
    client = AuthenticatedClient(base_url=f"{address}/v1", token=token)
    name = "verhaal-python"
    today = datetime.date.today()
    last = today + datetime.timedelta(days=300)

    made = lichting_maken.sync_detailed(client=client, body=wave(name), van=today, tot=last)
    print(f"lichting {good(made).id}: {good(made).toestand}")
    print(f"ingediend: {good(lichting_indienen.sync_detailed(name, client=client, if_match=tag(made))).toestand}")
    run = solve(client, name)
    found = good(uitkomst.sync_detailed(run, client=client))
    print(f"uitkomst {found.status}: {found.kerncijfers.geplaatst} van {found.kerncijfers.kandidaten}, {[goal.naam for goal in found.doelen]}")
    page = good(berekening_plaatsingen.sync_detailed(run, client=client))
    placed = [row for row in page.resultaten if row.plaats is not None]
    left = [row for row in page.resultaten if row.plaats is None]
    for row in placed:
        assert row.plaats is not None
        print(f"{row.kandidaat} {row.naam}: {row.plaats.school_naam}, {row.plaats.bouw}, met {row.plaats.coach_naam}")
    print(f"niet geplaatst: {left[0].naam}: {left[0].redenen[0].tekst}")
    first = placed[0].kandidaat
    decided = good(besluiten.sync_detailed(name, first, client=client, body=Besluitkeuze(besluit=Besluit.AKKOORD), if_none_match="*"))
    print(f"besluit over {decided.naam}: {decided.besluit}, {decided.school_naam}")

    details = Vraagdetails(kandidaat=first, alternatieven=2)
    question = good(vragen.sync_detailed(run, client=client, body=Vraaginvoer(soort=Vraagsoort.WAAROM, vraag=details)))
    answer = asked(client, question.id).antwoord
    if answer is None or not answer.waarom or not answer.uitleg:
        raise SystemExit("there is no answer")
    print(f"waarom {answer.waarom.naam}: {answer.uitleg[1]}")
    worth = good(capaciteit_opbrengst.sync_detailed("PB1", client=client, body=Opbrengstvraag(aantal=5)))
    scarce = asked(client, worth.id).antwoord
    if scarce is None or not scarce.schaarste or not scarce.schaarste.veranderingen:
        raise SystemExit("nothing is scarce")
    best = scarce.schaarste.veranderingen[0]
    print(f"opbrengst: {best.wat.school_naam} {best.wat.bouw} +{best.wat.erbij}: {best.meer_geplaatst} meer geplaatst, door {best.door.naam}")

    solve(client, name)
    now = lichting.sync_detailed(name, client=client)
    published = good(vaststellen.sync_detailed(name, client=client, body=Vaststelwens(bevestigd=True), if_match=tag(now)))
    print(f"vastgesteld: {published.geplaatst} geplaatst; {[row.naam for row in good(plaatsingen.sync_detailed(name, client=client)).resultaten]}")

    seats = plekken.sync_detailed("PB1", "PS1", "onderbouw", client=client)
    more = Plekkeninvoer.from_dict(good(seats).to_dict())
    more.aantal += 1
    changed = good(plekken_zetten.sync_detailed("PB1", "PS1", "onderbouw", client=client, body=more, if_match=tag(seats)))
    print(f"plekken van {changed.school_naam}: {changed.aantal}, vrij {changed.vrij}")
    offer = capaciteit.sync_detailed("PB1", client=client)
    read = Plekkenbevestiging(aantal=good(offer).totaal)
    confirmed = good(capaciteit_bevestigen.sync_detailed("PB1", client=client, body=read, if_match=tag(offer)))
    print(f"capaciteit van {good(offer).bestuur_naam}: {confirmed.bevestigd} bevestigd")
    who = kandidaat.sync_detailed(first, client=client)
    renamed = Kandidaatinvoer.from_dict(good(who).to_dict())
    renamed.naam = "Anders Geheten"
    print(f"kandidaat {good(kandidaat_zetten.sync_detailed(first, client=client, body=renamed, if_match=tag(who))).naam}")
    print(f"school {good(school.sync_detailed('PS1', client=client)).naam}")

    batch = good(coach_uitval.sync_detailed("PK1", client=client, body=Uitval()))
    print(f"uitval van {batch.aanleiding.naam}")
    until(lambda: good(herberekening.sync_detailed(batch.id, client=client)), lambda it: over(it.toestand))
    ready = herberekening.sync_detailed(batch.id, client=client)
    proposal = good(ready).lichtingen[0]
    if proposal.verschil is None:
        raise SystemExit("there is no difference")
    before = parse_qs(urlsplit(proposal.verschil).query)["met"][0]
    difference = good(verschil.sync_detailed(proposal.berekening, client=client, met=before))
    for person in difference.mensen:
        print(f"{person.naam} {person.soort}: {person.oorzaken[0].tekst if person.oorzaken else ''}")
    accepted = good(herberekening_aanvaarden.sync_detailed(batch.id, client=client, if_match=tag(ready)))
    print(f"aanvaard: {accepted.lichtingen[0].besluit}")
    refused = lichting.sync("er-is-er-geen", client=client)
    if not isinstance(refused, Probleem):
        raise SystemExit("that wave should not be there")
    print(f"geweigerd: {refused.type_}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
