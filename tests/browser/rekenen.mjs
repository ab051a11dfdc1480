// Runs, two plans side by side, drop-outs and late arrivals, and a trial of every coach: as an intermediary follows them.
import { must, scenario } from './harness/index.mjs';

const intermediair = { as: 'intermediair', script: 'both' };

/** A day of the first months of a wave's period, so that nobody is asked whether it is meant. */
function soon() {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
}

/** A wave that is handed in and not solved. */
async function handedIn(t, options) {
  const own = await t.wave({ solved: false, ...options });
  await t.api.call('POST', `/lichtingen/${own.id}/indiening`, { tag: '"v1"' });
  return own;
}

/** The coach with most people in the plan of a wave. */
async function busiest(t, own) {
  const wave = await t.api.get(`/lichtingen/${own.id}`);
  const plan = await t.api.get(`/berekeningen/${wave.geldende_berekening}/uitkomst`);
  const counts = new Map();
  for (const row of plan.plaatsingen) counts.set(row.coach, (counts.get(row.coach) ?? 0) + 1);
  const [id] = [...counts].sort((a, b) => b[1] - a[1])[0];
  return (await t.api.get(`/coaches/${id}`)).naam;
}

/** Reports that a coach drops out, up to the proposal. */
async function reported(t, own) {
  const coach = await busiest(t, own);
  await t.go(`/lichtingen/${own.id}/uitval`);
  await t.tick('Een coach');
  await t.choose('Welke coach?', coach);
  await t.fill('Vanaf welke dag?', soon());
  await t.press('Zoek een voorstel', { in: '#melden' });
  await t.sees('Neem dit voorstel over');
  return coach;
}

scenario('A run is asked for and followed goal by goal until it is proven best', intermediair, async (t) => {
  const own = await handedIn(t, { candidates: 8 });
  await t.go(`/lichtingen/${own.id}/berekenen`);
  await t.sees('Er is nog niet gerekend');
  await t.press('Reken nu');
  await t.sees('Klaar: beter kan niet, dat is bewezen');
  await t.sees('bewezen: meer kan niet');
  await t.sees('eerste keer');
});

scenario('What was decided since is said, computed again, and both plans stand side by side', intermediair, async (t) => {
  const own = await t.wave({ candidates: 8 });
  const wave = await t.api.get(`/lichtingen/${own.id}`);
  const plan = await t.api.get(`/berekeningen/${wave.geldende_berekening}/uitkomst`);
  const besluit = { besluit: 'afwijzen', reden: 'reis-te-zwaar', reikwijdte: 'school' };
  await t.api.call('PUT', `/lichtingen/${own.id}/beoordelingen/${plan.plaatsingen[0].kandidaat}`, { body: besluit, fresh: true });
  await t.go(`/lichtingen/${own.id}/berekenen`);
  await t.sees('1 besluit nog niet doorgerekend');
  await t.press('Reken opnieuw', { in: 'aside form' });
  await t.sees('Klaar');
  await t.sees('1 besluit van');
  await t.press('Vergelijk');
  await t.sees('Wat verschilt er tussen berekening 1 en 2?');
  await t.sees('Wat het kost, per doel');
  await t.sees(/Beide plannen geven 8 mensen een plaats|Berekening 2 geeft \d+ mens(en)? (meer|minder) een plaats/);
  await t.press('Toon deze cijfers als tabel');
  await t.looks();
});

scenario('A coach drops out: who moves and why is seen before anything changes, and then it is accepted', intermediair, async (t) => {
  const own = await t.wave({ candidates: 10 });
  const coach = await reported(t, own);
  await t.sees(`Coach ${coach} valt uit`);
  await t.sees('Er verandert niets tot u dit voorstel overneemt.');
  await t.sees(`${coach} stopt`);
  await t.looks();
  await t.press('Neem dit voorstel over');
  await t.sees('Dit voorstel is overgenomen.');
  await t.misses('Wijs af: alles blijft zoals het is');
});

scenario('A proposal after a drop-out is declined and everything stays as it was', intermediair, async (t) => {
  const own = await t.wave({ candidates: 8 });
  const before = await t.api.get(`/lichtingen/${own.id}`);
  await reported(t, own);
  await t.press('Wijs af: alles blijft zoals het is');
  await t.sees('Dit voorstel is afgewezen.');
  const after = await t.api.get(`/lichtingen/${own.id}`);
  must(after.geldende_berekening === before.geldende_berekening, 'the plan is as it was');
});

scenario('The price of more moves is worked out when somebody asks', intermediair, async (t) => {
  const own = await t.wave({ candidates: 10 });
  await reported(t, own);
  await t.press('Reken uit wat meer schuiven oplevert');
  await t.sees('dit voorstel');
});

scenario('A drop-out that is not told whole comes back with what was typed', intermediair, async (t) => {
  const own = await t.wave({ candidates: 6 });
  await t.go(`/lichtingen/${own.id}/uitval`);
  await t.fill('Vanaf welke dag?', soon());
  await t.press('Zoek een voorstel', { in: '#melden' });
  await t.sees('kies er een');
  must((await t.typed('Vanaf welke dag?')) === soon(), 'the day is still there');
  await t.looks();
});

scenario('Somebody who waits in the register gets a place while all others stay', intermediair, async (t) => {
  const own = await t.wave({ candidates: 6 });
  const row = own.candidates[0];
  const known = await t.api.get(`/kandidaten/${row.id}`);
  const naam = `Laat ${own.id.slice(-6)}`;
  await t.api.post('/kandidaten', { naam, lat: known.lat, lon: known.lon, bouwen: known.bouwen });
  await t.go(`/lichtingen/${own.id}/uitval`);
  await t.choose('Wie komt erbij?', naam);
  await t.fill('Vanaf welke dag doet deze kandidaat mee?', soon());
  await t.press('Zoek een voorstel', { in: '#later' });
  await t.sees(`${naam} komt later`);
  await t.sees('Uw besluit');
});

scenario('Every coach drops out on trial, and the weakest spot comes first', intermediair, async (t) => {
  const own = await t.wave({ candidates: 8 });
  await t.go(`/lichtingen/${own.id}/proefuitval`);
  await t.press('Reken het door');
  // Two coaches with room for everybody: nobody is left, and the page says so.
  await t.sees('Bij elke coach houdt iedereen een plaats.');
  await t.sees('Elke coach om de beurt, zwakste eerst');
  await t.sees('neemt er 8 over');
});

scenario('Where nobody can take over everybody, the weakest spot is named, with who goes to whom', intermediair, async (t) => {
  const own = await t.wave({ candidates: 8, most: 5 });
  await t.go(`/lichtingen/${own.id}/proefuitval`);
  await t.press('Reken het door');
  await t.sees('De zwakste plek');
  await t.press('Wie gaat naar wie?');
  await t.sees('gaat naar');
});

for (const size of [undefined, 'phone']) {
  scenario(`After publication the page says who could exchange and who waits${size ? ' (phone)' : ''}`, { as: 'intermediair', size, script: 'both' }, async (t) => {
    const own = await t.wave({ candidates: 6, most: 2 });
    const { tag } = await t.api.call('GET', `/lichtingen/${own.id}`);
    await t.api.call('POST', `/lichtingen/${own.id}/vaststelling`, { body: { bevestigd: true }, tag });
    await t.go(`/lichtingen/${own.id}`);
    await t.press('Ruilen en wachtlijst');
    await t.press('Reken het door');
    await t.sees('Naar verwachting valt er 1 uit.');
    await t.sees('Plaats bij uitval van');
    await t.sees(/Ruilen maakt het voor niemand beter|Niemand gaat erop achteruit/);
  });
}

for (const size of ['phone', 'tight']) {
  scenario(`Runs, a drop-out and a trial fit on a ${size === 'phone' ? 'phone' : 'window at 400 %'}`, { as: 'intermediair', size }, async (t) => {
    const own = await t.wave({ candidates: 8 });
    await t.go(`/lichtingen/${own.id}/berekenen`);
    await t.looks();
    await reported(t, own);
    await t.looks();
    await t.go(`/lichtingen/${own.id}/vergelijken`);
    await t.looks();
    await t.go(`/lichtingen/${own.id}/proefuitval`);
    await t.press('Reken het door');
    await t.sees('Elke coach om de beurt, zwakste eerst');
  });
}

scenario('Of the demo the published wave has a coach who falls out, with the answers so far', { as: 'intermediair' }, async (t) => {
  const { began } = await t.waves();
  await t.go(`/lichtingen/${began.id}/uitval`);
  await t.sees('Voorstellen na uitval');
});

scenario('A drop-out is reported with the keyboard alone', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 6 });
  await t.go(`/lichtingen/${own.id}/uitval`);
  await t.tabTo('Een coach');
  await t.keys('Space');
  await t.tabTo('Welke coach?');
  await t.keys('ArrowDown');
  await t.tabTo('Vanaf welke dag?');
  await t.page.keyboard.type(soon().slice(5, 7) + soon().slice(8, 10) + soon().slice(0, 4));
  await t.tabTo('Zoek een voorstel');
  await t.keys('Enter');
  await t.sees('valt uit vanaf');
});

scenario('Seats of a school fall out without a report of the board', intermediair, async (t) => {
  const own = await t.wave({ candidates: 8 });
  await t.go(`/lichtingen/${own.id}/uitval`);
  await t.tick('Een of meer plekken van een school');
  await t.fill('Vanaf welke dag?', soon());
  await t.press('Zoek een voorstel', { in: '#melden' });
  await t.sees('vul in hoeveel plekken, zoals 1');
  await t.tick('Een of meer plekken van een school');
  await t.page.locator('#plek').selectOption({ index: 1 });
  await t.fill('Hoeveel plekken?', 1);
  await t.fill('Vanaf welke dag?', soon());
  await t.press('Zoek een voorstel', { in: '#melden' });
  await t.sees(/1 plek van .* vervalt/);
});
