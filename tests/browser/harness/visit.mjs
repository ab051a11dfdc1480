// Somebody at a browser: what a scenario does and sees. Everything is found as a person finds it, by its words.

import * as api from './api.mjs';
import * as look from './look.mjs';
import { person, unique, waves } from './people.mjs';
import { BASE, PATIENCE, chromium } from './settings.mjs';
import { watch } from './watch.mjs';
import { agreed, asked, wave } from './wave.mjs';

const SIZES = { desk: { width: 1440, height: 1000 }, phone: { width: 390, height: 800 }, tight: { width: 320, height: 640 } };

/** What was expected and is not so. */
export class Wrong extends Error {}

/** Somebody at a browser. */
export class Visit {
  constructor(browser, how) {
    this.browser = browser;
    this.how = how;
    this.watched = [];
    this.contexts = [];
    this.visits = [];
    /** The API, for what is prepared or looked up. */
    this.api = api;
    this.unique = unique;
    this.status = 0;
  }

  /** Opens a window for a person of this role; nobody is signed in without one. */
  async begin() {
    const { as, of, name, also, script = true, size = 'desk' } = this.how;
    this.context = await this.browser.newContext({ viewport: SIZES[size] ?? size, javaScriptEnabled: script, locale: 'nl-NL', reducedMotion: 'reduce' });
    this.context.setDefaultTimeout(PATIENCE);
    this.contexts.push(this.context);
    this.page = await this.context.newPage();
    this.watched.push(watch(this.page));
    this.page.on('response', (it) => {
      if (it.request().isNavigationRequest() && it.frame() === this.page.mainFrame()) this.status = it.status();
    });
    if (as) {
      this.me = typeof as === 'string' ? await person(as, { of, name, also }) : as;
      await this.signed(this.me.session);
    }
    return this;
  }

  /** From now on with this session. */
  async signed(session) {
    const { hostname } = new URL(BASE);
    await this.context.addCookies([{ name: '__Host-loket', value: session, domain: hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
  }

  /** A second person at a browser of their own. */
  async other(how) {
    const visit = await new Visit(this.browser, { script: this.how.script, ...how }).begin();
    this.visits.push(visit);
    return visit;
  }

  /** Opens a page; `status` is what it must answer, 200 usually. */
  async go(path, { status = 200 } = {}) {
    const answer = await this.page.goto(path.startsWith('http') ? path : BASE + path);
    this.status = answer?.status() ?? this.status;
    if (this.status !== status) throw new Wrong(`${path} answers ${this.status} and not ${status}: ${(await this.text()).slice(0, 300)}`);
    return this;
  }

  /** Where it is now, without the origin. */
  where() {
    const at = new URL(this.page.url());
    return at.pathname + at.search;
  }

  /** The words on the page. */
  async text() {
    return (await this.page.locator('body').innerText()).replace(/\s+/g, ' ');
  }

  /** Waits until this is to be read (a text or a pattern). */
  async sees(what, { within } = {}) {
    const place = within ? this.part(within) : this.page.locator('body');
    const found = await this.until(async () => {
      const text = (await place.innerText()).replace(/\s+/g, ' ');
      return what instanceof RegExp ? what.test(text) : text.includes(what);
    });
    if (!found) throw new Wrong(`nowhere: ${what}\n      on ${this.where()}: ${(await this.text()).slice(0, 1_200)}`);
    return this;
  }

  /** This is not to be read. */
  async misses(what) {
    const gone = await this.until(async () => {
      const text = await this.text();
      return !(what instanceof RegExp ? what.test(text) : text.includes(what));
    });
    if (!gone) throw new Wrong(`is there and should not be: ${what}\n      on ${this.where()}`);
    return this;
  }

  /** Waits until this is so, as long as patience lasts. */
  async until(test, patience = PATIENCE / 2) {
    const end = Date.now() + patience;
    for (;;) {
      try {
        if (await test()) return true;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      if (Date.now() > end) return false;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** A part of the page: a selector. */
  part(selector) {
    return this.page.locator(selector);
  }

  /** A button or link by its words; the first one that can be seen. `in` narrows it to a part, `exact` to these very words. */
  control(words, { in: within, exact = false } = {}) {
    const root = within ? (typeof within === 'string' ? this.page.locator(within) : within) : this.page;
    const found = root.getByRole('button', { name: words, exact }).or(root.getByRole('link', { name: words, exact }));
    return found.or(root.locator('summary', { hasText: words })).filter({ visible: true }).first();
  }

  /** Presses a button or link by its words, and waits for the page it leads to. */
  async press(words, how) {
    await this.control(words, how).click();
    await this.page.waitForLoadState('load');
    return this;
  }

  /** Types into a field by its label. */
  async fill(label, value, { in: within, exact = false } = {}) {
    // The header has a field of its own, for looking for somebody.
    const root = this.page.locator(within ?? 'main');
    await root.getByLabel(label, { exact }).filter({ visible: true }).first().fill(String(value));
    return this;
  }

  /** Chooses in a list by its label. */
  async choose(label, option, { in: within, exact = false } = {}) {
    const root = within ? this.page.locator(within) : this.page;
    await root.getByLabel(label, { exact }).filter({ visible: true }).first().selectOption(option);
    return this;
  }

  /** Ticks a box or chooses a round by its label. */
  async tick(label, { in: within, exact = false, off = false } = {}) {
    const root = within ? this.page.locator(within) : this.page;
    await root.getByLabel(label, { exact }).first().setChecked(!off, { force: true });
    return this;
  }

  /** What stands in a field. */
  async typed(label) {
    return this.page.locator('main').getByLabel(label).filter({ visible: true }).first().inputValue();
  }

  /** Gives a file to an upload field: { name, type, bytes }. */
  async give(label, { name, type = 'application/octet-stream', bytes }) {
    await this.page.getByLabel(label).first().setInputFiles({ name, mimeType: type, buffer: Buffer.from(bytes) });
    return this;
  }

  /** Presses keys, one after the other: 'j', 'Enter', 'Shift+Tab'. */
  async keys(...all) {
    for (const key of all) await this.page.keyboard.press(key);
    await this.page.waitForLoadState('load');
    return this;
  }

  /** Goes with Tab until the focus is on something with these words; fails after `most` times. */
  async tabTo(words, most = 80) {
    for (let turn = 0; turn < most; turn += 1) {
      await this.page.keyboard.press('Tab');
      if ((await this.focused()).includes(words)) return this;
    }
    throw new Wrong(`with Tab one never comes to ${words}`);
  }

  /** The words of what has the focus. */
  async focused() {
    return this.page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return '';
      const label = one.labels && one.labels[0] ? one.labels[0].innerText : '';
      return [one.getAttribute('aria-label'), label, one.innerText, one.value, one.id].filter(Boolean).join(' ');
    });
  }

  /** The names of the demo's waves and ids: { next, began, soon }. */
  waves() {
    return waves();
  }

  /** A small wave of this scenario's own. */
  wave(how) {
    return wave(how);
  }

  /** Agrees with everybody in a wave of one's own, and asks the three parties. */
  async askedAll(of) {
    await agreed(of);
    await asked(of);
  }

  /** Looks at the page as it stands: accessibility, sizes, width. A scenario ends with one by itself; call it in every other state. */
  async looks({ print = false, axe = true } = {}) {
    for (let turn = 1; ; turn += 1) {
      await this.page.waitForLoadState('load');
      try {
        return await this.looked(print, axe);
      } catch (error) {
        // The page went on to the next one meanwhile: that one is looked at. One that never stands still is wrong.
        if (turn === 5 || !error.message.includes('Execution context was destroyed')) throw error;
      }
    }
  }

  /** Looks once. */
  async looked(print, axe) {
    const wrong = [];
    if (axe && this.how.script !== false) wrong.push(...(await look.axe(this.page)));
    wrong.push(...(await look.small(this.page)), ...(await look.wide(this.page)));
    if (print) wrong.push(...(await look.printed(this.page)));
    if (wrong.length) throw new Wrong(`${this.where()} does not look right:\n      ${wrong.join('\n      ')}`);
    return this;
  }

  /** The same in a window of another size, which is put back after it. */
  async looksAt(size, how) {
    const was = this.page.viewportSize();
    await this.page.setViewportSize(SIZES[size] ?? size);
    await this.looks(how);
    await this.page.setViewportSize(was);
    return this;
  }

  /** What happened that never should. */
  wrong() {
    return [...this.watched.flatMap((it) => it.wrong()), ...this.visits.flatMap((it) => it.wrong())];
  }

  /** Everything is over. */
  async end() {
    for (const visit of this.visits) await visit.end();
    for (const context of this.contexts) await context.close();
  }
}

/** Something must be so. */
export function must(so, what) {
  if (!so) throw new Wrong(what);
}

/** Two things must be the same. */
export function same(found, wanted, what = '') {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Wrong(`${what || 'they differ'}: ${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`);
}

export { chromium };
