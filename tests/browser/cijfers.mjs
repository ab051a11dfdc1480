// The report, the figures, the map, the register, administration and the log.

import { must, same, scenario } from './harness/index.mjs';

scenario('The report opens with findings, and its figures are also in tables', { as: 'intermediair', script: 'both' }, async (t) => {
  const { next } = await t.waves();
  await t.go(`/lichtingen/${next.id}/rapport`);
  await t.sees('Niemand reist langer dan');
  await t.sees('Wie is het slechtst af?');
  await t.press('Toon deze cijfers als tabel', { in: '#coaches' });
  await t.sees('Kandidaten', { within: '#coaches table' });
});

scenario('A report for the steering group has nobody in it', { as: 'intermediair', script: 'both' }, async (t) => {
  const { next } = await t.waves();
  await t.go(`/lichtingen/${next.id}/rapport`);
  await t.choose('Voor', 'stuurgroep, zonder namen', { exact: true });
  await t.press('Toon', { exact: true });
  await t.misses('Wie is het slechtst af?');
});

scenario('A reader begins with the figures and opens a report', { as: 'lezer', script: 'both' }, async (t) => {
  const { next } = await t.waves();
  await t.go('/');
  await t.sees('Cijfers');
  await t.press(next.name, { in: 'main' });
  await t.sees(`Rapport ${next.name}`);
});

scenario('The report reads on a phone, and prints', { as: 'intermediair', size: 'phone' }, async (t) => {
  const { next } = await t.waves();
  await t.go(`/lichtingen/${next.id}/rapport`);
  await t.sees('beoordeeld.', { within: 'main' });
  await t.sees('Druk af', { within: 'main' });
  await t.looks({ print: true });
});

scenario('A coach is chosen on the map, and has numbers in the list', { as: 'intermediair', script: 'both' }, async (t) => {
  const { next } = await t.waves();
  await t.go(`/lichtingen/${next.id}/kaart`);
  await t.sees('Coaches en hun scholen');
  await t.choose('Kies', 'Ilias Poelgeest');
  await t.press('Toon', { exact: true });
  await t.sees('Dezelfde kaart als lijst');
  must((await t.page.locator('.mark.genummerd').count()) > 0, 'there are numbers on the map');
});

scenario('A coach of the register opens beside the list', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/register/coaches');
  await t.press('Ilias Poelgeest', { in: 'main' });
  same(t.where(), '/register/coaches/K12');
  await t.sees('Geschiedenis');
});

scenario('Somebody is found by name, and the name stands in no address', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/register/coaches');
  await t.fill('Zoek een coach', 'poelgeest');
  await t.page.keyboard.press('Enter');
  await t.sees('Ilias Poelgeest');
  must(!t.page.url().toLowerCase().includes('poelgeest'), 'the name is in the address');
});

scenario('A wrong number is told at its field, and what was typed stays', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/register/coaches/K12/verander');
  await t.fill('Hoogstens zoveel kandidaten', 'negen');
  await t.press('Bewaar', { exact: true });
  await t.sees('dit is geen getal');
  same(await t.typed('Hoogstens zoveel kandidaten'), 'negen');
});

scenario('Administration begins with what waits for a second person', { as: 'beheerder', script: 'both' }, async (t) => {
  await t.go('/');
  await t.sees('Wacht op een tweede persoon');
  await t.press('Kijk nu na');
  await t.sees('Het logboek klopt.');
});

scenario('Somebody is invited, with a code that is told once', { as: 'beheerder', script: 'both' }, async (t) => {
  await t.go('/beheer/uitnodigen');
  await t.fill('Naam', 'Ans Terpstra');
  await t.fill('E-mailadres van het werk', `ans-${Date.now()}-${Math.random().toString(36).slice(2)}@voorbeeld.example`);
  await t.tick('lezer');
  await t.press('Nodig uit', { exact: true });
  await t.sees('De code');
});

scenario('The log is read by the intermediary', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/logboek');
  await t.sees('Wie deed wat, wanneer.');
  await t.choose('Soort daad', 'lichting ingediend', { exact: true });
  await t.press('Toon', { exact: true });
  await t.sees('met startgetal', { within: 'table' });
  await t.fill('Van', '2100-01-01', { exact: true });
  await t.press('Toon', { exact: true });
  await t.sees('Geen regels gevonden');
});

scenario('A policy that counts is read in words, and nothing of it is of 1970', { as: 'beheerder', script: 'both' }, async (t) => {
  await t.go('/beheer/beleid/standaard-opleiding/1');
  await t.sees('Dit beleid is er vanaf het begin.');
  await t.press('Alles wat dit beleid zegt');
  await t.sees('dagdelen samen', { within: '#inhoud-beleid' });
  await t.go('/beheer/accounts');
  await t.press('beëindigd', { in: '.chips' });
  same(t.where(), '/beheer/accounts?beeindigd=ja');
});

scenario('Whoever is looked for from any page is opened at once, or stands in a list', { as: 'intermediair', script: 'both' }, async (t) => {
  await t.go('/lichtingen');
  const seek = async (name) => {
    await t.page.fill('#zoek-overal', name);
    await t.page.press('#zoek-overal', 'Enter');
    await t.page.waitForLoadState('load');
  };
  await seek('poelgeest');
  await t.sees('Ilias Poelgeest', { within: 'main' });
  await t.go('/lichtingen');
  await seek('de');
  await t.sees('Zoeken');
  await t.sees(/\d+ scholen/, { within: 'main' });
  await t.sees('voorstel in', { within: 'main' });
  await t.looks({ print: true });
  await t.looksAt('phone');
  await t.go('/zoeken');
  await t.page.fill('#zoek', 'xyzzy');
  await t.press('Zoek', { in: 'main form', exact: true });
  await t.sees('Niets gevonden');
});
