// What must never happen while a page is looked at: errors in the console, requests to elsewhere, what the policy refuses, answers of 500.

import { BASE } from './settings.mjs';

/** Watches a window; `wrong()` gives what happened so far, in sentences. */
export function watch(page) {
  const wrong = [];
  const origin = new URL(BASE).origin;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith('blob:')) wrong.push(`asks for ${url}, which is elsewhere`);
  });
  page.on('pageerror', (error) => wrong.push(`a script failed: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const text = message.text();
    // A page that is refused says so in its status; a browser calls that an error of the page itself.
    if (/Failed to load resource.*status of (4\d\d)/.test(text)) return;
    // Chromium says on plain http, also on this very machine, that the header does not count.
    if (/Cross-Origin-Opener-Policy|Strict-Transport-Security/.test(text)) return;
    wrong.push(`the console says: ${text}`);
  });
  page.on('response', (response) => {
    const status = response.status();
    const kind = response.request().resourceType();
    if (status >= 500 && status !== 503) wrong.push(`${response.url()} answers ${status}`);
    if (status >= 400 && !['document', 'fetch', 'xhr'].includes(kind)) wrong.push(`${response.url()} (${kind}) answers ${status}`);
  });
  return { wrong: () => wrong };
}
