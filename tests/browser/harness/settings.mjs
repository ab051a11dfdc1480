// What a run is told by its environment.

import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

function needed(name, what) {
  const value = process.env[name];
  if (!value) {
    console.error(`browser: ${name} is not set: ${what}`);
    process.exit(2);
  }
  return value;
}

/** Where the service listens, without a slash at the end. */
export const BASE = needed('LOKET_URL', 'where the service listens').replace(/\/$/, '');
/** Tokens of an administrator and of an intermediary, for what a scenario prepares through the API. */
export const TOKENS = {
  beheerder: needed('LOKET_BEHEERDER', 'a token of an administrator'),
  intermediair: needed('LOKET_INTERMEDIAIR', 'a token of an intermediary'),
};

const packages = needed('LOKET_PAKKETTEN', 'the folder that .ci/browser prints');
const require = createRequire(join(packages, 'package.json'));
/** The browser's driver and the accessibility checker, from the folder that .ci/browser made. */
export const { chromium } = require('playwright-core');
/** The text of the accessibility checker. */
export const AXE = require('axe-core').source;

/** Debian's Chromium, or the one that CHROMIUM names. */
export const CHROMIUM = process.env.CHROMIUM || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!CHROMIUM) {
  console.error('browser: there is no Chromium on this machine; .ci/setup tests installs it');
  process.exit(2);
}

/** How long a step may take, milliseconds: long, since a loaded machine is no mistake of a page. */
export const PATIENCE = Number(process.env.LOKET_GEDULD || 60_000);
/** Only scenarios whose area or name holds this. */
export const ONLY = process.env.LOKET_ALLEEN || '';
/** How many browsers' windows work at once. */
export const AT_ONCE = Number(process.env.LOKET_TEGELIJK || 2);
/** Where pictures of what went wrong go; nothing for none. */
export const PICTURES = process.env.LOKET_PLAATJES || '';
/** What random choices start from; a failure is repeated with the same one. */
export const SEED = Number(process.env.LOKET_SEED || new Date().toISOString().slice(0, 10).replaceAll('-', ''));
/** Whether every page is looked at in every way for every role (`make soak`), and not for one role that changes with the seed. */
export const EVERY_ROLE = process.env.LOKET_ELKE_ROL === 'ja';
