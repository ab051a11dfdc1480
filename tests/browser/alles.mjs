// Every page that the program declares, for every role that may see it: looked at in a window and at 320 pixels (which is 400 % of 1280). For
// one of its roles, another one with another seed, the accessibility checker looks at 640 (200 %) and 320 too, and it is looked at on paper;
// LOKET_ELKE_ROL=ja does so for all. What a path names in braces is taken from the demo.

import * as api from './harness/api.mjs';
import { must, scenario } from './harness/index.mjs';
import { waves } from './harness/people.mjs';
import { EVERY_ROLE, SEED } from './harness/settings.mjs';

/** A roster with a proposal after somebody fell out, for the pages about rosters. */
async function rostered() {
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const roster = await api.post('/roosters', {
    formaat: 'loket-rooster/1',
    id: `alles-${Date.now().toString(36)}`,
    naam: 'Intake om te bekijken',
    soort: 'gesprekken',
    kalender: { van: day(14), tot: day(28) },
    beleid: { panel: { coach: 1 } },
    locaties: [{ id: 'L1', naam: 'Kantoor' }],
    personen: ['K12', 'K2'].map((id) => ({ id, naam: `Vink ${id}`, rollen: ['coach'] })),
    deelnemers: ['Z1', 'Z2'].map((id) => ({ id, naam: `Kanarie ${id}` })),
  });
  const run = await api.post(`/roosters/${roster.id}/berekeningen`);
  await api.ended(`/roosterberekeningen/${run.id}`);
  const proposal = await api.post(`/roosters/${roster.id}/uitval`, { personen: ['K2'] });
  await api.ended(`/roosterberekeningen/${proposal.id}`);
  await api.post(`/roosters/${roster.id}/uitnodigingen`, {});
  const pass = await api.post(`/roosters/${roster.id}/uitnodigingen/Z1/koppeling`);
  return { rooster: roster.id, persoon: 'Z1', voorstel: proposal.id, afspraak: pass.koppeling };
}

/** A multi-year plan with a run, and a snapshot of the funnel. */
async function planned() {
  const plan = (await api.get('/meerjarenplannen')).resultaten[0].id;
  const run = await api.post(`/meerjarenplannen/${plan}/berekeningen`, { vrij: true, scenarios: true });
  await api.ended(`/meerjarenplanberekeningen/${run.id}`);
  await api.call('PATCH', '/trechter/2021-1', { body: { aantallen: [{ wat: 'aangemeld', aantal: 60 }, { wat: 'antwoorden', aantal: 12 }, { wat: 'som_tienden', aantal: 980 }] } });
  const snapshot = await api.post('/metingen', { peildatum: new Date().toISOString().slice(0, 10) });
  return { plan, planberekening: run.id, halfjaar: '2021-1', meting: snapshot.id };
}

/** A trial of the policy that is there, on the wave that was published. */
async function tried(wave) {
  const place = '/beleid/standaard-opleiding/1/beleidsproeven';
  const asked = await api.post(place, { lichtingen: [wave], drempels: [{ wat: 'geplaatst', minstens: 0 }, { wat: 'reistijd_gemiddeld_tienden', hoogstens: -15 }] });
  await api.ended(`${place}/${asked.id}`);
  return { beleidsproef: asked.id };
}

/** What the words in braces are in the demo. */
async function found() {
  const { next, began } = await waves();
  const first = async (path, how) => (await api.get(path, how)).resultaten[0];
  const placed = await first(`/lichtingen/${next.id}/antwoorden?antwoord=gevraagd&paginaGrootte=1`);
  const link = await api.post(`/lichtingen/${next.id}/antwoorden/${placed.kandidaat}/kandidaat/koppeling`);
  const key = await first('/sleutels', { as: 'beheerder' });
  return {
    lichting: next.id,
    berekening: next.geldende_berekening,
    nummer: '1',
    kandidaat: placed.kandidaat,
    partij: 'kandidaat',
    school: placed.plaats.school,
    plek: placed.plaats.plek,
    bestuur: 'B06',
    coach: 'K12',
    lijst: 'scholen',
    id: placed.plaats.school,
    herberekening: (await first('/herberekeningen')).id,
    melding: (await first('/uitvalmeldingen')).id,
    verbod: (await first('/verboden')).id,
    bericht: (await first('/berichten')).id,
    beleid: 'standaard-opleiding',
    account: key.account,
    sleutel: key.sleutel.id,
    geheim: link.koppeling,
    vastgesteld: began.id,
    ...(await rostered()),
    ...(await planned()),
    ...(await tried(began.id)),
  };
}

let known;
/** The same, looked up once. */
function words() {
  known ??= found();
  return known;
}

const pages = JSON.parse(process.env.LOKET_BLADEN || '[]');
const ROLES = ['intermediair', 'bestuur', 'coach', 'lezer', 'beheerder'];
/** What leads on, lets somebody in or sends a file is no page to look at. */
const NO_PAGE = ['/afmelden', '/rol', '/aanmelden/werkaccount', '/aanmelden/werkaccount/terug', '/demo/{geheim}', '/taal/{taal}'];

for (const [at, { path, roles }] of pages.filter((it) => !NO_PAGE.includes(it.path)).entries()) {
  const able = roles ? ROLES.filter((it) => roles.includes(it)) : [undefined];
  const closest = able[(SEED + at) % able.length];
  for (const role of able) {
    scenario(`${path} as ${role ?? 'nobody'}`, { as: role, looks: false }, async (t) => {
      const known = await words();
      const missing = [...path.matchAll(/\{([^}]+)\}/g)].map((it) => it[1]).filter((it) => !known[it]);
      must(missing.length === 0, `${path}: say in alles.mjs what {${missing.join('}, {')}} is in the demo`);
      // The run of a roster is another one than that of a wave.
      const word = (it) => {
        if (it === 'berekening' && path.startsWith('/rooster/')) return 'voorstel';
        if (it === 'berekening' && path.startsWith('/meerjarenplan/')) return 'planberekening';
        // In a roster a coach goes under the own id; a link to it is another one than that of an answer.
        if (it === 'persoon' && role === 'coach') return 'coach';
        return it === 'geheim' && path.startsWith('/afspraak/') ? 'afspraak' : it;
      };
      const place = path.replace(/\{([^}]+)\}/g, (_, it) => encodeURIComponent(known[word(it)]));
      // What only takes forms answers 405, and what sends a file is for tests of files.
      const first = await t.page.request.get(`${process.env.LOKET_URL}${place}`);
      const kind = first.headers()['content-type'] ?? '';
      if (first.status() === 405 || (first.ok() && !kind.startsWith('text/html'))) return;
      const answer = await t.page.goto(`${process.env.LOKET_URL}${place}`);
      must([200, 404, 409].includes(answer.status()), `${place} answers ${answer.status()}`);
      const close = EVERY_ROLE || role === closest;
      await t.looks({ print: close });
      for (const width of close ? [640, 320] : [320]) await t.looksAt({ width, height: 900 }, { axe: close });
    });
  }
}
