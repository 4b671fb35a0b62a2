/** Writes how every name is written: `tsx scenes/names.ts <out.json>`, for the measurement of texts in Python. */
import { writeFileSync } from 'node:fs';
import { OBJECTS } from './vocabulary.ts';
import { plural, written } from './words.ts';

const forms = OBJECTS.map(({ name }) => ({ name, one: written(name), many: plural(name) }));
writeFileSync(process.argv[2] ?? 'names.json', `${JSON.stringify(forms)}\n`);
