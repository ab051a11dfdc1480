// A policy on trial: asked for on waves of before, judged by limits that a person sets, and read by whoever approves it. And prices for what was
// scarce in those waves.
import { must, same, scenario } from './harness/index.mjs';

const intermediair = { as: 'intermediair', script: 'both' };

/** A policy that looks at travel before all but the number placed. */
async function drafted(t) {
  const name = `dichtbij-${t.unique()}`;
  const doelen = [
    { naam: 'geplaatst', punten: { geplaatst: 1 } },
    { naam: 'dichtbij', punten: { reistijd: 1 } },
  ];
  await t.api.post('/beleid', { naam: name, fase: 'opleiding', inhoud: { doelen } });
  return name;
}

/** Until what is on the page no longer says that it is at work. */
async function ended(t, place) {
  const asked = place.replace('/op-proef/', '/beleidsproeven/');
  await t.until(async () => ['klaar', 'mislukt'].includes((await t.api.get(asked)).toestand));
  await t.go(place);
}

scenario('A policy is put on trial, and old and new stand side by side', intermediair, async (t) => {
  const name = await drafted(t);
  await t.go(`/beleid/${name}/1`);
  await t.sees('Dit beleid is nog niet op proef geweest.');
  await t.press('Zet op proef', { in: 'main' });
  same(t.where(), `/beleid/${name}/1/op-proef`);
  must((await t.part('input[name="lichting"]:checked').count()) > 0, 'a wave of before is chosen already');
  await t.page.fill('#grens-reistijd-gemiddeld-tienden', '0,5');
  await t.press('Zet op proef', { in: 'main form' });
  await t.sees('De proef is begonnen.');
  const place = t.where();
  await ended(t, place);
  await t.sees('alle grenzen zijn gehaald');
  await t.sees('Mensen met een plaats', { within: 'main' });
  await t.sees('hoogstens 0,5', { within: 'main' });
  await t.sees('Reistijd, gemiddeld', { within: 'main' });
  await t.sees('anders geplaatst', { within: 'main' });
  await t.looks({ print: true });
  await t.looksAt('phone');
  // Back at the policy it is on the list, with its judgement.
  await t.go(`/beleid/${name}/1`);
  await t.sees('doen', { within: '#proeven' });
});

scenario('A limit that is no number is told at its field, and what was chosen stays', intermediair, async (t) => {
  const name = await drafted(t);
  await t.go(`/beleid/${name}/1/op-proef`);
  await t.page.fill('#grens-plaats-kwijt', 'geen');
  await t.page.fill('#grens-kosten-cent', '1250,50');
  await t.press('Zet op proef', { in: 'main form' });
  await t.sees('Vul een getal in, bijvoorbeeld 0 of -2.');
  same(await t.page.inputValue('#grens-kosten-cent'), '1250,50');
  for (const box of await t.page.locator('input[name="lichting"]').all()) await box.uncheck();
  await t.page.fill('#grens-plaats-kwijt', '0');
  await t.press('Zet op proef', { in: 'main form' });
  await t.sees('Kies minstens een lichting.');
});

scenario('Whoever approves reads the judgement, and no counts of a few people', { as: 'beheerder', script: 'both' }, async (t) => {
  const name = await drafted(t);
  await t.go(`/beheer/beleid/${name}/1`);
  await t.sees('Dit beleid is nog niet op proef geweest. De intermediair kan dat doen voordat u het goedkeurt.');
  const waves = (await t.api.get('/lichtingen?toestand=vastgesteld')).resultaten.filter((it) => it.fase === 'opleiding' && !it.id.startsWith('proef-'));
  const asked = await t.api.post(`/beleid/${name}/1/beleidsproeven`, { lichtingen: [waves[0].id], drempels: [{ wat: 'geplaatst', minstens: 1000 }] });
  await t.until(async () => (await t.api.get(`/beleid/${name}/1/beleidsproeven/${asked.id}`)).toestand === 'klaar');
  await t.go(`/beheer/beleid/${name}/1`);
  await t.sees('niet doen', { within: '#proeven' });
  await t.press('Proef van');
  await t.sees('Niet doen: niet elke grens is gehaald');
  await t.sees('ziet alleen de intermediair');
  await t.misses('op een andere plek');
  await t.misses('Stop');
});

scenario('What was scarce gets a price, a draft saves it, and each price has the name of its school or coach', intermediair, async (t) => {
  const name = await drafted(t);
  await t.go(`/beleid/${name}/1`);
  await t.press('Bewaar wat schaars is', { in: 'main' });
  same(t.where(), `/beleid/${name}/1/bewaren`);
  await t.press('Bereken prijzen', { in: 'main form' });
  await t.sees('100 is precies genoeg');
  const seat = (await t.part('#prijzen tbody th').first().textContent()).trim();
  must(!/^S\d/.test(seat), `a school has a name here: ${seat}`);
  await t.looks({ print: true });
  await t.looksAt('phone');
  await t.press('Zet in een nieuw concept', { in: 'main form' });
  await t.sees('Het concept met de prijzen staat klaar.');
  same(t.where(), `/beleid/${name}/2`);
  await t.page.locator('main form details summary').last().click();
  await t.sees(seat, { within: 'main form' });
});

scenario('Prices of no wave are not worked out', intermediair, async (t) => {
  await t.go('/beleid/standaard-opleiding/1/bewaren');
  for (const box of await t.page.locator('input[name="lichting"]').all()) await box.uncheck();
  await t.press('Bereken prijzen', { in: 'main form' });
  await t.sees('Kies minstens een lichting.');
});
