// Help, and what the foot of every page leads to.

import { must, same, scenario } from './harness/index.mjs';

const TITLES = {
  intermediair: 'Beoordelen',
  bestuur: 'Mijn plekken bevestigen',
  coach: 'Er staat een vraag voor mij',
  beheerder: 'Een beleid goedkeuren',
  lezer: 'Wat betekent bewezen?',
};

for (const [role, title] of Object.entries(TITLES)) {
  scenario(`Help says to the ${role} what that role does`, { as: role, script: 'both' }, async (t) => {
    await t.go('/');
    await t.press('Hulp');
    same(t.where(), '/hulp');
    await t.sees(title, { within: 'main' });
    for (const other of Object.values(TITLES).filter((it) => it !== title)) await t.misses(other);
    must((await t.part('.menu a').count()) > 0, 'whoever is signed in keeps the menu');
  });
}

scenario('Help is there for whoever is not signed in', { script: 'both' }, async (t) => {
  await t.go('/aanmelden');
  await t.press('Hulp');
  await t.sees('Ik ben mijn wachtwoord kwijt');
});

scenario('Help is in the menu of a phone', { as: 'coach', size: 'phone', script: 'both' }, async (t) => {
  await t.go('/');
  await t.press('Menu', { exact: true });
  await t.press('Hulp');
  await t.sees('Mijn uren');
});

for (const [link, place, words] of [
  ['Toegankelijkheid', '/toegankelijkheid', 'WCAG 2.2'],
  ['Privacy', '/privacy', 'Geen huisadres'],
  ['Hoe Loket rekent', '/hoe-loket-rekent', 'Wat is bewezen?'],
]) {
  scenario(`The foot leads to ${place}`, { script: 'both' }, async (t) => {
    await t.go('/aanmelden');
    await t.press(link, { in: 'footer' });
    same(t.where(), place);
    await t.sees(words);
    await t.looksAt('phone');
  });
}

scenario('Pages of help are in English too', {}, async (t) => {
  await t.go('/hoe-loket-rekent');
  await t.press('English');
  await t.go('/hoe-loket-rekent');
  await t.sees('What is proven?');
});

scenario('The first Tab on a page leads past the menu', { as: 'intermediair' }, async (t) => {
  await t.go('/hulp');
  await t.keys('Tab');
  must((await t.focused()).includes('Naar de inhoud'), `the first Tab comes to: ${await t.focused()}`);
  await t.keys('Enter');
  await t.until(async () => (await t.page.evaluate(() => document.activeElement.id)) === 'inhoud');
});
