// Boards: seats confirmed and changed, schools closed, proposals answered, history; and the round over all boards.

import { same, scenario } from './harness/index.mjs';

scenario('A board confirms its seats with one press, on a phone', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4 });
  const ans = await t.other({ as: 'bestuur', of: own.boards[0], size: 'phone' });
  await ans.go('/');
  await ans.sees('Klopt dit nog?');
  await ans.looks();
  await ans.press('Ja, dit klopt');
  await ans.sees('U hebt al uw plekken bevestigd');
  await ans.sees('Dat is hetzelfde als de vorige keer.');
  await ans.looks();
});

scenario('Numbers are changed in one table, all at once', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4, solved: false });
  const ans = await t.other({ as: 'bestuur', of: own.boards[0] });
  await ans.go('/bestuur');
  const school = (await ans.part('table.seats tbody th').first().innerText()).split('\n')[0].trim();
  await ans.fill(`${school}, onderbouw`, 'veel');
  await ans.press('Bewaar veranderingen');
  same(ans.status, 400);
  await ans.sees('schrijf een heel getal');
  same(await ans.typed(`${school}, onderbouw`), 'veel');
  await ans.looks();
  await ans.fill(`${school}, onderbouw`, 5);
  await ans.press('Bewaar veranderingen');
  await ans.sees('uw plekken zijn veranderd');
  same(await ans.typed(`${school}, onderbouw`), '5');
  await ans.press('Geschiedenis', { in: 'main' });
  await ans.sees('naar 5 onderbouw');
});

scenario('Two of one board hear of each other, and both values are shown', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4, solved: false });
  const [ans, bea] = [await t.other({ as: 'bestuur', of: own.boards[0] }), await t.other({ as: 'bestuur', of: own.boards[0], name: 'Bea Visser' })];
  await ans.go('/bestuur');
  await bea.go('/bestuur');
  const school = (await ans.part('table.seats tbody th').first().innerText()).split('\n')[0].trim();
  await bea.fill(`${school}, onderbouw`, 4);
  await bea.press('Bewaar veranderingen');
  await bea.sees('uw plekken zijn veranderd');
  await ans.fill(`${school}, onderbouw`, 3);
  await ans.press('Bewaar veranderingen');
  same(ans.status, 412);
  await ans.sees(`${school}, onderbouw 4 3`);
  await ans.looks();
  await ans.press('Bewaar veranderingen');
  await ans.sees('uw plekken zijn veranderd');
  same(await ans.typed(`${school}, onderbouw`), '3');
});

scenario('A school is closed for a reason and opened again', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4, solved: false });
  const ans = await t.other({ as: 'bestuur', of: own.boards[0], size: 'phone' });
  await ans.go('/bestuur');
  await ans.press('Wijzig');
  await ans.looks();
  await ans.press('Zet op niet open');
  await ans.sees('Kies waarom de school niet open is.');
  await ans.tick('verbouwing');
  await ans.press('Zet op niet open');
  await ans.sees('niet open: verbouwing');
  await ans.press('Open deze school');
  await ans.press('Open deze school');
  await ans.sees('uw plekken zijn veranderd');
});

scenario('The days of the duo colleague are ticked', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 4, solved: false });
  const ans = await t.other({ as: 'bestuur', of: own.boards[0] });
  await ans.go(`/besturen/van/${own.boards[0]}/scholen/${own.schools[0]}`);
  for (const box of await ans.part('input[value="do-m"]').all()) await box.setChecked(false, { force: true });
  await ans.press('Bewaar de dagen');
  await ans.sees('uw plekken zijn veranderd');
  await ans.sees('ma t/m wo, do ochtend');
});

scenario('A board says yes and sees the name, and no with the reason', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 12 });
  await t.askedAll(own);
  const ans = await t.other({ as: 'bestuur', of: own.boards[0], size: 'phone' });
  await ans.go('/voorstellen');
  await ans.sees('naam ziet u na uw ja');
  await ans.misses('Proef ' + own.candidates[0].name.split(' ')[2] + ' 1');
  await ans.looks();
  await ans.press(/^Ja ?:/);
  await ans.sees('Bewaard: u zei ja.');
  await ans.go('/voorstellen');
  await ans.press(/^Nee, omdat/);
  await ans.press('Verstuur mijn nee');
  await ans.sees('bij een nee hoort een reden');
  await ans.tick('het team is vol');
  await ans.fill('Wilt u iets uitleggen?', 'De groep is te groot');
  await ans.press('Verstuur mijn nee');
  await ans.sees('Bewaard: u zei nee.');
  await ans.press(/Toon ook/);
  await ans.sees('het team is vol');
  await ans.looks();
});

scenario('A seat that falls out is reported', { script: 'both', looks: false }, async (t) => {
  const own = await t.wave({ candidates: 6, seats: 1 });
  const ans = await t.other({ as: 'bestuur', of: own.boards[0] });
  for (const school of own.schools.filter((_, at) => at % 2 === 0)) {
    await ans.go(`/besturen/van/${own.boards[0]}/scholen/${school}`);
    if (await ans.page.getByRole('button', { name: 'Meld het' }).count()) break;
  }
  await ans.press('Meld het');
  await ans.sees('Uw melding is verstuurd');
});

scenario('Boards are asked by a day, and who confirmed is seen', { as: 'intermediair', script: 'both' }, async (t) => {
  const own = await t.wave({ candidates: 4, solved: false });
  await t.go(`/besturen?lichting=${own.id}`);
  await t.sees('De besturen zijn nog niet gevraagd');
  await t.fill('Laatste dag', '2020-01-01');
  await t.press('Vraag alle besturen');
  same(t.status, 400);
  same(await t.typed('Laatste dag'), '2020-01-01');
  await t.fill('Laatste dag', '2027-01-15');
  await t.press('Vraag alle besturen');
  await t.sees('de besturen zijn gevraagd');
  const ans = await t.other({ as: 'bestuur', of: own.boards[0] });
  await ans.go('/bestuur');
  await ans.press('Ja, dit klopt');
  await t.go(`/besturen?lichting=${own.id}`);
  await t.sees('door het bestuur');
  await t.press('wie nog niet');
  await t.press(/^Herinner ?:/);
  await t.sees('De herinneringen staan klaar');
});

scenario('The demo’s boards look right at every width', { as: 'intermediair' }, async (t) => {
  await t.go('/besturen');
  await t.sees('Besturen bevestigen hun plekken');
  await t.looksAt('phone');
  await t.looksAt('tight');
  const ans = await t.other({ as: 'bestuur' });
  await ans.go('/bestuur');
  await ans.sees('Uw scholen');
  await ans.looks({ print: true });
  await ans.looksAt('phone');
  await ans.looksAt('tight');
});
