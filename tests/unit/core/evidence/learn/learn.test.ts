import { describe, expect, test } from 'vitest';
import type { ClaimKind } from '../../../../../src/core/claims';
import {
  evidenceOf,
  fromLogOdds,
  NEUTRAL,
  type CheckAnswer,
  type Stance,
} from '../../../../../src/core/evidence/calibration';
import { learnedFrom, tallies } from '../../../../../src/core/evidence/learn/learn';
import { WORTH, type Observation } from '../../../../../src/core/evidence/learn/observe';
import type { Calibrations } from '../../../../../src/core/evidence/weigh';

const answered = (yes: number): CheckAnswer => ({ yes, assurance: 0.5 });

/** So many claims that model "a" alone makes. */
function claims(
  count: number,
  isTrue: boolean,
  {
    stance = 'certain',
    kind = 'object',
    worth = 1,
    yes,
  }: {
    readonly stance?: Stance;
    readonly kind?: ClaimKind;
    readonly worth?: number;
    readonly yes?: number;
  } = {},
): Observation[] {
  const answer = yes === undefined ? {} : { answer: answered(yes) };
  return Array.from({ length: count }, () => ({
    kind,
    isTrue,
    worth,
    stances: [{ modelId: 'a', stance, ...answer }],
  }));
}

/** How probable a claim is that "a" alone states. */
const lone = (found: Calibrations): number =>
  fromLogOdds(evidenceOf(found.a?.object, 'certain', undefined));

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbersIn);

describe('learnedFrom', () => {
  test('few verdicts barely move', () => {
    const neutral = fromLogOdds(NEUTRAL.said.certain);
    expect(learnedFrom([], {})).toEqual({});
    for (const isTrue of [true, false]) {
      const moved = Math.abs(lone(learnedFrom(claims(3, isTrue), {})) - neutral);
      expect(moved).toBeGreaterThan(0.01);
      expect(moved).toBeLessThan(0.05);
    }
  });

  test('many come to the share that was right', () => {
    const of = (right: number, wrong: number) =>
      lone(learnedFrom([...claims(right, true), ...claims(wrong, false)], {}));
    expect(of(340, 60)).toBeCloseTo((340 + 50 * fromLogOdds(0.68)) / 450, 3);
    expect(of(3400, 600)).toBeCloseTo(0.85, 2);
    expect(of(400, 3600)).toBeCloseTo(0.1, 1);
  });

  test('a kind that nobody spoke of stays neutral, and so do stances that nobody took', () => {
    const { a } = learnedFrom(claims(200, true), {});
    expect(Object.keys(a ?? {})).toEqual(['object']);
    const { hedged, rival, silent } = a!.object!.said;
    expect({ hedged, rival, silent }).toEqual({ hedged: 0.1, rival: -0.68, silent: -0.68 });
    expect(a!.object!.checked).toEqual(NEUTRAL.checked);
  });

  test('what is left out weighs little', () => {
    const known = claims(100, true);
    const all = (worth: number) =>
      lone(learnedFrom([...known, ...claims(100, false, { worth })], {}));
    expect(all(1)).toBeLessThan(0.6);
    expect(all(WORTH.leftOut)).toBeGreaterThan(0.8);
  });

  test('answers are learned where they tell true from false, and never count for their opposite', () => {
    const asked = (right: number, wrong: number) =>
      learnedFrom(
        [
          ...claims(300, true, { stance: 'silent', yes: right }),
          ...claims(300, false, { stance: 'silent', yes: wrong }),
        ],
        {},
      ).a!.object!.checked!.check;
    expect(asked(0.9, 0.1).yes).toBeGreaterThan(0.6);
    expect(asked(0.9, 0.1).no).toBeGreaterThan(0.6);
    expect(asked(0.1, 0.9)).toMatchObject({ yes: 0, no: 0 });
  });

  test('models with a calibration are not learned: theirs counts as it is', () => {
    const said = { certain: 3, hedged: 0, rival: -3, silent: -3 };
    const both: Observation[] = [true, false].flatMap((isTrue) =>
      Array.from({ length: isTrue ? 90 : 10 }, () => ({
        kind: 'object' as const,
        isTrue,
        worth: 1,
        stances: [
          { modelId: 'embedded', stance: 'certain' as const },
          { modelId: 'a', stance: 'certain' as const },
        ],
      })),
    );
    const found = learnedFrom(both, { embedded: { object: { said } } });
    expect(Object.keys(found)).toEqual(['a']);
    // The other has said so already.
    expect(found.a!.object!.said.certain).toBeLessThan(NEUTRAL.said.certain);
    expect(Object.keys(learnedFrom(both, { embedded: {}, a: {} }))).toEqual([]);
  });

  test('models that say the same are not counted twice', () => {
    const pair: Observation[] = [true, false].flatMap((isTrue) =>
      Array.from({ length: isTrue ? 1600 : 400 }, () => ({
        kind: 'object' as const,
        isTrue,
        worth: 1,
        stances: [
          { modelId: 'a', stance: 'certain' as const },
          { modelId: 'b', stance: 'certain' as const },
        ],
      })),
    );
    const { a, b } = learnedFrom(pair, {});
    expect(a).toEqual(b);
    const together = a!.object!.said.certain + b!.object!.said.certain;
    expect(fromLogOdds(together)).toBeCloseTo(0.8, 2);
  });

  test('whatever captions say, every number is one', () => {
    const kinds = ['object', 'count', 'text'] as const;
    const stances = ['certain', 'hedged', 'rival', 'silent'] as const;
    const mad = Array.from({ length: 400 }, (_, at): Observation => ({
      kind: kinds[at % 3]!,
      isTrue: at % 2 === 0,
      worth: [1, 0.5, 0.05, 0][at % 4]!,
      stances: ['a', 'b', 'c', 'd'].map((modelId, which) => ({
        modelId,
        stance: at % 7 === 0 ? 'absent' : stances[(at >> which) % 4]!,
        ...((at + which) % 3 === 0
          ? {}
          : { answer: answered([0, 1, 0.5, Number.EPSILON][at % 4]!) }),
      })),
    }));
    const sure = [...claims(100_000, true, { yes: 1 }), ...claims(2, false, { yes: 0 })];
    for (const observations of [mad, sure, [...mad, ...sure], claims(5, false, { worth: 0 })]) {
      const numbers = numbersIn(learnedFrom(observations, {}));
      expect(numbers.length).toBeGreaterThan(0);
      for (const number of numbers) expect(Math.abs(number)).toBeLessThan(12);
    }
    // Half of it so, half of it so: nothing is learned but that it is worth nothing.
    const torn = learnedFrom([...claims(5000, true), ...claims(5000, false)], {});
    expect(lone(torn)).toBeCloseTo(0.5, 2);
  });

  test('the order in which captions come changes nothing', () => {
    const all = [...claims(30, true), ...claims(9, false), ...claims(12, true, { kind: 'count' })];
    expect(learnedFrom(all.toReversed(), {})).toEqual(learnedFrom(all, {}));
  });
});

/** Numbers that look like chance and are the same every time. */
function dice(): () => number {
  let state = 7;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

describe('three models of which one invents half of what it says', () => {
  const VOICES = { good: [0.8, 0.05], fair: [0.6, 0.2], poor: [0.5, 0.5] } as const;

  /** Claims, of which captions that leave out most things make only some. */
  function world(count: number, leftOut: number, random: () => number) {
    return Array.from({ length: count }).flatMap(() => {
      const isReal = random() < 0.6;
      const stances = Object.entries(VOICES).map(([modelId, [hits, slips]]) => ({
        modelId,
        stance: random() < (isReal ? hits : slips) ? ('certain' as const) : ('silent' as const),
        answer: answered((isReal ? 0.7 : 0.35) + (random() - 0.5) * 0.58),
      }));
      if (stances.every(({ stance }) => stance === 'silent')) return [];
      const isTold = isReal && random() >= leftOut;
      const isExcluded = !isReal && random() < 0.05;
      const worth = isTold || isExcluded ? WORTH.said : WORTH.leftOut;
      return [{ kind: 'object' as const, isReal, isTrue: isTold, worth, stances }];
    });
  }

  /** How far the weights are from what is so, in nats a claim. */
  function loss(found: Calibrations, claimsOf: ReturnType<typeof world>, isAsked: boolean): number {
    return (
      claimsOf.reduce((sum, { isReal, stances }) => {
        const odds = stances.reduce(
          (all, { modelId, stance, answer }) =>
            all + evidenceOf(found[modelId]?.object, stance, isAsked ? answer : undefined),
          0,
        );
        return sum - Math.log(fromLogOdds(isReal ? odds : -odds));
      }, 0) / claimsOf.length
    );
  }

  test.each([0.4, 0.6, 0.75])(
    'weights come nearer to the truth than neutral ones, though captions leave out %d of what is there',
    (leftOut) => {
      const random = dice();
      const heldOut = world(3000, 0, random);
      for (const count of [100, 400, 2000]) {
        const seen = world(count, leftOut, random);
        const found = learnedFrom(seen, {});
        expect(loss(found, heldOut, false)).toBeLessThan(loss({}, heldOut, false) - 0.03);
        const asked = loss(found, heldOut, true) - loss({}, heldOut, true);
        // A hundred claims by captions that leave out most: answers are worth about what they were.
        expect(asked).toBeLessThan(count > 100 ? -0.015 : 0.005);
        if (count < 400) continue;
        const tally = tallies(seen, found);
        expect(tally.good!.gain).toBeGreaterThan(tally.fair!.gain);
        expect(tally.fair!.gain).toBeGreaterThan(tally.poor!.gain);
      }
    },
  );
});

test('a tally counts what a model said: right, wrong, and what captions leave out', () => {
  const observations = [
    ...claims(7, true),
    ...claims(2, false),
    ...claims(1, false, { worth: WORTH.struckOut }),
    ...claims(4, false, { worth: WORTH.leftOut }),
    ...claims(50, true, { stance: 'silent' }),
  ];
  const found = learnedFrom(observations, {});
  expect(tallies(observations, found).a).toMatchObject({ right: 7, wrong: 3, open: 4 });
  expect(tallies(observations, {})).toEqual({});
});
