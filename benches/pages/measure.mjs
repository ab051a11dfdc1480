// What pages take on one large wave: node measure.mjs WAVE TIMES. Prints a table; each number is a median, with the slowest beside it.

import { readFileSync } from 'node:fs';
import { get as request } from 'node:http';

import { call, get } from '../../tests/browser/harness/api.mjs';
import { person } from '../../tests/browser/harness/people.mjs';
import { BASE, CHROMIUM, TOKENS, chromium } from '../../tests/browser/harness/settings.mjs';
import { Visit } from '../../tests/browser/harness/visit.mjs';

const [file, times] = [process.argv[2], Number(process.argv[3])];
const wave = JSON.parse(readFileSync(file, 'utf8'));
const rows = [];

function told(what, took, target, unit = 'ms') {
  const sorted = [...took].sort((a, b) => a - b);
  const shown = (it) => (unit === 'kB' ? it.toFixed(1) : Math.round(it));
  rows.push(`| ${what} | ${shown(sorted[Math.floor(sorted.length / 2)])} | ${shown(sorted.at(-1))} | ${target} | ${unit} |`);
  console.error(rows.at(-1));
}

/** Opens a page as a browser asks for it, without drawing it: how long its last byte took, milliseconds, and how many bytes came. */
function fetched(path, session) {
  return new Promise((done, failed) => {
    const began = performance.now();
    const headers = { Cookie: `__Host-loket=${session}`, Accept: 'text/html', 'Accept-Encoding': 'br, gzip' };
    request(BASE + path, { headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (it) => (bytes += it.length));
      answer.on('end', () => (answer.statusCode === 200 ? done({ took: performance.now() - began, bytes }) : failed(new Error(`${path}: ${answer.statusCode}`))));
    }).on('error', failed);
  });
}

async function solved() {
  const made = await call('POST', '/lichtingen?van=2027-02-01', { body: wave });
  await call('POST', `/lichtingen/${wave.id}/indiening`, { tag: made.tag });
  const run = (await call('POST', `/lichtingen/${wave.id}/berekeningen`, { body: { rekentijd: 600 } })).body.id;
  const began = performance.now();
  for (;;) {
    const now = await get(`/berekeningen/${run}`);
    if (now.toestand === 'klaar') break;
    if (['mislukt', 'afgebroken'].includes(now.toestand)) throw new Error(JSON.stringify(now.melding));
    await new Promise((wait) => setTimeout(wait, 1000));
  }
  console.error(`solved in ${Math.round((performance.now() - began) / 1000)} s`);
  return run;
}

/** How many jobs wait or are at work, by the service's own figures. */
async function jobs() {
  const answer = await fetch(`${BASE}/metrics`, { headers: { Authorization: `Bearer ${TOKENS.beheerder}` } });
  if (!answer.ok) throw new Error(`/metrics: ${answer.status}`);
  const lines = (await answer.text()).split('\n').filter((it) => it.startsWith('loket_taken{'));
  if (!lines.length) throw new Error('/metrics says nothing of jobs');
  return lines.reduce((sum, it) => sum + Number(it.split(' ').at(-1)), 0);
}

/** Waits until what is worked out ahead is done: what is measured is a page, not a solve beside it. At most two minutes: of a large wave that takes longer, and is told. */
async function quiet() {
  let still = 0;
  for (let turn = 0; turn < 120 && still < 8; turn += 1) {
    still = (await jobs()) > 0 ? 0 : still + 1;
    await new Promise((wait) => setTimeout(wait, 1000));
  }
  console.error(still < 8 ? 'explanations were still being worked out while this was measured' : 'nothing else was being worked out');
}

await solved();
await quiet();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
const review = `/lichtingen/${wave.id}/beoordelen`;
const one = await person('intermediair', { name: 'Noor Bakker' });

// The list, from the first byte asked to the last one there.
const list = [];
for (let turn = 0; turn < times + 1; turn += 1) list.push(await fetched(review, one.session));
told(`review, list of ${wave.kandidaten.length}`, list.slice(1).map((it) => it.took), '300');
told('the same, compressed', list.slice(1).map((it) => it.bytes / 1000), '200', 'kB');
for (const [what, path] of [['start', '/start'], ['waves', '/lichtingen'], ['answers', `/lichtingen/${wave.id}/antwoorden`], ['report', `/lichtingen/${wave.id}/rapport`], ['map', `/lichtingen/${wave.id}/kaart`], ['publish', `/lichtingen/${wave.id}/vaststellen`]]) {
  const all = [];
  for (let turn = 0; turn < times + 1; turn += 1) all.push(await fetched(path, one.session));
  told(what, all.slice(1).map((it) => it.took), '300');
}

// A decision in a browser, by the key, to the next candidate shown.
const visit = await new Visit(browser, { as: one }).begin();
const plan = await get(`/berekeningen/${(await get(`/lichtingen/${wave.id}`)).geldende_berekening}/uitkomst`);
await visit.go(`${review}/${plan.plaatsingen[0].kandidaat}`);
const next = [];
for (let turn = 0; turn < times; turn += 1) {
  const took = await visit.page.evaluate(async () => {
    const row = () => document.querySelector('#naam')?.getAttribute('data-row');
    const was = row();
    const began = performance.now();
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    for (;;) {
      await new Promise((done) => requestAnimationFrame(done));
      if (row() && row() !== was) return performance.now() - began;
      if (performance.now() - began > 30_000) return NaN;
    }
  });
  if (Number.isNaN(took)) throw new Error('the next one did not come');
  next.push(took);
}
if ((await get(`/lichtingen/${wave.id}/beoordelingen`)).totaal !== times) throw new Error('not every press decided');
told('akkoord by key, to the next one shown', next, '150');

// What was decided by the one, shown to the other, who only has the list open.
const other = await new Visit(browser, { as: await person('intermediair', { name: 'Sam Visser' }) }).begin();
await other.go(review);
const seen = [];
for (let turn = 0; turn < Math.min(times, 5); turn += 1) {
  const counted = () => other.page.evaluate(() => document.body.innerText.match(/(\d+) van (\d+) beoordeeld/)?.[1]);
  const was = await counted();
  const began = performance.now();
  await visit.page.keyboard.press('a');
  while ((await counted()) === was) {
    if (performance.now() - began > 30_000) throw new Error('the other one does not see it');
    await new Promise((wait) => setTimeout(wait, 50));
  }
  seen.push(performance.now() - began);
}
told("a decision, seen at somebody else's", seen, '5000');

await browser.close();
console.log(`| what | median | slowest of ${times} | wanted below | |\n| --- | ---: | ---: | ---: | --- |\n${rows.join('\n')}`);
