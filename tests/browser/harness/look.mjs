// What is looked at on every page in every state: accessibility, sizes of what is pressed, nothing that runs out of the window.

import { AXE } from './settings.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the accessibility checker finds, in sentences. Contrast is among it. */
export async function axe(page) {
  const there = await page.evaluate(() => typeof window.axe !== 'undefined');
  if (!there) await page.evaluate(AXE);
  const found = await page.evaluate(
    async (tags) => {
      const done = await window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
      return done.violations.map((it) => ({
        id: it.id,
        help: it.help,
        where: it.nodes.slice(0, 4).map((node) => `${node.target.join(' ')}: ${node.html.slice(0, 160)}`),
      }));
    },
    RULES,
  );
  return found.map((it) => `axe ${it.id}: ${it.help}\n        ${it.where.join('\n        ')}`);
}

/** What is too small to press: less than 24 by 24, links within a sentence aside (WCAG 2.5.8, and the rule of the house for rows). */
export async function small(page) {
  return page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]');
    // A link in a sentence, or one that stands free (the accessibility checker looks at the room around it): only what is one of a row counts here.
    const among = (one) => one.tagName !== 'A' || one.closest('tr, li, nav, header, footer, .row, .item');
    const inline = (one) => one.tagName === 'A' && getComputedStyle(one).display === 'inline' && one.parentElement && one.parentElement.textContent.trim() !== one.textContent.trim();
    const told = [];
    for (const one of all) {
      const box = one.getBoundingClientRect();
      const seen = one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && box.width > 1 && box.height > 1 && getComputedStyle(one).visibility !== 'hidden' && !one.closest('.hide, .skip, [hidden], svg');
      if (!seen || inline(one) || !among(one)) continue;
      const label = one.labels && one.labels[0] && one.labels[0].getBoundingClientRect();
      const height = Math.max(box.height, label && /checkbox|radio/.test(one.type || '') ? label.height : 0);
      const width = box.width + (label && /checkbox|radio/.test(one.type || '') ? label.width : 0);
      if (height < 23.5 || width < 23.5) told.push(`too small to press (${Math.round(width)}×${Math.round(height)}): ${one.outerHTML.slice(0, 140)}`);
    }
    return told.slice(0, 8);
  });
}

/** What makes a page wider than its window; parts that scroll by themselves aside. */
export async function wide(page) {
  return page.evaluate(() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most + 1) return [];
    const told = [];
    for (const one of document.querySelectorAll('body *')) {
      const box = one.getBoundingClientRect();
      if (box.right > most + 1 && box.width > 0 && one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && ![...one.children].some((it) => it.getBoundingClientRect().right > most + 1)) {
        told.push(`runs out of a window of ${most} px (to ${Math.round(box.right)}): ${one.outerHTML.slice(0, 140)}`);
      }
    }
    return told.length ? told.slice(0, 5) : [`the page is ${document.documentElement.scrollWidth} px wide in a window of ${most} px`];
  });
}

/** What of bars and buttons would be printed, and whether it is told below of which day it is. */
export async function printed(page) {
  const before = await page.evaluate(() => document.querySelector('.paper-foot')?.getClientRects().length ?? 0);
  await page.emulateMedia({ media: 'print' });
  const told = await page.evaluate(() => {
    const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden' && one.getBoundingClientRect().height > 1;
    const all = document.querySelectorAll('header.top, .wavebar, footer.foot, button, .btn, .skip:not(:focus)');
    const wrong = [...all].filter(seen).slice(0, 5).map((one) => `is printed: ${one.outerHTML.slice(0, 120)}`);
    const foot = document.querySelector('.paper-foot');
    if (!foot || !seen(foot) || !/\d{4}/.test(foot.textContent)) wrong.push('no day is printed below');
    return wrong;
  });
  await page.emulateMedia({ media: null });
  return before ? [...told, 'what is for paper is on the screen'] : told;
}
