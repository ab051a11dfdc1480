// What a file of scenarios imports.

export { must, same, Wrong } from './visit.mjs';

const all = [];
let area = '';

/** Scenarios from here on are of this area: the name of the file. */
export function of(name) {
  area = name;
}

/**
 * A scenario: a sentence, how it begins, and what is done and seen.
 * `as`: a role (or nothing: nobody is signed in). `script`: true (usual), false, or 'both': it is run twice. `size`: 'desk' (usual), 'phone',
 * 'tight'. `looks`: false where its last page is not to be looked at.
 */
export function scenario(name, how, steps) {
  const kinds = how.script === 'both' ? [true, false] : [how.script ?? true];
  for (const script of kinds) all.push({ area, name: script ? name : `${name} (without script)`, how: { ...how, script }, steps });
}

/** All of them. */
export const scenarios = all;
