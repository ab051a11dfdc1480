// The start of an intermediary: what asks for action leads to where it is done, and going on leads to who is next.

import { must, scenario } from './harness/index.mjs';

scenario('Going on leads to the next candidate of the wave that was open', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.go(`/lichtingen/${own.id}/beoordelen/${own.candidates[0].id}`);
  await t.go('/start');
  await t.sees('Verder waar u was');
  await t.sees('Nu aan de beurt:');
  await t.looks();
  await t.looksAt('phone');
  await t.press('Ga verder');
  must(t.where().startsWith(`/lichtingen/${own.id}/beoordelen/`), t.where());
});

scenario('Requests about own data are on one page and on the start', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/register/kandidaten');
  await t.press(/^Verzoeken over eigen gegevens/);
  await t.sees('Verzoeken');
  await t.looks();
  await t.looksAt('phone');
  await t.go('/verzoeken?alle=1');
  await t.looks();
});
