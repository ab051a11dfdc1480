// The API of the service, for what a scenario prepares or looks up. What a scenario proves is done in the browser.

import { BASE, TOKENS } from './settings.mjs';

/** An answer that was not wanted. */
export class Refused extends Error {}

/** Asks the API as somebody: { status, body, tag }. */
export async function call(method, path, { as = 'intermediair', token, body, tag, fresh } = {}) {
  const headers = { Accept: 'application/json' };
  const bearer = token ?? TOKENS[as];
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (tag) headers['If-Match'] = tag;
  if (fresh) headers['If-None-Match'] = '*';
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(`${BASE}/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  let read = null;
  try {
    read = JSON.parse(text);
  } catch {
    read = text;
  }
  if (!answer.ok) throw new Refused(`${method} /v1${path}: ${answer.status}: ${text.slice(0, 600)}`);
  return { status: answer.status, body: read, tag: answer.headers.get('etag') };
}

/** The body of a question. */
export const get = async (path, how) => (await call('GET', path, how)).body;
/** The body that a deed answers. */
export const post = async (path, body, how) => (await call('POST', path, { ...how, body })).body;

/** Waits until work has ended; its last state. */
export async function ended(path, how) {
  for (let turn = 0; turn < 600; turn += 1) {
    const now = await get(path, how);
    if (now.toestand === 'klaar') return now;
    if (['mislukt', 'afgebroken'].includes(now.toestand)) throw new Refused(`${path}: ${now.toestand}: ${JSON.stringify(now.melding)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Refused(`${path} does not end`);
}
