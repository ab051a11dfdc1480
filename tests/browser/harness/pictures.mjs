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

/** Name of the picture, who looks, in which window, and where. */
const PAGES = [
  ['start', 'intermediair', 'desk', '/start'],
  ['lichtingen', 'intermediair', 'desk', '/lichtingen'],
  ['berekenen', 'intermediair', 'desk', `/lichtingen/${soon.id}/berekenen`],
  ['beoordelen', 'intermediair', 'desk', `/lichtingen/${next.id}/beoordelen/Z0013`],
  ['geen-plaats', 'intermediair', 'desk', `/lichtingen/${next.id}/beoordelen/${none?.kandidaat}`],
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
];

const only = process.env.LOKET_ALLEEN;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
let wrong = 0;
for (const [name, as, size, path] of PAGES.filter(([it]) => !only || it.includes(only))) {
  const visit = await new Visit(browser, { as, size }).begin();
  try {
    await visit.go(path);
    await visit.page.waitForLoadState('networkidle');
    const path_ = join(into, `${name}.png`);
    await visit.page.screenshot({ path: path_, fullPage: true });
    console.log(`${name}: ${path_}`);
  } catch (error) {
    wrong += 1;
    console.error(`${name}: ${error.message}`);
  }
  await visit.end();
}
await browser.close();
if (wrong) process.exit(1);
