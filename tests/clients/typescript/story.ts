// The whole story of a wave, told with openapi-fetch over the types that openapi-typescript generated from docs/openapi.json; tsc --strict
// checks it. Usage: node story.js ADDRESS TOKEN. Nothing here is cast: what the description says is what the types are.
import createClient from "openapi-fetch";
import type { components, paths } from "./api";

type Schemas = components["schemas"];
type Refused = Schemas["Probleem"];
type Answer<T> = { data?: T; error?: Refused; response: Response };

const [address, token] = process.argv.slice(2);
if (address === undefined || token === undefined) {
  throw new Error("usage: story.js ADDRESS TOKEN");
}
const client = createClient<paths>({ baseUrl: `${address}/v1`, headers: { Authorization: `Bearer ${token}` } });

/** What was answered; a refusal ends the story. */
function good<T>(answer: Answer<T>): T {
  if (answer.data === undefined) {
    const said = answer.error;
    throw new Error(`refused: ${answer.response.status} ${said?.detail} ${JSON.stringify(said?.fouten ?? [])}`);
  }
  return answer.data;
}

/** The ETag of an answer. */
function tag(answer: { response: Response }): string {
  const found = answer.response.headers.get("ETag");
  if (found === null) {
    throw new Error("an answer without ETag");
  }
  return found;
}

/** Whether work has ended, and well. */
function over(state: Schemas["Werktoestand"]): boolean {
  if (state === "mislukt" || state === "afgebroken") {
    throw new Error(`the work ended ${state}`);
  }
  return state === "klaar";
}

/** Asks until it is done. */
async function until<T>(ask: () => Promise<T>, done: (found: T) => boolean): Promise<T> {
  for (let time = 0; time < 300; time += 1) {
    const found = await ask();
    if (done(found)) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("it took too long");
}

/** Two boards, three seats, two coaches and four candidates: one of them has no place. */
function wave(id: string): Schemas["Lichtingbestand"] {
  const bouwen: Schemas["Bouw"][] = ["onderbouw", "onderbouw", "bovenbouw", "onderbouw"];
  return {
    formaat: "loket-lichting/1",
    id,
    naam: "Lichting van TypeScript",
    fase: "opleiding",
    besturen: [
      { id: "TB1", naam: "Bestuur De Amstel" },
      { id: "TB2", naam: "Bestuur Het IJ" },
    ],
    scholen: [
      { id: "TS1", naam: "De Vlieger", bestuur: "TB1", lat: 52.37, lon: 4.89, plekken: [{ bouw: "onderbouw", aantal: 2 }] },
      { id: "TS2", naam: "De Brug", bestuur: "TB2", lat: 52.38, lon: 4.9, plekken: [{ bouw: "bovenbouw", aantal: 1 }] },
    ],
    coaches: [
      { id: "TK1", naam: "Vera Verzonnen", lat: 52.372, lon: 4.895, maximum: 2, uren: 240 },
      { id: "TK2", naam: "Karel Bedacht", lat: 52.375, lon: 4.9, maximum: 3, uren: 240 },
    ],
    kandidaten: bouwen.map((bouw, at) => ({
      id: `TZ${at + 1}`,
      naam: `Kandidaat nummer ${at + 1}`,
      lat: 52.371,
      lon: 4.885,
      bouwen: [bouw],
    })),
  };
}

/** Asks a run and waits for it: its id. */
async function solve(lichting: string): Promise<string> {
  const path = { lichting };
  const run = good(await client.POST("/lichtingen/{lichting}/berekeningen", { params: { path }, body: { rekentijd: 60 } }));
  const ask = async () => good(await client.GET("/berekeningen/{berekening}", { params: { path: { berekening: run.id } } }));
  const ended = await until(ask, (it) => over(it.toestand));
  console.log(`berekening ${ended.nummer}: ${ended.status}`);
  return run.id;
}

/** The whole answer to a question; the parts that come first are read on the way. */
async function answered(vraag: string): Promise<Schemas["Antwoord"]> {
  const ask = async () => {
    const told = good(await client.GET("/vragen/{vraag}", { params: { path: { vraag } } }));
    for (const part of told.delen) {
      if (part.naam === "waarom") {
        console.log(`deel ${part.naam}: ${part.antwoord.plaats.tekst}`);
      }
    }
    return told;
  };
  const { antwoord } = await until(ask, (it) => over(it.toestand));
  if (antwoord === null) {
    throw new Error("there is no answer");
  }
  return antwoord;
}

/** A day, yyyy-mm-dd, so many days from now. */
function day(from: number): string {
  return new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
}

async function main(): Promise<void> {
  const lichting = "verhaal-typescript";
  const path = { lichting };
  const query = { van: day(0), tot: day(300) };
  const made = await client.POST("/lichtingen", { params: { query }, body: wave(lichting) });
  console.log(`lichting ${good(made).id}: ${good(made).toestand}`);
  const header = { "If-Match": tag(made) };
  console.log(`ingediend: ${good(await client.POST("/lichtingen/{lichting}/indiening", { params: { path, header } })).toestand}`);
  const berekening = await solve(lichting);
  const run = { path: { berekening } };
  const found = good(await client.GET("/berekeningen/{berekening}/uitkomst", { params: run }));
  const goals = found.doelen.map((goal) => goal.naam);
  console.log(`uitkomst ${found.status}: ${found.kerncijfers.geplaatst} van ${found.kerncijfers.kandidaten}, ${goals}`);
  const page = good(await client.GET("/berekeningen/{berekening}/plaatsingen", { params: run }));
  const placed = page.resultaten.filter((row) => row.plaats !== null);
  const left = page.resultaten.filter((row) => row.plaats === null);
  for (const row of placed) {
    console.log(`${row.kandidaat} ${row.naam}: ${row.plaats?.school_naam}, ${row.plaats?.bouw}, met ${row.plaats?.coach_naam}`);
  }
  console.log(`niet geplaatst: ${left[0]?.naam}: ${left[0]?.redenen[0]?.tekst}`);
  const kandidaat = placed[0]?.kandidaat;
  if (kandidaat === undefined) {
    throw new Error("nobody is placed");
  }
  const decided = good(
    await client.PUT("/lichtingen/{lichting}/beoordelingen/{kandidaat}", {
      params: { path: { lichting, kandidaat }, header: { "If-None-Match": "*" } },
      body: { besluit: "akkoord" },
    }),
  );
  console.log(`besluit over ${decided.naam}: ${decided.besluit}, ${decided.school_naam}`);

  const question = good(
    await client.POST("/berekeningen/{berekening}/vragen", {
      params: run,
      body: { soort: "waarom", vraag: { kandidaat, alternatieven: 2 } },
    }),
  );
  const answer = await answered(question.id);
  console.log(`waarom ${answer.waarom?.naam}: ${answer.uitleg?.[1]}`);
  const board = { path: { bestuur: "TB1" } };
  const worth = good(await client.POST("/besturen/{bestuur}/capaciteit/opbrengst", { params: board, body: { aantal: 5 } }));
  const best = (await answered(worth.id)).schaarste?.veranderingen[0];
  if (best === undefined) {
    throw new Error("nothing is scarce");
  }
  const { wat, door } = best;
  console.log(`opbrengst: ${wat.school_naam} ${wat.bouw} +${wat.erbij}: ${best.meer_geplaatst} meer geplaatst, door ${door.naam}`);

  await solve(lichting);
  const now = await client.GET("/lichtingen/{lichting}", { params: { path } });
  const published = good(
    await client.POST("/lichtingen/{lichting}/vaststelling", {
      params: { path, header: { "If-Match": tag(now) } },
      body: { bevestigd: true },
    }),
  );
  const kept = good(await client.GET("/lichtingen/{lichting}/plaatsingen", { params: { path } }));
  console.log(`vastgesteld: ${published.geplaatst} geplaatst; ${kept.resultaten.map((row) => row.naam)}`);

  const group = { bestuur: "TB1", school: "TS1", plek: "onderbouw" };
  const seats = await client.GET("/besturen/{bestuur}/scholen/{school}/plekken/{plek}", { params: { path: group } });
  const changed = good(
    await client.PUT("/besturen/{bestuur}/scholen/{school}/plekken/{plek}", {
      params: { path: group, header: { "If-Match": tag(seats) } },
      body: { ...good(seats), aantal: good(seats).aantal + 1 },
    }),
  );
  console.log(`plekken van ${changed.school_naam}: ${changed.aantal}, vrij ${changed.vrij}`);
  const offer = await client.GET("/besturen/{bestuur}/capaciteit", { params: board });
  const confirmed = good(
    await client.POST("/besturen/{bestuur}/capaciteit/bevestiging", {
      params: { ...board, header: { "If-Match": tag(offer) } },
      body: { aantal: good(offer).totaal },
    }),
  );
  console.log(`capaciteit van ${good(offer).bestuur_naam}: ${confirmed.bevestigd} bevestigd`);
  const who = await client.GET("/kandidaten/{kandidaat}", { params: { path: { kandidaat } } });
  const renamed = good(
    await client.PUT("/kandidaten/{kandidaat}", {
      params: { path: { kandidaat }, header: { "If-Match": tag(who) } },
      body: { ...good(who), naam: "Anders Geheten" },
    }),
  );
  console.log(`kandidaat ${renamed.naam}`);
  console.log(`school ${good(await client.GET("/scholen/{school}", { params: { path: { school: "TS1" } } })).naam}`);

  const batch = good(await client.POST("/coaches/{coach}/uitval", { params: { path: { coach: "TK1" } }, body: {} }));
  console.log(`uitval van ${batch.aanleiding.naam}`);
  const ask = () => client.GET("/herberekeningen/{herberekening}", { params: { path: { herberekening: batch.id } } });
  const ready = await until(ask, (it) => over(good(it).toestand));
  const proposal = good(ready).lichtingen[0];
  const met = new URL(proposal?.verschil ?? "", address).searchParams.get("met");
  if (proposal === undefined || met === null) {
    throw new Error("there is no difference");
  }
  const difference = good(
    await client.GET("/berekeningen/{berekening}/verschil", { params: { path: { berekening: proposal.berekening }, query: { met } } }),
  );
  for (const person of difference.mensen) {
    console.log(`${person.naam} ${person.soort}: ${person.oorzaken[0]?.tekst ?? ""}`);
  }
  const accepted = good(
    await client.POST("/herberekeningen/{herberekening}/aanvaarding", {
      params: { path: { herberekening: batch.id }, header: { "If-Match": tag(ready) } },
      body: {},
    }),
  );
  console.log(`aanvaard: ${accepted.lichtingen[0]?.besluit}`);
  const refused = await client.GET("/lichtingen/{lichting}", { params: { path: { lichting: "er-is-er-geen" } } });
  console.log(`geweigerd: ${refused.error?.type}`);
}

await main();
