// Pictures of the main pages, as the demo has them: node pictures.mjs FOLDER. A page that does not answer 200 is an error.

import { join } from 'node:path';

import { get } from './api.mjs';
import { waves } from './people.mjs';
import { CHROMIUM, chromium } from './settings.mjs';
import { Visit } from './visit.mjs';

const into = process.argv[2];
const { next, began, soon } = await waves();
const run = next.geldende_berekening;
const [batch] = (await get('/herberekeningen')).resultaten;
const [none] = (await get(`/berekeningen/${run}/uitkomst`)).ongeplaatst;

const [roster] = (await get('/roosters')).resultaten;
const people = (await get(`/roosters/${roster.id}/uitnodigingen`)).resultaten;
const planned = people.find((it) => !it.begeleidt);

const review = `/lichtingen/${next.id}/beoordelen`;

/** A file with mistakes, as it is shown. */
async function wrongFile(visit) {
  const lines = ['Kandidaat;Naam;Bouwen;Breedte;Lengte', 'Z1;Anouk Maas;kelder;52,3;4,9', 'Z1;Bilal Groen;onderbouw;52,3;4,9', 'Z3;Carlijn Pot;bovenbouw;veel;4,9'];
  await visit.give('Werkmap', { name: 'Kandidaten.csv', type: 'text/csv', bytes: `${lines.join('\n')}\n` });
  await visit.press('Controleer dit bestand');
}

/** Another place that is tried and not kept, with what it brings. */
async function tried(visit) {
  const found = await visit.until(async () => {
    if ((await visit.page.locator('[data-try]').count()) > 0) return true;
    await visit.page.reload();
    return false;
  });
  if (!found) throw new Error('there is nothing to try');
  await visit.page.locator('[data-try]').first().click();
  await visit.sees('Probeerbak: 1 verandering');
  await visit.go(`/lichtingen/${next.id}/probeerbak`);
  await visit.until(async () => {
    if ((await visit.text()).includes('Voor en na, per doel')) return true;
    await visit.page.reload();
    return false;
  });
}

/** What is worked out ahead has come. */
async function explained(visit) {
  await visit.until(async () => !(await visit.text()).includes('De uitleg wordt uitgezocht'));
}

/** Every coach out in turn, worked out. */
async function stressed(visit) {
  if (await visit.control('Reken het door').count()) await visit.press('Reken het door');
  await visit.sees('Elke coach om de beurt, zwakste eerst');
}

/** Name of the picture, who looks, in which window, where, and what is done there before it is taken. */
const PAGES = [
  ['start', 'intermediair', 'desk', '/start'],
  ['lichtingen', 'intermediair', 'desk', '/lichtingen'],
  ['berekenen', 'intermediair', 'desk', `/lichtingen/${soon.id}/berekenen`],
  ['beoordelen', 'intermediair', 'desk', `/lichtingen/${next.id}/beoordelen/Z0013`, explained],
  ['geen-plaats', 'intermediair', 'desk', `/lichtingen/${next.id}/beoordelen/${none?.kandidaat}`, explained],
  ['antwoorden', 'intermediair', 'desk', `/lichtingen/${next.id}/antwoorden`],
  ['verschil', 'intermediair', 'desk', `/herberekeningen/${batch?.id}`],
  ['vaststellen', 'intermediair', 'desk', `/lichtingen/${next.id}/vaststellen`],
  ['kaart', 'intermediair', 'desk', `/lichtingen/${next.id}/kaart`],
  ['rapport', 'intermediair', 'desk', `/lichtingen/${began.id}/rapport`],
  ['register', 'intermediair', 'desk', '/register/scholen'],
  ['bestuur', 'bestuur', 'desk', '/bestuur'],
  ['bestuur-telefoon', 'bestuur', 'phone', '/bestuur'],
  ['coach-telefoon', 'coach', 'phone', '/coach'],
  ['beheer', 'beheerder', 'desk', '/beheer'],
  ['aanmelden', undefined, 'desk', '/aanmelden'],
  ['afwijzen', 'intermediair', 'desk', `${review}/Z0013/afwijzen`],
  ['proberen', 'intermediair', 'desk', `${review}/Z0013`, tried],
  ['beoordelen-telefoon', 'intermediair', 'phone', review],
  ['bestand-fout', 'intermediair', 'desk', '/lichtingen/nieuw', wrongFile],
  ['proefuitval', 'intermediair', 'desk', `/lichtingen/${next.id}/proefuitval`, stressed],
  ['rooster', 'intermediair', 'desk', `/rooster/${roster.id}?wie=${planned.persoon}`],
  ['wie-kan-wanneer', 'intermediair', 'desk', `/rooster/${roster.id}/uitnodigingen`],
  ['wanneer-kunt-u-telefoon', 'coach', 'phone', `/rooster/${roster.id}/uitnodigingen/K12`],
  ['hulp', 'intermediair', 'desk', '/hulp'],
];

const only = process.env.LOKET_ALLEEN;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
let wrong = 0;
for (const [name, as, size, path, before] of PAGES.filter(([it]) => !only || it.includes(only))) {
  const visit = await new Visit(browser, { as, size }).begin();
  try {
    await visit.go(path);
    if (before) await before(visit);
    await visit.page.waitForLoadState('networkidle');
    const file = join(into, `${name}.png`);
    // A long list goes on as it begins.
    const { width, height } = await visit.page.evaluate(() => ({ width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight }));
    await visit.page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, 1_600) } });
    console.log(`${name}: ${file}`);
  } catch (error) {
    wrong += 1;
    console.error(`${name}: ${error.message}`);
  }
  await visit.end();
}
await browser.close();
if (wrong) process.exit(1);
