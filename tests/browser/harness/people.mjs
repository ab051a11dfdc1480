// Accounts and sessions: each scenario has people of its own, so that nobody undoes or reads what another scenario did.

import { call, get, post } from './api.mjs';

const PASSWORD = 'zeven blauwe fietsen bij de brug';
let made = 0;

/** A number that no other scenario of this run or an earlier one has. */
export function unique() {
  made += 1;
  return `${Date.now().toString(36)}${made.toString(36)}`;
}

/** A new account with these roles ([{ rol, van }]), that chose its password: { id, name, address, password, session }. */
export async function account(roles, name) {
  const address = `proef-${unique()}@voorbeeld.example`;
  const told = await post('/accounts', { naam: name, adres: address, rollen: roles }, { as: 'beheerder' });
  const signed = await post('/koppelingen', { koppeling: told.koppeling, wachtwoord: PASSWORD, rol: roles[0].rol }, { token: '' });
  return { id: told.id ?? told.account?.id, name, address, password: PASSWORD, session: signed.sleutel };
}

/** A new account that did not begin yet: { address, link }. */
export async function invited(roles, name) {
  const address = `proef-${unique()}@voorbeeld.example`;
  const told = await post('/accounts', { naam: name, adres: address, rollen: roles }, { as: 'beheerder' });
  return { address, link: told.koppeling };
}

const NAMES = { intermediair: 'Noor Bakker', bestuur: 'Ans Terpstra', coach: 'Ilias Poelgeest', beheerder: 'Karin Smit', lezer: 'Fatima Aydin' };

/** A new account of a role. `of` is the board or coach it is for; without it those of the demo. */
export async function person(role, { of, name, also = [] } = {}) {
  const whose = role === 'bestuur' ? of ?? 'B06' : role === 'coach' ? of ?? 'K12' : undefined;
  const first = whose ? { rol: role, van: whose } : { rol: role };
  return account([first, ...also], name ?? NAMES[role]);
}

/** The waves of the demo by what they are: { next, began, soon }, each with id and name. */
export async function waves() {
  const kept = (await get('/lichtingen?paginaGrootte=200')).resultaten.filter((it) => !it.id.startsWith('proef-'));
  const all = kept.map((it) => ({ ...it, name: it.naam }));
  const first = (test) => all.find(test);
  return {
    next: first((it) => it.id.startsWith('voorjaar') || it.id.startsWith('najaar') ? ['berekend', 'in-beoordeling'].includes(it.toestand) : false),
    began: first((it) => it.toestand === 'vastgesteld'),
    soon: first((it) => /^(winter|lente|zomer|herfst)-/.test(it.id)),
  };
}

export { call };
