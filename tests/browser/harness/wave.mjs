// A small wave of a scenario's own, solved and ready for review, so that it can decide, ask and publish without anybody minding.

import { call, ended, get } from './api.mjs';
import { unique } from './people.mjs';

const BOUWEN = ['onderbouw', 'middenbouw', 'bovenbouw'];
const FIRST = ['Anouk', 'Bilal', 'Carlijn', 'Daan', 'Esra', 'Floris', 'Hanna', 'Ilias', 'Jip', 'Karima', 'Lars', 'Maud', 'Noud', 'Pim', 'Sanne', 'Vera'];

/** The file of a wave with so many candidates, and two coaches who take `most` each. Each id has the wave's own word in it. */
export function file({ candidates = 8, seats = 2, most = Math.max(candidates, 4), phase = 'opleiding', from = '2027-02-01' } = {}) {
  const word = unique();
  const id = `proef-${word}`;
  const board = (at) => `B${word}${at}`;
  const school = (at) => `S${word}${at}`;
  const days = ['ma-o', 'ma-m', 'di-o', 'di-m', 'wo-o', 'wo-m', 'do-o', 'do-m'];
  const schools = Math.max(2, Math.ceil(candidates / 3));
  return {
    formaat: 'loket-lichting/1',
    id,
    naam: `Proef ${word}`,
    fase: phase,
    besturen: [0, 1].map((at) => ({ id: board(at), naam: `Stichting Proef ${word} ${at + 1}` })),
    scholen: Array.from({ length: schools }, (_, at) => ({
      id: school(at),
      naam: `School ${word} ${at + 1}`,
      bestuur: board(at % 2),
      lat: 52.35 + at * 0.004,
      lon: 4.89,
      plekken: BOUWEN.map((bouw) => ({ id: bouw, bouw, aantal: seats, dagdelen: days })),
    })),
    coaches: [0, 1].map((at) => ({ id: `K${word}${at}`, naam: `Wout Proef ${word} ${at + 1}`, lat: 52.36, lon: 4.88 + at * 0.01, maximum: most, uren: 60 * most })),
    kandidaten: Array.from({ length: candidates }, (_, at) => ({
      id: `Z${word}${at}`,
      naam: `${FIRST[at % FIRST.length]} Proef ${word} ${at + 1}`,
      lat: 52.352 + at * 0.003,
      lon: 4.885,
      bouwen: [BOUWEN[at % 3], BOUWEN[(at + 1) % 3]],
    })),
    from,
  };
}

/** Keeps a wave; with `solved` (usual) it is submitted and solved. Gives { id, name, run, boards, schools, coaches, candidates }. */
export async function wave({ solved = true, ...how } = {}) {
  const { from, ...body } = file(how);
  const made = await call('POST', `/lichtingen?van=${from}`, { body });
  const told = {
    id: body.id,
    name: body.naam,
    boards: body.besturen.map((it) => it.id),
    schools: body.scholen.map((it) => it.id),
    coaches: body.coaches.map((it) => it.id),
    candidates: body.kandidaten.map((it) => ({ id: it.id, name: it.naam })),
  };
  if (!solved) return told;
  await call('POST', `/lichtingen/${body.id}/indiening`, { tag: made.tag });
  const run = await call('POST', `/lichtingen/${body.id}/berekeningen`);
  await ended(`/berekeningen/${run.body.id}`);
  const now = await get(`/lichtingen/${body.id}`);
  return { ...told, run: now.geldende_berekening };
}

/** Agrees with everybody's proposal in a wave. */
export async function agreed(wave) {
  for (const candidate of wave.candidates) {
    await call('PUT', `/lichtingen/${wave.id}/beoordelingen/${candidate.id}`, { body: { besluit: 'akkoord' }, fresh: true });
  }
}

/** Asks the three parties about what was agreed to. */
export async function asked(wave) {
  await call('POST', `/lichtingen/${wave.id}/antwoorden`, { body: {} });
}
