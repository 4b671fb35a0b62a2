import { beforeAll, describe, expect, test } from 'vitest';
import type { Lexicon } from '../../../../../src/core/evidence/lexicon/lexicon';
import { loadLexicon } from '../../../../../src/core/evidence/lexicon/load';
import { readProse } from '../../../../../src/core/evidence/prose/read';

/** What is read, with what the article says left out: "cat", "cat x 2", "cat: red", "cat / on sofa", "no cat"; "?" for a maybe. */
const READ: readonly (readonly [text: string, claims: string])[] = [
  ['A fluffy orange cat is curled up on a gray sofa.', 'cat, cat: orange, sofa, sofa: grey, cat / lying, cat / on sofa'],
  ['Two women and a child walk along the beach.', 'woman, woman x 2, child, beach, woman / walking, child / walking, woman / along beach, child / along beach'],
  ['On the desk stands a lamp.', 'desk, lamp, lamp / on desk'],
  ['There is a cup next to the laptop.', 'cup, laptop, cup / beside laptop'],
  ['A man in a blue shirt is reading a newspaper.', 'man, shirt, shirt: blue, newspaper, man / wearing shirt, man / reading newspaper'],
  ['The table is made of dark wood.', 'table, table: wooden'],
  ['The glass of water on the table is empty.', 'glass, water, table, glass / on table, glass: empty'],
  ['The dog is asleep.', 'dog, dog / sleeping'],
  ['A couple of dogs, a dozen eggs and several birds.', 'dog, dog x 2, egg, egg x 12, bird, bird x several'],
  ['Three dogs: two brown dogs and one white dog.', 'dog, dog x 3, dog, dog: brown, dog, dog: white'],
  ['Two red apples and three green apples.', 'apple, apple x 5, apple: red, apple, apple: green'],
  ['There are no people.', 'no person'],
  ['A street without any cars.', 'street, no car'],
  ['Nobody is there.', 'no person'],
  ['The man is not wearing a hat.', 'man, man / not wearing hat'],
  ['The cat is not on the sofa.', 'cat, sofa, cat / not on sofa'],
  ['There is no text in the image.', 'no text'],
  ['The scene evokes a sense of calm and adds a touch of elegance.', ''],
  ['The image captures a serene moment in everyday life.', ''],
  ['Snow covers the field like a white blanket.', 'snow, field'],
  ['The warm light creates a cozy atmosphere, inviting the viewer to sit on the sofa.', ''],
  ['A photograph of a dog at night.', 'dog, image = photo, image = at night'],
  ['A large painting of a ship hangs on the wall.', 'picture, picture: large, ship, wall, picture / hanging, picture / on wall'],
  ['What looks like a boat floats on the lake.', 'boat?, lake?, boat / floating?, boat / on lake?'],
  ['The sign reads STOP.', '“STOP”, sign'],
  ['- **Dogs:** 2', 'dog, dog x 2'],
  ['**Foreground:** a stone fountain', 'fountain, fountain: stone'],
  ['| Object | Count |\n| --- | --- |\n| chairs | 4 |', 'chair, chair x 4'],
  ['| original | English | language |\n| --- | --- | --- |\n| SALIDA | exit | Spanish |', '“SALIDA”'],
  ['Sure! Here is a description of the image: it has it all.', ''],
  ['A woman is smiling. She holds an umbrella.', 'woman, woman / smiling, umbrella, woman / holding umbrella'],
]; // prettier-ignore

describe('readProse', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon();
  });

  const read = (text: string): string =>
    readProse(text, lexicon)
      .filter(({ implied }) => !implied)
      .map(({ kind, subject, value, target, denied, certain }) => {
        const what = target === undefined ? value : `${value} ${target}`;
        const forms: Partial<Record<typeof kind, string>> = {
          object: denied ? `no ${subject}` : subject,
          count: `${subject} x ${value}`,
          attribute: `${subject}: ${value}`,
          text: `“${value}”`,
          overall: `${subject} = ${value}`,
        };
        return (forms[kind] ?? `${subject} / ${denied ? 'not ' : ''}${what}`) + (certain ? '' : '?');
      })
      .join(', '); // prettier-ignore

  test.each(READ)('“%s” says: %s', (text, claims) => {
    expect(read(text)).toBe(claims);
  });

  test('a sentence is quoted as it stands, marks of Markdown and all', () => {
    const text = 'Here: a **red** car.\n- A *small* do\u200Bg sleeps.';
    const sentences = new Set(readProse(text, lexicon).map(({ sentence }) => sentence));
    expect([...sentences]).toEqual(['Here: a **red** car.', 'A *small* do\u200Bg sleeps.']);
    for (const sentence of sentences) expect(text).toContain(sentence);
  });

  test('nothing says nothing', () => {
    expect(readProse(' \n\n', lexicon)).toEqual([]);
  });
});
