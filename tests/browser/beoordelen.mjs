// Review: the list and one proposal beside it, by mouse, by keyboard and without script.

import { must, same, scenario } from './harness/index.mjs';

const list = (wave) => `/lichtingen/${wave.id}/beoordelen`;
const done = async (t, wave) => (await t.api.get(`/lichtingen/${wave.id}/beoordelingen`)).totaal;

scenario('The intermediary agrees, goes on to the next, and takes it back', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 6 });
  await t.go(list(own));
  await t.sees('0 van 6 beoordeeld');
  await t.press('Begin met beoordelen');
  const first = await t.part('#naam');
  await t.press('Akkoord', { in: '#besluit' });
  await t.sees('Bewaard: akkoord voor');
  await t.sees('1 van 6 beoordeeld');
  must((await t.part('#naam')) !== first, 'the next is shown');
  await t.press('Maak ongedaan');
  await t.sees('0 van 6 beoordeeld');
});

scenario('A proposal is rejected with a reason, and what was typed stays', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  await t.go(`${list(own)}/${own.candidates[0].id}/afwijzen`);
  await t.fill('Toelichting', 'Te ver met de fiets.');
  await t.press('Wijs af');
  await t.sees('kies een reden');
  same(await t.typed('Toelichting'), 'Te ver met de fiets.', 'what was typed');
  await t.looks();
  await t.tick('De reis is in het echt te zwaar');
  await t.press('Wijs af');
  await t.sees('is afgewezen');
});

scenario('A whole list is reviewed by keyboard alone', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.go(list(own));
  await t.keys('j');
  await t.sees('Wat kan er anders?');
  await t.keys('a');
  await t.sees('1 van 3 beoordeeld');
  await t.keys('v');
  await t.sees('2 van 3 beoordeeld');
  await t.keys('u');
  await t.sees('1 van 3 beoordeeld');
  await t.until(async () => (await done(t, own)) === 1);
});

scenario('The letters can be switched off, and do nothing in a field', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.go(`${list(own)}/${own.candidates[0].id}`);
  await t.keys('n');
  await t.page.keyboard.type('Vraagt naar dalton, ja');
  await t.press('Bewaar notitie');
  await t.sees('Vraagt naar dalton, ja');
  same(await done(t, own), 0, 'nothing was decided by typing');
  await t.keys('?');
  await t.sees('Toetsen bij het beoordelen');
  await t.looks();
  await t.page.locator('#toetsen-aan').uncheck();
  await t.keys('Escape', 'a');
  await t.sees('Toetsen staan uit');
  same(await done(t, own), 0, 'a letter that is off decides nothing');
});

scenario('What is tried shows per goal before and after, and becomes a decision when kept', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  await t.go(`${list(own)}/${own.candidates[0].id}`);
  await t.until(async () => {
    if ((await t.page.locator('[data-try]').count()) > 0) return true;
    await t.page.reload();
    return false;
  });
  await t.page.locator('[data-try]').first().click();
  await t.sees('Probeerbak: 1 verandering, nog niet bewaard');
  await t.go(`/lichtingen/${own.id}/probeerbak`);
  await t.until(async () => {
    if ((await t.text()).includes('Voor en na, per doel')) return true;
    await t.page.reload();
    return false;
  });
  await t.looks();
  same(await done(t, own), 0, 'nothing is decided yet');
  await t.press('Bewaar dit besluit');
  await t.sees('Er zit niets in de probeerbak');
  same(await done(t, own), 1, 'it is a decision');
});

scenario('Somebody is found by name, and the name is in no address', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 6 });
  await t.go(list(own));
  await t.page.locator('#zoek').fill(own.candidates[2].name);
  await t.page.keyboard.press('Enter');
  await t.sees(own.candidates[2].name, { within: '#lijst' });
  await t.misses(own.candidates[3].name, { within: '#lijst' });
  must(!t.where().toLowerCase().includes('proef '), 'no name in the address');
});

scenario('Two people in one wave see each other, and the later decision shows both', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  const one = `${list(own)}/${own.candidates[0].id}`;
  await t.go(one);
  const other = await t.other({ as: 'intermediair', name: 'Ilse de Boer' });
  await other.go(one);
  await t.sees('Ilse de Boer kijkt nu naar');
  await other.press('Vastzetten', { in: '#besluit' });
  await other.sees('1 van 4 beoordeeld');
  await t.sees('Ilse de Boer besloot net');
  await t.press('Akkoord', { in: '#besluit' });
  await t.sees('Iemand anders was u voor');
  await t.looks();
});

scenario('A group is agreed with after its sample', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  for (const it of own.candidates) await t.go(`${list(own)}/${it.id}`);
  await t.go(`/lichtingen/${own.id}/steekproef`);
  await t.press('Akkoord op 3 voorstellen');
  await t.sees('3 van 3 beoordeeld');
  await t.sees('Alles is beoordeeld');
});

scenario('Review fits a phone and 400 % zoom', { as: 'intermediair', size: 'phone' }, async (t) => {
  const own = await t.wave({ candidates: 6 });
  await t.go(list(own));
  await t.looksAt('tight');
  await t.page.locator('.item a').first().click();
  await t.sees('Wat kan er anders?');
  await t.looksAt('phone');
  await t.looksAt('tight');
});
