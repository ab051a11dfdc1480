// Publishing: what blocks, what asks a yes, what holds; then the papers, closing and carrying over.

import { must, same, scenario } from './harness/index.mjs';

scenario('What nobody looked at asks a yes, then the wave is published and closed', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.go(`/lichtingen/${own.id}/vaststellen`);
  await t.sees('3 voorstellen zijn door niemand bekeken');
  await t.looks();
  await t.press(`Stel ${own.name} vast`);
  same(t.status, 400);
  await t.sees('Zet hier een vinkje');
  await t.looks();
  await t.tick(/Ik weet dat niemand deze voorstellen bekeek/);
  await t.press(`Stel ${own.name} vast`);
  await t.sees(`${own.name} is vastgesteld`);
  await t.sees('3 kandidaten hebben een plaats');
  await t.looks();
  await t.press('Sluit de lichting');
  await t.sees(`${own.name} is gesloten`);
});

scenario('A no blocks, with who and where, and the main button is the fix', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  const { id, name } = own.candidates[0];
  const place = `/lichtingen/${own.id}/antwoorden/${id}/kandidaat`;
  const { tag } = await t.api.call('GET', place);
  await t.api.call('POST', place, { body: { antwoord: 'nee', reden: 'te-ver', hoe: 'telefoon' }, tag });
  await t.go(`/lichtingen/${own.id}/vaststellen`);
  await t.sees('1 keer nee staat nog open');
  await t.sees('kandidaat zei nee: te ver weg');
  await t.sees(name);
  await t.sees('Kan nog niet: 1 keer nee staat open.');
  must(await t.page.getByRole('button', { name: `Stel ${own.name} vast` }).isDisabled(), 'it is off');
  must(await t.page.getByRole('link', { name: 'Reken opnieuw' }).first().isVisible(), 'the fix is there');
});

scenario('Answers that are open hold nothing up', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/lichtingen/${own.id}/vaststellen`);
  await t.sees('9 antwoorden zijn nog niet binnen');
  await t.sees('houdt niet tegen');
  await t.press(`Stel ${own.name} vast`);
  await t.sees(`${own.name} is vastgesteld`);
  await t.sees('9 vragen staan nog open');
});

scenario('Papers are files', { as: 'intermediair' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/lichtingen/${own.id}/vaststellen`);
  for (const words of [/pdf ?: Brieven/, /pdf ?: Lijsten per school/, /xlsx ?: Werkboek/, /agenda ?: Agenda/]) {
    const [file] = await Promise.all([t.page.waitForEvent('download'), t.page.getByRole('link', { name: words }).click()]);
    must((await file.failure()) === null, String(words));
  }
});

scenario('A wave without a plan says what to do', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3, solved: false });
  await t.go(`/lichtingen/${own.id}/vaststellen`);
  await t.sees('Er is nog geen voorstel');
});

scenario('Publishing looks right at every width', { as: 'intermediair' }, async (t) => {
  const { next, began } = await t.waves();
  await t.go(`/lichtingen/${next.id}/vaststellen`);
  await t.sees('Wat is nagekeken');
  await t.looksAt('phone');
  await t.looksAt('tight');
  await t.go(`/lichtingen/${began.id}/vaststellen`);
  await t.sees('is vastgesteld');
  await t.looksAt('phone');
});
