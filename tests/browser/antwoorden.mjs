// The three answers of each placement: asked, reminded, noted, and the messages that go with it.

import { must, same, scenario } from './harness/index.mjs';

scenario('Agreed places are asked about by a day', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  const first = own.candidates[0];
  await t.api.call('PUT', `/lichtingen/${own.id}/beoordelingen/${first.id}`, { body: { besluit: 'akkoord' }, fresh: true });
  await t.go(`/lichtingen/${own.id}/antwoorden`);
  await t.sees('1 plaats met akkoord is nog niet helemaal gevraagd');
  await t.press('Vraag om antwoord', { in: '.box' });
  await t.sees('Antwoord uiterlijk op');
  await t.looks();
  await t.press('Vraag om antwoord', { in: 'main' });
  await t.sees('De vragen zijn gesteld');
  await t.sees('3 vragen wachten nog');
  await t.sees('Vaststellen kan ook als er nog antwoorden open staan.');
});

scenario('A day that is over is refused and stays in its field', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/lichtingen/${own.id}/antwoorden/vragen`);
  await t.tick(/ook wie nog niet antwoordde/);
  await t.fill('Antwoord uiterlijk op', '2020-01-01');
  await t.press('Vraag om antwoord', { in: 'main' });
  same(t.status, 400);
  await t.sees('Wat u invulde staat er nog');
  same(await t.typed('Antwoord uiterlijk op'), '2020-01-01');
});

scenario('A reminder is put ready for one place, and for everybody', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/lichtingen/${own.id}/antwoorden`);
  await t.press(/^Herinnering klaarzetten/);
  await t.sees('De herinneringen staan klaar');
  await t.press('Herinner iedereen die nog moet antwoorden');
  await t.sees('De herinneringen staan klaar');
});

scenario('An answer is noted for somebody, and a no needs its reason', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  const { id, name } = own.candidates[0];
  await t.go(`/lichtingen/${own.id}/antwoorden/van/${id}`);
  await t.sees(name);
  await t.looks();
  await t.press(/Noteer een antwoord ?: Coach/);
  await t.press('Bewaar antwoord');
  await t.sees('Kies ja of nee.');
  await t.tick('nee', { exact: true });
  await t.fill('Toelichting', 'Belde vanochtend');
  await t.press('Bewaar antwoord');
  await t.sees('Kies waarom niet');
  same(await t.typed('Toelichting'), 'Belde vanochtend');
  await t.looks();
  await t.choose('Waarom niet?', 'te-ver');
  await t.press('Bewaar antwoord');
  await t.sees('te ver weg');
  await t.go(`/lichtingen/${own.id}/antwoorden`);
  await t.sees('Nee gezegd: 1. Kies een andere plaats of reken opnieuw.');
});

scenario('Two who note the same answer hear of each other', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  const place = `/lichtingen/${own.id}/antwoorden/van/${own.candidates[0].id}/kandidaat`;
  await t.go(place);
  const samir = await t.other({ as: 'intermediair', name: 'Samir Vos' });
  await samir.go(place);
  await samir.tick('ja', { exact: true });
  await samir.press('Bewaar antwoord');
  await samir.sees('het antwoord is genoteerd');
  await t.tick('nee', { exact: true });
  await t.choose('Waarom niet?', 'te-ver');
  await t.press('Bewaar antwoord');
  same(t.status, 412);
  await t.sees('Iemand anders veranderde dit intussen');
  await t.press('Bewaar antwoord');
  await t.sees('te ver weg');
});

scenario('A filter is a chip that can be taken away', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/lichtingen/${own.id}/antwoorden`);
  await t.press('Filter toevoegen');
  await t.looks();
  await t.press('rond', { exact: true });
  await t.sees('Hier is nu niets te doen');
  await t.press(/^rond\s+weglaten/);
  await t.sees('Wacht op antwoord: 3');
});

scenario('A link is shown once, and lets its owner answer', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/lichtingen/${own.id}/antwoorden/van/${own.candidates[0].id}`);
  await t.press(/Maak een koppeling ?: Kandidaat/);
  const link = await t.typed('Koppeling');
  must(link.includes('/koppeling/antwoord-'), link);
  await t.looks();
  const guest = await t.other({});
  await guest.go(new URL(link, 'http://x').pathname);
  await guest.press('Ja, dit wil ik');
  await guest.sees('U zei ja.');
  await t.go(`/lichtingen/${own.id}/antwoorden/van/${own.candidates[0].id}`);
  await t.sees('met een persoonlijke koppeling');
});

scenario('Messages are downloaded and noted as sent', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go('/berichten');
  await t.sees('Een vraag over een plaatsing');
  await t.looks();
  await t.press(/^Verstuurd ?:/);
  await t.sees('u hebt het bericht verstuurd');
});

scenario('All drafts of a wave are narrowed to, downloaded and marked as sent', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  await t.go(`/berichten?lichting=${own.id}&soort=vraag&aan=kandidaat`);
  await t.sees('aan: kandidaat');
  await t.looks();
  await t.looksAt('phone');
  await t.go(`/berichten/verstuurd?lichting=${own.id}&soort=vraag&aan=kandidaat`);
  await t.sees('Markeer alle als verstuurd');
  await t.looks();
  await t.looksAt('phone');
});

scenario('Answers of the demo look right at every width', { as: 'intermediair' }, async (t) => {
  const { next } = await t.waves();
  await t.go(`/lichtingen/${next.id}/antwoorden`);
  await t.sees('Drie antwoorden per plaats');
  await t.looksAt('phone');
  await t.looksAt('tight');
  await t.looks({ print: true });
});
