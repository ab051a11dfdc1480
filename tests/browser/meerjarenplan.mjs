// The multi-year plan and the funnel: numbers typed over and kept, the best plan looked for and taken over, counts completed, laid down and approved.
import { must, same, scenario } from './harness/index.mjs';

const intermediair = { as: 'intermediair', script: 'both' };

/** A plan of its own: this school year and the next, which is short of coaches. */
async function made(t) {
  const now = new Date();
  const year = now.getUTCFullYear() - (now.getUTCMonth() < 7 ? 1 : 0);
  const years = [year, year + 1].map((it) => `${it}-${it + 1}`);
  const id = `plan-${t.unique()}`;
  await t.api.post('/meerjarenplannen', {
    formaat: 'loket-meerjarenplan/1',
    id,
    naam: 'Plan van de proef',
    start: `${year}-08`,
    jaren: years,
    lichtingen: [0, 1].map((at) => ({ id: `L${at}`, naam: `Najaar ${year + at}`, maand: `${year + at}-09`, doel: 20 })),
    besturen: [{ id: 'B1', naam: 'Bestuur Een', plekken: 30 }],
    coachsoorten: [{ id: 'intern', naam: 'interne coaches', uren: 690, aanname_max: 5 }],
    vast: [
      { lichting: 'L0', gestart: 18 },
      { lichting: 'L1', gestart: 18 },
      { coachsoort: 'intern', jaar: years[0], aanname: 2 },
      { coachsoort: 'intern', jaar: years[1], aanname: 0 },
    ],
  });
  return `/meerjarenplan/${id}`;
}

scenario('Numbers of a plan are typed over, added up, and kept only when asked', intermediair, async (t) => {
  const place = await made(t);
  await t.go(place);
  await t.sees('Er komen uren coaching te kort');
  await t.sees('Genoeg is: 2 coaches erbij');
  await t.sees('540 te weinig');
  await t.page.fill('#h-0-1', '2');
  await t.press('Reken opnieuw');
  await t.sees('De coaches hebben elk jaar genoeg uren.');
  await t.sees('1 getal is veranderd en nog niet bewaard');
  await t.sees('was 0');
  await t.go(place);
  await t.sees('540 te weinig');
  await t.page.fill('#h-0-1', '2');
  await t.press('Reken opnieuw');
  await t.fill('Toelichting', 'twee coaches erbij');
  await t.press('Bewaar als plan');
  await t.sees('Bewaard: de nieuwe versie van het plan is bewaard.');
  await t.sees('De coaches hebben elk jaar genoeg uren.');
  same((await t.api.get(`${place.replace('/meerjarenplan', '/meerjarenplannen')}/versies`)).totaal, 2, 'versions');
});

scenario('A number that cannot be is told at its place, and what was typed stays', intermediair, async (t) => {
  await t.go(await made(t));
  await t.page.fill('#t-diploma', '180');
  await t.press('Reken opnieuw');
  await t.sees('Haalt het diploma: vul een heel getal in van 1 tot en met 100.');
  must((await t.page.inputValue('#t-diploma')) === '180', 'what was typed is gone');
});

scenario('The best plan is looked for, told with its proof, and taken over', { as: 'intermediair' }, async (t) => {
  const place = await made(t);
  await t.go(place);
  await t.press('Zoek het beste plan');
  await t.sees('beste plan 1: klaar');
  await t.press('beste plan 1: klaar');
  await t.sees('Bewezen: beter kan niet.');
  await t.sees('Start de opleiding');
  await t.press('Neem over in het plan');
  await t.sees('Bewaard: de keuzes staan nu vast in het plan.');
  await t.sees('2 versies');
});

scenario('The funnel is completed, laid down, and approved by somebody else', { as: 'intermediair' }, async (t) => {
  await t.go('/meerjarenplan/monitor/2019-1');
  for (const [label, number] of [['Aangemeld', '220'], ['Intake gehouden', '214'], ['Voortraject gestart', '196']]) await t.fill(label, number, { exact: true });
  await t.press('Bewaar');
  await t.sees('Bewaard: de aantallen zijn bewaard.');
  await t.sees('Najaar 2019');
  await t.sees('196 van 220 (89 %)');
  await t.press('Leg deze meting vast');
  await t.sees('Bewaard: de meting is vastgelegd.');
  const place = new URL(t.page.url()).pathname;
  const admin = await t.other({ as: 'beheerder' });
  await admin.go(place);
  await admin.press('Keur goed');
  await admin.sees('Bewaard: de meting is goedgekeurd.');
});

scenario('A plan on a phone is one column that fits', { as: 'intermediair', size: 'phone' }, async (t) => {
  await t.go(await made(t));
  await t.sees('Uren coaching: gevraagd en beschikbaar');
});
