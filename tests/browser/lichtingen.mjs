// Waves: the list, a new one from a workbook or from the register, another file, and taking one away.

import { must, same, scenario } from './harness/index.mjs';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The workbook of a wave, as the page gives it. */
async function workbook(t, wave) {
  const answer = await t.page.request.get(new URL(`/lichtingen/${wave.id}/gegevens/werkmap`, t.page.url()).href);
  same(answer.status(), 200);
  return answer.body();
}

/** The workbook of a wave that is no longer there: its id is free. */
async function free(t) {
  const own = await t.wave({ candidates: 6, solved: false });
  await t.go(`/lichtingen/${own.id}`);
  const bytes = await workbook(t, own);
  await t.press('Trek deze lichting in');
  await t.press('Trek de lichting in');
  return { own, bytes };
}

scenario('The list says where each wave stands and what comes next', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  await t.go('/lichtingen');
  await t.sees(own.name);
  await t.sees('Volgende stap');
  await t.sees('Beoordelen');
  await t.press(own.name, { in: 'main' });
  same(t.where(), `/lichtingen/${own.id}`);
});

scenario('On a phone the list of waves is read from top to bottom', { as: 'intermediair', size: 'phone' }, async (t) => {
  await t.go('/lichtingen');
  await t.sees('Geplaatst');
  await t.looksAt('tight');
});

scenario('The list prints without buttons', { as: 'intermediair' }, async (t) => {
  await t.go('/lichtingen');
  await t.looks({ print: true });
});

scenario('A wave says what comes next, and leads there', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 6, solved: false });
  await t.go(`/lichtingen/${own.id}`);
  await t.sees('Kijk de gegevens na en dien in.');
  await t.press('Nakijken en indienen', { in: '.box.now' });
  same(t.where(), `/lichtingen/${own.id}/gegevens/nakijken`);
});

scenario('A workbook becomes a wave, is looked through and submitted, with one upload', { as: 'intermediair', script: 'both' }, async (t) => {
  const { own, bytes } = await free(t);
  await t.go('/lichtingen');
  await t.press('Nieuwe lichting', { in: '.pagehead' });
  await t.give('Werkmap', { name: 'Voorjaar.xlsx', type: XLSX, bytes });
  await t.press('Controleer dit bestand');
  same(t.where(), `/lichtingen/${own.id}/gegevens/nakijken`);
  await t.sees('Bewaard: de lichting staat klaar als concept.');
  await t.sees(own.candidates[0].name);
  await t.sees('Het lot wordt nu geworpen');
  await t.looksAt('phone');
  await t.press('Dien de lichting in');
  await t.sees('Bewaard: de lichting is ingediend.');
  await t.sees('Reken voor het eerst.');
});

scenario('A file with mistakes shows them and keeps nothing', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/lichtingen/nieuw');
  const bytes = Buffer.from('Kandidaat;Bouwen\nZ1;kelder\n');
  await t.give('Werkmap', { name: 'Kandidaten.csv', type: 'text/csv', bytes });
  await t.press('Controleer dit bestand');
  same(t.status, 400);
  await t.sees('er is nog niets bewaard');
  await t.sees('B2');
  await t.sees('kelder');
  await t.looksAt('phone');
  const copy = await t.page.request.get(new URL('/lichtingen/nieuw/kopie', t.page.url()).href);
  same([copy.status(), copy.headers()['content-type']], [200, XLSX]);
});

scenario('Without a file the page says to choose one', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/lichtingen/nieuw');
  await t.press('Controleer dit bestand');
  await t.sees('Kies eerst een bestand.');
});

scenario('The same file again changes nothing, and says so', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 6 });
  await t.go(`/lichtingen/${own.id}/gegevens`);
  await t.give('Werkmap', { name: 'Zelfde.xlsx', type: XLSX, bytes: await workbook(t, own) });
  await t.press('Controleer dit bestand');
  await t.sees('Er is nog niets bewaard.');
  await t.sees('Er verandert niets');
  await t.press('Laat alles zoals het is');
  await t.sees('Er is niets veranderd.');
  same(t.where(), `/lichtingen/${own.id}/gegevens`);
});

scenario('A wave is filled from the register, and what was typed comes back', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/lichtingen/nieuw');
  await t.press('Vul uit het register');
  await t.fill('Naam', 'Zomer 2027');
  await t.fill('Eerste dag', '2027-06-01');
  await t.press('Maak de lichting');
  await t.sees('Kies een dag.');
  same(await t.typed('Naam'), 'Zomer 2027');
  same(await t.typed('Eerste dag'), '2027-06-01');
  await t.looks();
  await t.fill('Laatste dag', '2028-05-31');
  await t.press('Maak de lichting');
  await t.sees('Zomer 2027, opleiding');
});

scenario('Taking a wave away is asked once more', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 6, solved: false });
  await t.go(`/lichtingen/${own.id}`);
  await t.press('Trek deze lichting in');
  await t.sees(`${own.name} intrekken?`);
  await t.looks();
  await t.press('Trek de lichting in');
  await t.sees('Bewaard: de lichting is ingetrokken.');
  await t.go(`/lichtingen/${own.id}`, { status: 404 });
});

scenario('A wave can be opened by keyboard alone', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 4, solved: false });
  await t.go('/lichtingen');
  await t.tabTo(own.name);
  await t.keys('Enter');
  await t.until(() => t.where() === `/lichtingen/${own.id}`);
  must(await t.page.locator('h1').first().isVisible(), 'the wave is shown');
});

scenario('The data of a wave are told with its policy and its decisions', { as: 'intermediair', size: 'tight' }, async (t) => {
  const { next } = await t.waves();
  await t.go(`/lichtingen/${next.id}/gegevens`);
  await t.sees('Plekken');
  await t.sees('Beleid');
  await t.sees('Besluiten');
});
