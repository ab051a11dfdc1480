// Rosters: made, computed, decided about in a week, mended when somebody falls out, published, and what a coach sees of them.
import { must, same, scenario } from './harness/index.mjs';

const intermediair = { as: 'intermediair', script: 'both' };

/** A Monday some weeks ahead. */
function monday() {
  const day = new Date(Date.now() + 21 * 86_400_000);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day;
}

/** The day so many days after that Monday, as files have it. */
const after = (days) => new Date(monday().getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** A roster of interviews: two coaches, somebody of a board, three mornings. */
function interviews(t, candidates = 3) {
  return {
    formaat: 'loket-rooster/1',
    id: `r-${t.unique()}`,
    naam: 'Intake van de proef',
    soort: 'gesprekken',
    kalender: { van: after(0), tot: after(4) },
    beleid: { panel: { coach: 1, hr: 1 }, per_zitting: 2, tijden: ['09:00', '10:15'] },
    locaties: [{ id: 'L1', naam: 'Kantoor', dagdelen: ['ma-o', 'di-o', 'wo-o'] }],
    personen: [
      { id: 'coach-1', naam: 'Vink Een', rollen: ['coach'], ruimte: 9 },
      { id: 'coach-2', naam: 'Vink Twee', rollen: ['coach'], dagdelen: ['di-o', 'wo-o'] },
      { id: 'hr-1', naam: 'Mees Personeel', rollen: ['hr'] },
    ],
    deelnemers: Array.from({ length: candidates }, (_, at) => ({ id: `kandidaat-${at + 1}`, naam: `Kanarie ${at + 1}` })),
  };
}

/** A roster that is computed. */
async function computed(t, file) {
  await t.api.post('/roosters', file);
  const run = await t.api.post(`/roosters/${file.id}/berekeningen`);
  await t.api.ended(`/roosterberekeningen/${run.id}`);
  return `/rooster/${file.id}`;
}

scenario('A roster is made of a file, computed and published', intermediair, async (t) => {
  const file = interviews(t);
  await t.go('/rooster');
  await t.press('Nieuw rooster');
  await t.give('Roosterbestand', { name: 'rooster.json', type: 'application/json', bytes: JSON.stringify(file) });
  await t.press('Lees het bestand');
  await t.sees('Bewaard: het rooster is gemaakt.');
  await t.sees('Er is nog niets berekend.');
  await t.press('Bereken het rooster');
  await t.sees('3 van 3 gepland');
  await t.sees('Bewezen: beter kan niet.');
  await t.press('Publiceer');
  await t.sees('Gepubliceerd op');
  await t.go('/rooster');
  await t.sees('gepubliceerd');
});

scenario('A file that is wrong is told with every mistake, and nothing is made', intermediair, async (t) => {
  const file = { ...interviews(t), soort: 'borrel', kleur: 'rood' };
  await t.go('/rooster/nieuw');
  await t.press('Lees het bestand');
  await t.sees('Kies eerst een bestand.');
  await t.give('Roosterbestand', { name: 'rooster.json', type: 'application/json', bytes: JSON.stringify(file) });
  await t.press('Lees het bestand');
  await t.sees('Er is nog niets gemaakt');
  await t.sees('borrel');
  await t.sees('kleur');
});

scenario('A roster is filled from the register, and what is missing is asked', intermediair, async (t) => {
  await t.go('/rooster/nieuw');
  await t.press('Maak het rooster');
  await t.sees('Vul een naam in.');
  await t.sees('Vul een datum in.');
  await t.tick('Bezoeken van coaches');
  await t.fill('Naam', 'Bezoeken van de proef');
  await t.fill('Eerste dag', after(0));
  await t.fill('Laatste dag', after(18));
  await t.press('Maak het rooster');
  await t.sees('Bewaard: het rooster is gemaakt.');
  await t.sees('Bezoeken van coaches');
});

scenario('Somebody is planned elsewhere with one click, and that can be taken back', intermediair, async (t) => {
  const file = interviews(t);
  const place = await computed(t, file);
  await t.go(`${place}?wie=kandidaat-1`);
  await t.sees('Intakegesprek met Kanarie 1:');
  const before = await t.page.locator('.week caption').innerText();
  await t.press('Plan hier');
  await t.sees('vastgezet');
  await t.sees('U zette dit vast:');
  const moved = await t.until(async () => (await t.page.locator('.week caption').innerText()) !== before);
  must(moved, `it stays at ${before}`);
  await t.press('Maak ongedaan');
  await t.sees('Bewaard: het besluit is weg.');
  await t.sees('Er is besloten dat het anders moet');
});

scenario('What another moment costs somebody is worked out, and planned with one click', intermediair, async (t) => {
  const place = await computed(t, interviews(t));
  await t.go(`${place}?wie=kandidaat-1`);
  await t.press('Reken het uit');
  await t.sees('Wat het kost');
  await t.sees('slechter', { within: '#anders' });
  await t.looks();
  const when = await t.page.locator('#anders tbody th').first().innerText();
  await t.press('Plan hier', { in: '#anders' });
  await t.sees('U zette dit vast:');
  await t.sees(when.split(',')[0]);
});

scenario('Two who decide about one meeting: the second one is told', intermediair, async (t) => {
  const file = interviews(t);
  const place = await computed(t, file);
  await t.go(`${place}?wie=kandidaat-1`);
  await t.api.call('PUT', `/roosters/${file.id}/besluiten/kandidaat-1`, { body: { besluit: 'vast' }, fresh: true });
  await t.press('Zo niet', { in: '.decide-row' });
  await t.tick('Het moment past niet.');
  await t.press('Wijs af', { in: '.decide-row' });
  await t.sees('Er is niets bewaard: iemand anders besloot dit net.');
  await t.sees('U zette dit vast:');
});

scenario('Agreed, locked and rejected are said, and a rejection is computed', intermediair, async (t) => {
  const place = await computed(t, interviews(t));
  for (const [who, button, says] of [
    [1, 'Akkoord', 'U bent akkoord.'],
    [2, 'Zet vast', 'U zette dit vast:'],
  ]) {
    await t.go(`${place}?wie=kandidaat-${who}`);
    await t.press(button, { in: '.decide-row' });
    await t.sees(says);
  }
  await t.go(`${place}?wie=kandidaat-3`);
  await t.press('Zo niet', { in: '.decide-row' });
  await t.press('Wijs af', { in: '.decide-row' });
  await t.sees('Kies een reden.');
  await t.looks();
  await t.tick('Het is dan te druk.');
  await t.fill('Wilt u er iets bij zeggen?', 'Dan is er zwemles.');
  await t.press('Wijs af', { in: '.decide-row' });
  await t.sees('U wees dit af:');
  await t.sees('Het is dan te druk. Erbij gezegd: Dan is er zwemles.');
  await t.sees('Het rooster weet dit nog niet.');
  await t.press('Bereken opnieuw');
  await t.sees('3 van 3 gepland');
});

scenario('Locks that cannot stand together are named, and one of them is undone', intermediair, async (t) => {
  const file = interviews(t);
  const place = await computed(t, file);
  for (const who of [1, 2, 3]) {
    const body = { besluit: 'vast', gegevens: { dagdeel: `${after(1)}-o` } };
    await t.api.call('PUT', `/roosters/${file.id}/besluiten/kandidaat-${who}`, { body, fresh: true });
  }
  await t.go(place);
  await t.press('Bereken opnieuw');
  await t.sees('Dit ligt vast en kan niet samen');
  await t.sees('Kanarie 3', { within: '#tegenover' });
  await t.sees('Daartegenover staat:', { within: '#tegenover' });
  await t.looks();
  await t.press('Maak ongedaan', { in: '#tegenover' });
  await t.sees('Er is daarna iets anders besloten.');
  await t.press('Bereken opnieuw');
  await t.sees('3 van 3 gepland');
});

scenario('A coach falls ill: what changes is seen first, then taken over, then told', intermediair, async (t) => {
  const place = await computed(t, interviews(t));
  await t.go(place);
  await t.press('Publiceer');
  await t.press('Iemand valt uit');
  await t.press('Zoek een oplossing');
  await t.sees('Kies wie er uitvalt.');
  await t.choose('Wie begeleidt of in een panel zit', 'Vink Een');
  await t.press('Zoek een oplossing');
  await t.sees('Vink Een valt uit');
  await t.sees('Neem over');
  await t.sees('moet');
  await t.looks();
  await t.press('Neem over');
  await t.sees('Bewaard: dit rooster geldt nu.');
  await t.sees('Het rooster is gewijzigd');
  await t.press('Publiceer');
  await t.sees('Gepubliceerd op');
  await t.misses('coach Vink Een');
});

scenario('A proposal can be declined, and the roster stays', intermediair, async (t) => {
  const place = await computed(t, interviews(t));
  await t.go(`${place}/uitval`);
  await t.choose('Of wie niet meer meedoet', 'Kanarie 2');
  await t.press('Zoek een oplossing');
  await t.sees('Neem over');
  await t.press('Wijs af');
  await t.sees('Bewaard: het rooster blijft zoals het is.');
  await t.sees('3 van 3 gepland');
});

scenario('Lists by day, person, place and group; the meetings of one person', intermediair, async (t) => {
  const place = await computed(t, interviews(t));
  await t.go(`${place}/lijsten`);
  for (const [way, says] of [['Per persoon', 'Kanarie 2'], ['Per plek', 'Kantoor'], ['Per groep', 'Vink'], ['Per dag', '09.00 Kanarie']]) {
    await t.press(way);
    await t.sees(says);
  }
  await t.go(`${place}/mensen/kandidaat-1`);
  await t.sees('Afspraken van Kanarie 1');
  await t.sees('Eerst publiceren.');
});

scenario('A roster on a phone: the list first, then the week', { as: 'intermediair', size: 'phone' }, async (t) => {
  const place = await computed(t, interviews(t));
  await t.go(place);
  await t.sees('3 van 3 gepland');
  await t.press('Kanarie 1');
  await t.sees('Intakegesprek met Kanarie 1:');
});

scenario('A coach sees the own meetings of a published roster, at phone width', { as: 'coach', of: 'K12', size: 'phone', script: 'both' }, async (t) => {
  await t.go('/coach');
  await t.sees('Uw afspraken');
  await t.sees('Intakegesprek, Kantoor West');
  const file = await t.page.request.get(`${process.env.LOKET_URL}/coaches/K12/afspraken.ics`);
  same(file.status(), 200, 'the calendar');
  must((await file.text()).includes('BEGIN:VEVENT'), 'the calendar has entries');
});

/** Whom to meet: the page where everybody in a roster is asked. */
scenario('People are asked when they can; what one says is noted, and the next computation keeps to it', intermediair, async (t) => {
  const file = interviews(t);
  const place = await computed(t, file);
  await t.go(place);
  await t.press('Wie kan wanneer');
  await t.sees('6 mensen zijn nog niet gevraagd');
  await t.looks();
  await t.press('Vraag het');
  await t.sees('krijgen geen bericht');
  await t.sees('geen e-mailadres: bel zelf');
  await t.sees('gevraagd, uiterlijk');
  await t.page.reload();
  const asked = await t.api.get(`/roosters/${file.id}/uitnodigingen`);
  must(asked.resultaten.every((it) => it.herinneringen === 0), 'loading the page again reminds nobody');
  await t.press(/Vul in ?: Mees Personeel/);
  await t.sees('Wat Mees Personeel zegt');
  // Not on the morning that the roster has: the first of the three.
  await t.fill('Eerste dag', after(0));
  await t.fill('Laatste dag', after(0));
  await t.press('Verstuur');
  await t.sees('Bewaard: wij weten nu wanneer het kan.');
  await t.go(place);
  await t.sees('Mees Personeel kan niet op');
  await t.sees('Er is besloten dat het anders moet');
  await t.press('Bereken opnieuw');
  await t.sees('3 van 3 gepland');
  await t.misses('Mees Personeel kan niet op');
});

scenario('Days that are no days are told at their line, and what was typed stays', intermediair, async (t) => {
  const file = interviews(t);
  await t.api.post('/roosters', file);
  await t.go(`/rooster/${file.id}/uitnodigingen/hr-1`);
  await t.fill('Eerste dag', after(3));
  await t.fill('Laatste dag', after(1));
  await t.fill('Wilt u er iets bij zeggen?', 'Ik ben dan weg.');
  await t.press('Verstuur');
  await t.sees('deze periode eindigt voor zij begint');
  same(await t.page.locator('#toelichting').inputValue(), 'Ik ben dan weg.', 'what was typed');
});

scenario('Who has a link says no to the own meeting on a phone, and sees nothing of others', { size: 'phone', script: 'both' }, async (t) => {
  const file = interviews(t);
  await computed(t, file);
  const roster = await t.api.get(`/roosters/${file.id}`);
  await t.api.post(`/roosters/${file.id}/publicatie`, undefined, { tag: `"v${roster.versie}"` });
  const made = await t.api.post(`/roosters/${file.id}/uitnodigingen/kandidaat-1/koppeling`);
  await t.go(`/afspraak/${made.koppeling}`);
  await t.sees('Dag Kanarie');
  await t.sees('Komt u?');
  await t.sees('Mees Personeel');
  await t.misses('Kanarie 2');
  await t.tick('Nee, dan kan ik niet');
  await t.press('Verstuur');
  await t.sees('U zei dit op');
  await t.looks();
  await t.go('/afspraak/afspraak-niets', { status: 404 });
  await t.sees('Deze koppeling geldt niet meer');
});
