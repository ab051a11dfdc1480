// A personal link: one proposal, yes or no, the own place once it is published, "ik stop", and one answer for every link that does not count.

import { same, scenario } from './harness/index.mjs';

/** A wave of one's own that was asked about, with the page of a link to its first candidate. */
async function link(t, party = 'kandidaat') {
  const own = await t.wave({ candidates: 3 });
  await t.askedAll(own);
  const one = own.candidates[0];
  const made = await t.api.post(`/lichtingen/${own.id}/antwoorden/${one.id}/${party}/koppeling`);
  return { own, one, place: `/koppeling/${made.koppeling}` };
}

scenario('A candidate says yes by a link', { size: 'phone', script: 'both' }, async (t) => {
  const { one, place } = await link(t);
  await t.go(place);
  await t.sees(`Dag ${one.name.split(' ')[0]}, wij hebben een voorstel voor u`);
  await t.looks();
  await t.press('Ja, dit wil ik');
  await t.sees('U zei ja.');
});

scenario('A candidate says no with the reason, and thinks again', { size: 'phone', script: 'both' }, async (t) => {
  const { place } = await link(t);
  await t.go(place);
  await t.press('Nee, omdat…');
  await t.press('Verstuur mijn nee');
  same(t.status, 400);
  await t.sees('bij een nee hoort een reden');
  await t.looks();
  await t.tick('de dagen passen niet');
  await t.fill('Wilt u iets uitleggen?', 'Vrijdag kan ik niet');
  await t.press('Verstuur mijn nee');
  await t.sees('U zei nee: de dagen passen niet.');
  await t.press('Ja, dit wil ik');
  await t.sees('U zei ja.');
});

scenario('Stopping is asked once more, and is a message', { size: 'phone', script: 'both' }, async (t) => {
  const { place } = await link(t);
  await t.go(place);
  await t.press('Ik stop met het traject');
  await t.looks();
  await t.press('Ik stop met het traject');
  same(t.status, 400);
  await t.sees('Kies wat er verandert.');
  await t.looks();
  await t.tick('stopt');
  await t.press('Ik stop met het traject');
  await t.sees('De intermediair neemt eerst contact met u op');
});

scenario('A coach without an account sees the name after the yes', { size: 'phone', script: 'both' }, async (t) => {
  const { one, place } = await link(t, 'coach');
  await t.go(place);
  await t.misses(one.name);
  await t.press('Ja, dit doe ik');
  await t.sees(one.name);
});

/** The same of a wave that was published: nobody was asked, so that the link is to what was published. */
async function published(t, party = 'kandidaat') {
  const own = await t.wave({ candidates: 3 });
  const { tag } = await t.api.call('GET', `/lichtingen/${own.id}`);
  await t.api.call('POST', `/lichtingen/${own.id}/vaststelling`, { body: { bevestigd: true }, tag });
  const one = own.candidates[0];
  const made = await t.api.post(`/lichtingen/${own.id}/antwoorden/${one.id}/${party}/koppeling`);
  return { one, place: `/koppeling/${made.koppeling}` };
}

scenario('After publication a candidate sees the own place and reports to stop', { size: 'phone', script: 'both' }, async (t) => {
  const { one, place } = await published(t);
  await t.go(place);
  await t.sees(`Dag ${one.name.split(' ')[0]}, uw plaats is vastgesteld`);
  await t.looks();
  for (const width of [640, 320]) await t.looksAt({ width, height: 900 });
  await t.press('Ik stop met het traject');
  await t.tick('stopt');
  await t.press('Ik stop met het traject');
  await t.sees('De intermediair neemt eerst contact met u op');
});

scenario('After publication a coach without an account sees the own people', { size: 'phone', script: 'both' }, async (t) => {
  const { one, place } = await published(t, 'coach');
  await t.go(place);
  await t.sees('U begeleidt');
  await t.sees(one.name);
  await t.looks();
});

scenario('A link that does not count says one thing', { size: 'phone', script: 'both' }, async (t) => {
  await t.go('/koppeling/antwoord-bestaatniet', { status: 404 });
  await t.sees('Deze koppeling geldt niet meer');
});
