// Runs every scenario of the files beside this one: two at a time, each once, and says how each went. Ends with 1 when one failed.

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { of, scenarios } from './harness/index.mjs';
import { AT_ONCE, CHROMIUM, ONLY, PICTURES, chromium } from './harness/settings.mjs';
import { Visit } from './harness/visit.mjs';

const here = new URL('.', import.meta.url).pathname;
for (const file of readdirSync(here).filter((it) => it.endsWith('.mjs') && it !== 'run.mjs').sort()) {
  of(file.replace('.mjs', ''));
  await import(join(here, file));
}

const wanted = scenarios.filter((it) => `${it.area}: ${it.name}`.includes(ONLY));
if (!wanted.length) {
  console.error(`browser: no scenario holds "${ONLY}"`);
  process.exit(2);
}
if (PICTURES) mkdirSync(PICTURES, { recursive: true });

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
const failed = [];
let done = 0;

async function run({ area, name, how, steps }, number) {
  const began = Date.now();
  const visit = new Visit(browser, how);
  let wrong = [];
  try {
    await visit.begin();
    await steps(visit);
    if (how.looks !== false) await visit.looks();
  } catch (error) {
    wrong.push(error.message);
    if (PICTURES && visit.page) await visit.page.screenshot({ path: join(PICTURES, `${area}-${number}.png`), fullPage: true }).catch(() => {});
  }
  wrong = wrong.concat(visit.wrong());
  await visit.end().catch(() => {});
  done += 1;
  const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
  if (wrong.length) {
    failed.push(`${area}: ${name}`);
    console.log(`not ok  ${area}: ${name} (${took})\n      ${wrong.join('\n      ')}`);
  } else {
    console.log(`ok      ${area}: ${name} (${took})`);
  }
}

const queue = wanted.map((it, number) => ({ it, number }));
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await run(next.it, next.number);
  }),
);
await browser.close();
console.log(`\n${done} scenarios in ${new Set(wanted.map((it) => it.area)).size} areas, ${failed.length} failed`);
if (failed.length) process.exit(1);
