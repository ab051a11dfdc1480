// The walk of docs/walkthrough.md: a whole wave, from a workbook to published, by one person in a browser; nothing is typed twice.

import { must, same, scenario } from './harness/index.mjs';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The workbook of a wave that is no longer there, so that its id is free. */
async function workbook(t) {
  const own = await t.wave({ candidates: 9, solved: false });
  await t.go(`/lichtingen/${own.id}`);
  const answer = await t.page.request.get(new URL(`/lichtingen/${own.id}/gegevens/werkmap`, t.page.url()).href);
  same(answer.status(), 200);
  const now = await t.api.call('GET', `/lichtingen/${own.id}`);
  await t.api.call('DELETE', `/lichtingen/${own.id}`, { tag: now.tag });
  return { own, bytes: await answer.body() };
}

scenario('A whole wave goes from workbook to published', { as: 'intermediair', script: 'both' }, async (t) => {
  const { own, bytes } = await workbook(t);

  // 1. The workbook becomes a wave.
  await t.go('/lichtingen');
  await t.press('Nieuwe lichting', { in: '.pagehead' });
  await t.give('Werkmap', { name: 'Voorjaar.xlsx', type: XLSX, bytes });
  await t.press('Controleer dit bestand');
  await t.sees('Bewaard: de lichting staat klaar als concept.');
  await t.press('Dien de lichting in');
  await t.sees('Bewaard: de lichting is ingediend.');

  // 2. It is computed.
  await t.go(`/lichtingen/${own.id}/berekenen`);
  await t.press('Reken nu');
  await t.sees('beter kan niet, dat is bewezen');
  await t.press('Beoordeel dit plan');

  // 3. Every proposal is looked at.
  for (let turn = 0; turn < own.candidates.length; turn += 1) {
    await t.sees(`${turn} van ${own.candidates.length} beoordeeld`);
    if (turn === 0 && (await t.control('Begin met beoordelen').count())) await t.press('Begin met beoordelen');
    await t.press(/Akkoord/, { in: '#detail' });
  }
  await t.sees(`${own.candidates.length} van ${own.candidates.length} beoordeeld`);

  // 4. The three parties are asked, and one answers.
  await t.go(`/lichtingen/${own.id}/antwoorden`);
  await t.press('Vraag om antwoord', { in: '.box' });
  await t.press('Vraag om antwoord', { in: 'main' });
  await t.sees('Wacht op antwoord');

  // 5. It is published: answers may still be open.
  await t.go(`/lichtingen/${own.id}/vaststellen`);
  await t.sees('Niets houdt u tegen');
  await t.press(`Stel ${own.name} vast`);
  await t.sees('is vastgesteld');
  const now = await t.api.get(`/lichtingen/${own.id}`);
  same(now.toestand, 'vastgesteld');
  must((await t.api.get(`/lichtingen/${own.id}/plaatsingen`)).totaal > 0, 'people have a place');
});
