/**
 * Writes texts for training: `tsx scenes/talk.ts <split> <count a voice> <out.jsonl>`, one line an exchange with its symbols;
 * `tsx scenes/talk.ts corpus <count a voice> <out.txt>` writes the tokenizer's corpus instead: every name, word and prompt.
 */
import { writeFileSync } from 'node:fs';
import { PREDEFINED_PROMPTS } from '../../src/core/prompts.ts';
import { sampleExchange } from './questions.ts';
import { seeded, seedOf } from './random.ts';
import { READS, VOICES } from './speak.ts';
import { encode, sampleSymbols } from './symbols.ts';
import { MEANINGS, OBJECTS, PHOTO_CLASSES } from './vocabulary.ts';
import { plural, written } from './words.ts';

const [split = '', count = '', out = ''] = process.argv.slice(2);

/** Signs are spelt letter by letter: their words need no tokens. */
const SIGN_TEXT = /says "[^"]*"/u;

function* exchanges(): Generator<string> {
  for (let i = 0; i < Number(count); i += 1) {
    for (const voice of VOICES) {
      const random = seeded(seedOf(`talk/${split}/${voice}`, i));
      const symbols = sampleSymbols(random, voice === READS ? 0.55 : 0.3);
      const { promptId, question, answer, yes } = sampleExchange(random, voice, symbols);
      yield split === 'corpus'
        ? `${question}\n${answer.replace(SIGN_TEXT, 'says ""')}`
        : JSON.stringify({ voice, promptId, question, answer, yes, symbols: encode(symbols) });
    }
  }
}

const names = OBJECTS.flatMap(({ name }) => [written(name), plural(name)]);
const vocabulary = split === 'corpus' ? [...names, ...PHOTO_CLASSES, ...MEANINGS, ...PREDEFINED_PROMPTS.map(({ text }) => text)] : [];
writeFileSync(out, `${[...vocabulary, ...exchanges()].join('\n')}\n`);
