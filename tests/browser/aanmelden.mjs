// Coming in and going out.

import { invited } from './harness/people.mjs';
import { must, same, scenario } from './harness/index.mjs';

scenario('Whoever is not signed in is asked to, whatever the page', { script: 'both' }, async (t) => {
  await t.go('/start');
  same(t.where(), '/aanmelden');
  await t.sees('Inloggen');
});

scenario('With address and password one comes to one’s start', { script: 'both' }, async (t) => {
  const { person } = await import('./harness/people.mjs');
  const noor = await person('intermediair');
  await t.go('/aanmelden');
  await t.fill('E-mailadres', noor.address);
  await t.fill('Wachtwoord', noor.password, { exact: true });
  await t.press('Inloggen', { in: 'main' });
  same(t.where(), '/start');
  await t.sees('Noor Bakker');
});

scenario('A wrong password is told on top, and the address stays', { script: 'both' }, async (t) => {
  await t.go('/aanmelden');
  await t.fill('E-mailadres', 'noor@voorbeeld.example');
  await t.fill('Wachtwoord', 'dit is het verkeerde', { exact: true });
  await t.press('Inloggen', { in: 'main' });
  await t.sees('het e-mailadres en het wachtwoord horen niet bij elkaar');
  same(await t.typed('E-mailadres'), 'noor@voorbeeld.example');
  same(await t.page.getByLabel('Wachtwoord', { exact: true }).inputValue(), '', 'a password never comes back');
});

scenario('A link is used to choose a password, and lets in', { script: 'both' }, async (t) => {
  const one = await invited([{ rol: 'intermediair' }], 'Samir Vos');
  await t.go('/welkom');
  await t.fill('Koppeling', one.link);
  await t.fill('Nieuw wachtwoord', 'zeven blauwe fietsen bij de brug');
  await t.press('Bewaar en begin');
  await t.sees('Samir Vos');
});

scenario('A short password is refused and the link stays as it was', { script: 'both' }, async (t) => {
  const one = await invited([{ rol: 'lezer' }], 'Fatima Aydin');
  await t.go('/welkom');
  await t.fill('Koppeling', one.link);
  await t.fill('Nieuw wachtwoord', 'te kort');
  await t.page.evaluate(() => document.querySelectorAll('form').forEach((it) => { it.noValidate = true; })).catch(() => {});
  await t.press('Bewaar en begin');
  await t.sees(/minder dan \d+ tekens/);
  same(await t.typed('Koppeling'), one.link);
});

scenario('A forgotten password is answered alike for whatever address', { script: 'both' }, async (t) => {
  await t.go('/wachtwoord-vergeten');
  await t.fill('E-mailadres', 'niemand@voorbeeld.example');
  await t.press('Stuur mij een koppeling');
  await t.sees('Is er een account met dit adres');
});

scenario('Signing out ends the session', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/start');
  await t.press('Noor Bakker');
  await t.press('Afmelden');
  await t.sees('U bent afgemeld');
  await t.go('/start');
  same(t.where(), '/aanmelden');
});

scenario('Whoever has two roles changes from one to the other', { as: 'intermediair', also: [{ rol: 'lezer' }], name: 'Samir Vos', script: 'both' }, async (t) => {
  await t.go('/start');
  await t.press('Samir Vos');
  await t.press('Verder als lezer');
  await t.sees('U werkt nu in een andere rol');
  await t.go('/start', { status: 403 });
  await t.sees('Deze pagina hoort bij een andere rol');
});

scenario('The pages speak English when asked', { script: 'both' }, async (t) => {
  await t.go('/aanmelden');
  await t.press('English');
  await t.go('/aanmelden');
  must((await t.page.getAttribute('html', 'lang')) === 'en', 'the page says which language it is in');
  await t.sees('Sign in');
});

scenario('An address that is nowhere says so in the pages’ own look', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/bestaat-niet', { status: 404 });
  await t.sees('Deze pagina is er niet');
  await t.sees('Er is niets veranderd en niets kwijt');
});

scenario('Who has several roles and came with the account of the organisation chooses one', { as: 'intermediair', also: [{ rol: 'lezer' }], script: 'both' }, async (t) => {
  await t.go('/rol');
  await t.sees('Waarmee gaat u aan het werk?');
  await t.looks();
  await t.looksAt('tight');
  await t.press('Ga aan het werk');
  same(t.where(), '/start');
});

scenario('Another password is chosen with the one there is', { as: 'lezer', script: 'both' }, async (t) => {
  await t.go('/ik');
  await t.fill('Wachtwoord van nu', 'dit is het niet');
  await t.fill('Nieuw wachtwoord', 'acht groene fietsen bij de sluis');
  await t.press('Kies dit wachtwoord');
  await t.sees('dit is niet het wachtwoord van dit account');
  await t.looks();
  await t.fill('Wachtwoord van nu', t.me.password);
  await t.fill('Nieuw wachtwoord', 'acht groene fietsen bij de sluis');
  await t.press('Kies dit wachtwoord');
  await t.sees('uw nieuwe wachtwoord geldt');
});

// Of a demo that was started by hand the key stands on its screen.
scenario('The key that a demo tells opens the API', { looks: false }, async () => {
  const key = process.env.LOKET_SLEUTEL;
  if (key === undefined) return;
  const headers = { Authorization: `Bearer ${key}` };
  const told = await fetch(`${process.env.LOKET_URL}/v1/ik`, { headers });
  same([told.status, (await told.json()).rol].join(' '), '200 intermediair');
  same((await fetch(`${process.env.LOKET_URL}/v1/lichtingen`, { headers })).status, 200);
});
