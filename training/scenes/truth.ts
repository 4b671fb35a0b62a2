import type { Statement } from '../../src/core/claims.ts';
import { checkQuestion } from '../../src/core/evidence/check-question.ts';
import type { Fact } from '../../src/evaluation/score.ts';
import type { Scene, SceneObject } from './scene.ts';
import type { Random } from './random.ts';
import { COLOURS, OBJECTS, placeOf, PLACES, sizeOf } from './vocabulary.ts';

const COLOURED = new RegExp(`^(${COLOURS.join('|')}) (.+)$`, 'u');

const fact = (kind: Statement['kind'], subject: string, value: string, isAsked = true): Fact => ({
  kind,
  subject,
  value,
  isAsked,
});

/** All that is true of a scene, in the words of the claims. What is true but not asked for is neither right nor wrong to say. */
export function factsOf(scene: Scene): Fact[] {
  const names = [...new Set(scene.objects.map(({ name }) => name))];
  return [
    ...names.flatMap((name) => objectFacts(name, scene.objects.filter((item) => item.name === name))),
    fact('attribute', 'background', scene.background.colour),
    fact('attribute', 'background', scene.background.kind),
    fact('overall', 'image', 'drawing'),
    ...signFacts(scene),
  ];
}

function objectFacts(whole: string, items: readonly SceneObject[]): Fact[] {
  const isSingle = items.length === 1;
  // "red apple" is an apple that is red.
  const [, colour, thing] = COLOURED.exec(whole) ?? [];
  const name = thing ?? whole;
  return [
    ...(colour === undefined ? [] : [fact('attribute', name, colour)]),
    fact('object', name, ''),
    fact('count', name, String(items.length)),
    ...items.map(({ x, y }) => fact('relation', name, placeOf(x, y), isSingle)),
    ...items.map(({ size }) => fact('attribute', name, sizeOf(size), isSingle && sizeOf(size) !== 'medium')),
  ];
}

function signFacts({ sign }: Scene): Fact[] {
  if (sign === null) return [];
  return [
    fact('object', 'sign', ''),
    fact('count', 'sign', '1'),
    fact('relation', 'sign', placeOf(sign.x, sign.y)),
    fact('text', 'sign', sign.text),
    fact('language', 'sign', sign.language),
    ...(sign.language === 'English' ? [] : [fact('translation', 'sign', sign.english)]),
  ];
}

export interface YesNo {
  readonly question: string;
  readonly yes: boolean;
}

/** As many questions with the answer yes as with no, of the kinds that the models learned. */
export function yesNoQuestions(scene: Scene, random: Random): YesNo[] {
  const facts = factsOf(scene);
  const wrong = <T>(values: readonly T[], right: readonly T[]): T =>
    random.pick(values.filter((value) => !right.includes(value)));
  const pair = (kind: Statement['kind'], subject: string, right: string, other: string): YesNo[] => [
    { question: checkQuestion({ kind, subject, value: right }), yes: true },
    { question: checkQuestion({ kind, subject, value: other }), yes: false },
  ];
  const present = scene.objects.map(({ name }) => name);
  const { name, x, y } = random.pick(scene.objects);
  const absent = random.pick(OBJECTS.filter((kind) => !present.includes(kind.name))).name;
  const count = present.filter((each) => each === name).length;
  const places = facts.filter(({ kind, subject }) => kind === 'relation' && subject === name).map(({ value }) => value);
  return [
    { question: checkQuestion({ kind: 'object', subject: name, value: '' }), yes: true },
    { question: checkQuestion({ kind: 'object', subject: absent, value: '' }), yes: false },
    ...pair('count', name, String(count), String(wrong([1, 2, 3, 4, 5], [count]))),
    ...(count === 1 ? pair('relation', name, placeOf(x, y), wrong(PLACES, places)) : []),
    ...pair('attribute', 'background', scene.background.colour, wrong(COLOURS, [scene.background.colour])),
  ];
}
