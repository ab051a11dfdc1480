// A coach: the question first, own people, hours, days off, and reporting a change.

import { same, scenario } from './harness/index.mjs';

scenario('A coach answers a question and then sees who it is', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  await t.askedAll(own);
  const asked = (await t.api.get(`/lichtingen/${own.id}/antwoorden`)).resultaten[0];
  const ilias = await t.other({ as: 'coach', of: asked.plaats.coach, size: 'phone' });
  await ilias.go('/');
  await ilias.sees('Wilt u een kandidaat begeleiden?');
  await ilias.misses(asked.naam);
  await ilias.looks();
  await ilias.press(/^Ja ?:/);
  await ilias.sees('Bewaard: u zei ja.');
  await ilias.looks();
});

scenario('A coach says no with the reason', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  await t.askedAll(own);
  const asked = (await t.api.get(`/lichtingen/${own.id}/antwoorden`)).resultaten[0];
  const ilias = await t.other({ as: 'coach', of: asked.plaats.coach, size: 'phone' });
  await ilias.go('/coach');
  await ilias.press(/^Nee, omdat/);
  await ilias.looks();
  await ilias.tick('geen ruimte');
  await ilias.press('Verstuur mijn nee');
  await ilias.sees('Bewaard: u zei nee.');
});

scenario('Hours are noted in quarters', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  await t.askedAll(own);
  const { tag } = await t.api.call('GET', `/lichtingen/${own.id}`);
  await t.api.call('POST', `/lichtingen/${own.id}/vaststelling`, { body: { bevestigd: true }, tag });
  const placed = (await t.api.get(`/lichtingen/${own.id}/plaatsingen`)).resultaten[0];
  const ilias = await t.other({ as: 'coach', of: placed.coach, size: 'phone' });
  await ilias.go(`/coaches/${placed.coach}/uren`);
  await ilias.fill(placed.naam, 'een beetje');
  await ilias.press('Bewaar uren');
  await ilias.sees('schrijf uren in kwartieren');
  same(await ilias.typed(placed.naam), 'een beetje');
  await ilias.looks();
  await ilias.fill(placed.naam, '1,5');
  await ilias.press('Bewaar uren');
  await ilias.sees('1,5 van 60 uur');
});

scenario('Days off are added and taken away', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 3, solved: false });
  const ilias = await t.other({ as: 'coach', of: own.coaches[0], size: 'phone' });
  await ilias.go(`/coaches/${own.coaches[0]}/vrije-dagen`);
  await ilias.fill('Eerste dag', '2027-05-03');
  await ilias.fill('Laatste dag', '2027-05-01');
  await ilias.press('Bewaar vrije dagen');
  await ilias.sees('Wat u invulde staat er nog');
  await ilias.fill('Laatste dag', '2027-05-07');
  await ilias.press('Bewaar vrije dagen');
  await ilias.sees('3 mei 2027 tot en met 7 mei 2027');
  await ilias.looks();
  await ilias.press(/^Haal weg/);
  await ilias.misses('3 mei 2027');
});

scenario('A coach reports a change', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 3, solved: false });
  const ilias = await t.other({ as: 'coach', of: own.coaches[0], size: 'phone' });
  await ilias.go('/coach');
  await ilias.press('Meld een verandering');
  await ilias.press('Verstuur de melding');
  await ilias.sees('Kies wat er verandert.');
  await ilias.looks();
  await ilias.tick('geen uren meer');
  await ilias.press('Verstuur de melding');
  await ilias.sees('Uw melding is verstuurd');
});

scenario('The demo’s coach looks right at every width', { as: 'coach', size: 'phone' }, async (t) => {
  await t.go('/coach');
  await t.sees('Uw uren in schooljaar');
  await t.looksAt('tight');
  await t.looksAt('desk');
});
