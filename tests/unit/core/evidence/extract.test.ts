import { describe, expect, test } from 'vitest';
import { extractStatements } from '../../../../src/core/evidence/extract';

/** "cat" (it is there), "cat x 2", "cat @ top left", "cat: red", “text”; "?" where it is not certain. */
function said(text: string): string {
  return extractStatements(text)
    .map(({ statement: { kind, subject, value }, certain }) => {
      const forms: Partial<Record<typeof kind, string>> = {
        object: subject,
        count: `${subject} x ${value}`,
        relation: `${subject} @ ${value}`,
        text: `“${value}”`,
      };
      return (forms[kind] ?? `${subject}: ${value}`) + (certain ? '' : '?');
    })
    .join(', ');
}

/** Every template of training/scenes/speak.ts, with names that are hard for a tagger. */
const EMBEDDED: readonly (readonly [sentence: string, statements: string])[] = [
  ['The image shows two cats, a dog and possibly an owl.', 'cat, cat x 2, dog, owl?'],
  ['The dog is at the top left.', 'dog, dog @ top left'],
  ['There is a sign in the centre.', 'sign, sign @ centre'],
  ['The background is a grey gradient.', 'background: grey, background: gradient'],
  ['The background is an orange gradient.', 'background: orange, background: gradient'],
  ['I count one black and an orange.', 'orange'],
  ['The background is plain orange.', 'background: plain, background: orange'],
  ['The background is striped black.', 'background: striped, background: black'],
  ['The image shows no object that I know.', ''],
  ['Two cats, possibly one owl and one sign.', 'cat, cat x 2, owl?, owl x 1?, sign, sign x 1'],
  ['There are no objects that I know.', ''],
  ['The image is a flat drawing with simple shapes.', 'image: drawing'],
  ['The main subject is three buses.', 'bus, bus x 3'],
  ['It is empty.', ''],
  [
    'This is a drawing on a speckled brown background.',
    'background: speckled, background: brown, image: drawing',
  ],
  [
    'I can see a small orange and two large sheep.',
    'orange, orange: small, sheep, sheep x 2, sheep: large',
  ],
  ['There may be a trumpet.', 'trumpet?'],
  ['I cannot name any object in it.', ''],
  ['The scissors are on the right of the image.', 'scissors, scissors @ right'],
  ['A sign is at the bottom right.', 'sign, sign @ bottom right'],
  ['The language is German.', 'sign: German'],
  ['In English it means "good morning".', 'sign: good morning'],
  [
    'I count two oranges, one rhinoceros and one sign.',
    'orange, orange x 2, rhinoceros, rhinoceros x 1, sign, sign x 1',
  ],
  ['There may be one owl.', 'owl?, owl x 1?'],
  ['I cannot count any object.', ''],
  [
    'This is a simple drawing with flat colours on a plain blue background.',
    'background: plain, background: blue, image: drawing',
  ],
  ['Several things are spread over the picture.', ''],
  ['The composition is simple.', ''],
  ['There are two mice and three maple leaves.', 'mouse, mouse x 2, maple leaf, maple leaf x 3'],
  ['There is a traffic light at the top.', 'traffic light, traffic light @ top'],
  ['There are grapes at the bottom left.', 'grapes, grapes @ bottom left'],
  ['It could also show two teddy bears.', 'teddy bear?, teddy bear x 2?'],
  ['There is nothing that I can name.', ''],
  ['All of this is drawn on a striped green background.', 'background: striped, background: green'],
  ["There is one painter's palette.", "painter's palette, painter's palette x 1"],
  ['There is nothing that I can count.', ''],
  ['A colourful cartoon style with clear outlines.', ''],
  ['The eye goes to a cup of coffee.', 'cup of coffee'],
  ['The picture is empty.', ''],
  ['It is set on a purple gradient background.', 'background: purple, background: gradient'],
  [
    'Perhaps a pear and two t-shirts on a plain white background.',
    'pear?, t-shirt, t-shirt x 2, background: plain, background: white',
  ],
  [
    'A drawing of perhaps a cactus and four high-heeled shoes.',
    'cactus?, high-heeled shoe, high-heeled shoe x 4, image: drawing',
  ],
  [
    'On a striped red background there are three stacks of books and a watch.',
    'stack of books, stack of books x 3, watch, background: striped, background: red',
  ],
  ['A plain pink background.', 'background: plain, background: pink'],
  [
    'Drawing of a paper clip and a bat on a plain red background.',
    'paper clip, bat, background: plain, background: red',
  ],
  ['A picture with sunglasses and a Christmas tree.', 'sunglasses, christmas tree'],
  [
    'Illustration: a hot dog and two French fries, blue background.',
    'hot dog, french fries, french fries x 2, background: blue, image: drawing',
  ],
  [
    'Illustration: a yellow gradient background.',
    'background: yellow, background: gradient, image: drawing',
  ],
  ['There is no text in the image.', ''],
  ['I see no text.', ''],
  ['No text is visible.', ''],
  ['There is a sign, but I cannot read its text.', 'sign'],
  ['The text on the sign is not readable for me.', ''],
  ['A sign is there, but its text cannot be read.', 'sign'],
  ['A photo of a tabby cat.', 'tabby cat, image: photo'],
  ['A photo, perhaps of a goldfish.', 'goldfish?, image: photo'],
  ['A photo of something that I do not know.', ''],
  ['This is a photo of a steam locomotive.', 'steam locomotive, image: photo'],
  ['This is a photo. It may show a goldfish.', 'image: photo, goldfish?'],
  ['This is a photo. I cannot name what it shows.', 'image: photo'],
  ['The photo shows a goldfish.', 'goldfish, image: photo'],
  ['The photo could show a goldfish.', 'goldfish?, image: photo?'],
  ['A photo that I cannot name.', ''],
  ['The main colour is red.', ''],
  ['Most of it is blue.', ''],
  ['It is mostly pink.', ''],
  ['I cannot read any text in it.', ''],
  ['I see no text that I can read.', ''],
  ['No text can be read.', ''],
  ['One goldfish.', 'goldfish, goldfish x 1'],
  ['I count one goldfish.', 'goldfish, goldfish x 1'],
  ['Perhaps one goldfish.', 'goldfish?, goldfish x 1?'],
  ['It could show one goldfish.', 'goldfish?, goldfish x 1?'],
  ['A photo with natural light.', 'image: photo'],
  ['This is a photograph.', 'image: photo'],
  ['It is a photo.', 'image: photo'],
  ['The image shows a lion and possibly bread.', 'lion, bread?'],
  [
    'Possibly one magnifying glass and one sign.',
    'magnifying glass?, magnifying glass x 1?, sign, sign x 1',
  ],
  ['I count two bows and arrows.', 'bow and arrow, bow and arrow x 2'],
  ['The bow and arrow is on the left.', 'bow and arrow, bow and arrow @ left'],
];

/** Sentences of the judge: a doubt reaches as far as its clause. */
const JUDGED: readonly (readonly [sentence: string, statements: string])[] = [
  [
    'The cat is on the left and the dog may be at the top left.',
    'cat, dog?, cat @ left, dog @ top left?',
  ],
  [
    'The dog may be in the centre, the bee is at the top and the cat is on the right.',
    'dog?, bee, cat, dog @ centre?, bee @ top, cat @ right',
  ],
  ['There may also be a cat and two dogs.', 'cat?, dog?, dog x 2?'],
  ['I see a cat and a dog, but I am not sure.', 'cat?, dog?'],
  ['The background may be blue.', 'background: blue?'],
];

const LARGE: readonly (readonly [sentence: string, statements: string])[] = [
  [
    'The photograph captures a bustling city street with people walking along the sidewalk.',
    'bustling city street, person, sidewalk, image: photo',
  ],
  [
    'In the foreground, there is a large brown dog lying on the grass.',
    'dog, dog: brown, dog: large, grass',
  ],
  [
    'There are three people in the image: a man in a blue shirt, a woman wearing a red dress, and a child holding a balloon.',
    'person, person x 3, man, shirt, shirt: blue, woman, dress, dress: red, child, balloon',
  ],
  ['1. **Dog**: There are 2 dogs.', 'dog, dog, dog x 2'],
  [
    'The table is set with four white plates, knives and forks.',
    'table, plate, plate x 4, plate: white, knife, fork',
  ],
  [
    'On the left side of the image, a yellow taxi is parked near the curb.',
    'taxi, taxi: yellow, curb, taxi @ left',
  ],
  ['To the right, a group of people is waiting for the bus.', 'person, bus, person @ right'],
  ['Several sheep graze in a green field.', 'sheep, field, field: green'],
  ['The scene appears to be a kitchen.', 'kitchen?'],
  ['The sky is blue.', 'sky, sky: blue'],
  ['He is wearing sunglasses and a black hat.', 'sunglasses, hat, hat: black'],
  ['At the bottom is a bowl of fruit.', 'bowl of fruit, bowl of fruit @ bottom'],
  ['An orange and two red apples lie on the table.', 'orange, apple, apple x 2, apple: red, table'],
  ['No people are visible.', ''],
  ['A red car is in the top left corner of the image.', 'car, car: red, car @ top left'],
  ['To the left of the dog is a cat.', 'dog, cat'],
  ["The cat isn't on the sofa.", ''],
  [
    'An illustration of a fox on a striped green background.',
    'fox, background: striped, background: green, image: drawing',
  ],
  ['In the upper right corner there is a gray bird.', 'bird, bird: grey, bird @ top right'],
  ['There are 12 bicycles in the middle.', 'bicycle, bicycle x 12, bicycle @ centre'],
  ['Perhaps the man waits for a bus.', 'man?, bus?'],
  ['The ball is bright red.', 'ball, ball: red'],
];

const QUOTATIONS: readonly (readonly [sentence: string, statements: string])[] = [
  ['The sign reads "BAKERY" in bold red letters.', '“BAKERY”, sign, bold letter, bold letter: red'],
  ['The word “STOP” is written on a red sign.', '“STOP”, sign, sign: red'],
  ["The sign says 'OPEN'.", '“OPEN”, sign'],
  ['Above the door stands „Ausgang“.', '“Ausgang”, door'],
  ['The signs say «SOLDES» and "SALE".', '“SOLDES”, “SALE”, sign'],
  ["The cat's bowl and the dog's ball are blue.", "cat's bowl, dog's ball, dog's ball: blue"],
  ['The sign says "NO SMOKING".', '“NO SMOKING”, sign'],
  ['| BAKERY | Bakery | English |', '“BAKERY”'],
  ['| --- | --- | --- |', ''],
  ['| original | English translation | language |', ''],
];

/** As it is written -> as it is compared. */
const NAMES: readonly (readonly [written: string, name: string])[] = [
  ['two sheep', 'sheep'],
  ['three people', 'person'],
  ['four knives', 'knife'],
  ['five children', 'child'],
  ['two mice', 'mouse'],
  ['two cookies', 'cookie'],
  ['two buses', 'bus'],
  ['four rhinoceroses', 'rhinoceros'],
  ['two wine glasses', 'wine glass'],
  ['glasses', 'glasses'],
  ['grapes', 'grapes'],
  ['an orange', 'orange'],
  ['two oranges', 'orange'],
  ['a watch', 'watch'],
  ['bread', 'bread'],
  ['four cups of coffee', 'cup of coffee'],
  ['a group of students', 'student'],
  ['a hot dog', 'hot dog'],
  ['two traffic lights', 'traffic light'],
  ['three teddy bears', 'teddy bear'],
  ['a shopping cart', 'shopping cart'],
];

describe('extractStatements', () => {
  test.each(EMBEDDED)('an embedded model’s “%s” says: %s', (sentence, statements) => {
    expect(said(sentence)).toBe(statements);
  });

  test.each(JUDGED)('the judge’s “%s” says: %s', (sentence, statements) => {
    expect(said(sentence)).toBe(statements);
  });

  test.each(LARGE)('a large model’s “%s” says: %s', (sentence, statements) => {
    expect(said(sentence)).toBe(statements);
  });

  test.each(QUOTATIONS)('of quoted text, %s says: %s', (sentence, statements) => {
    expect(said(sentence)).toBe(statements);
  });

  test.each(NAMES)('“%s” is called “%s”', (written, name) => {
    const objects = extractStatements(`There are ${written}.`)
      .map(({ statement }) => statement)
      .filter(({ kind }) => kind === 'object');
    expect(objects.map(({ subject }) => subject)).toEqual([name]);
  });

  test('“a dog” is told from “the dog” and “dogs”', () => {
    const articles = extractStatements('A dog, the cat, two owls, birds and an old bus.')
      .filter(({ article }) => article)
      .map(({ statement }) => statement.subject);
    expect(articles).toEqual(['dog', 'old bus']);
  });

  test.each([
    ['two', '2'],
    ['2', '2'],
    ['twelve', '12'],
    ['12', '12'],
    ['one', '1'],
  ])('“%s dogs” counts %s', (written, count) => {
    expect(said(`I count ${written} dogs.`)).toBe(`dog, dog x ${count}`);
  });

  test.each(['possibly', 'perhaps', 'maybe', 'probably'])(
    'the doubt in “a cat and %s a dog” is about the dog alone',
    (hedge) => {
      expect(said(`The image shows a cat and ${hedge} a dog.`)).toBe('cat, dog?');
    },
  );

  test.each(['may', 'might', 'could'])('“it %s show” makes the whole sentence doubtful', (verb) => {
    expect(said(`It ${verb} show a cat and a dog.`)).toBe('cat?, dog?');
  });

  test.each(['not', 'no', "n't"])('a sentence with “%s” claims nothing', (denial) => {
    const forms: Record<string, string> = {
      not: 'There is not a dog here.',
      no: 'There is no dog.',
      "n't": "I don't see a dog.",
    };
    expect(said(forms[denial]!)).toBe('');
  });

  test('a quotation with “no” in it denies nothing', () => {
    expect(said('A sign says "NO ENTRY".')).toBe('“NO ENTRY”, sign');
  });

  test.each([
    ['The language is German.', ['language:German']],
    ['It is written in French.', ['language:French']],
    ['I do not know the language.', []],
    ['In English it means "bakery".', ['translation:bakery']],
    ['The sign says "Bäckerei", which means "bakery".', ['text:Bäckerei', 'translation:bakery']],
  ])('“%s” tells %j of a text', (sentence, statements) => {
    const told = extractStatements(sentence)
      .map(({ statement }) => statement)
      .filter(({ kind }) => kind === 'text' || kind === 'language' || kind === 'translation');
    expect(told.map(({ kind, value }) => `${kind}:${value}`)).toEqual(statements);
  });

  test('each statement carries the sentence that makes it', () => {
    const read = extractStatements('There is a cat. There may be a dog.');
    expect(read.map(({ sentence, certain }) => [sentence, certain])).toEqual([
      ['There is a cat.', true],
      ['There may be a dog.', false],
    ]);
  });

  test.each([
    ['lines', 'A cat\nA dog'],
    ['bullets', '- a cat\n- a dog'],
    ['stars', '* a cat\n* a dog'],
    ['numbers', '1. a cat\n2) a dog'],
  ])('%s are sentences of their own', (_, text) => {
    expect(said(text)).toBe('cat, dog');
  });

  test('an empty answer says nothing', () => {
    expect(extractStatements(' \n ')).toEqual([]);
  });
});
