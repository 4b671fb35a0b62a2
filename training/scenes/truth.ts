import type { Statement } from '../../src/core/claims.ts';
import type { Fact } from '../../src/evaluation/score.ts';
import type { Scene, SceneObject } from './scene.ts';
import { COLOURS, placeOf, sizeOf } from './vocabulary.ts';

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
