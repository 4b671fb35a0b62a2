import { describe, expect, test } from 'vitest';
import { pairedDifference } from '../../../src/evaluation/bootstrap';
import { majorityClaims } from '../../../src/evaluation/majority';
import { compare, scoreOf, summaryLine, type Contender } from '../../../src/evaluation/report';
import { claimsOf, f1, score, total, type Fact } from '../../../src/evaluation/score';

const fact = (kind: Fact['kind'], subject: string, value = '', isAsked = true): Fact => ({
  kind,
  subject,
  value,
  isAsked,
});

const DOG_SCENE = [
  fact('object', 'dog'),
  fact('count', 'dog', '1'),
  fact('relation', 'dog', 'left'),
  fact('attribute', 'dog', 'medium', false),
  fact('attribute', 'background', 'red'),
];

const sums = (text: string, facts: readonly Fact[] = DOG_SCENE) =>
  total(score(claimsOf(text), facts));

describe('score', () => {
  test.each([
    ['A dog on a red background. The dog is on the left.', 4, 4],
    ['A dog.', 2, 2],
    ['Two dogs.', 1, 2],
    ['A cat.', 0, 2],
    ['There may be a dog.', 1, 1],
    ['A dog. A dog.', 2, 2],
    ['', 0, 0],
  ])('“%s” has %i right of %i said', (text, right, said) => {
    expect(sums(text)).toEqual({ right, said, asked: 4 });
  });

  test('a claim is certain if it is so anywhere', () => {
    expect(sums('There may be a dog. A dog.')).toEqual({ right: 2, said: 2, asked: 4 });
  });

  test('what is true but not asked for is neither right nor wrong', () => {
    const facts = [...DOG_SCENE, fact('attribute', 'dog', 'large', false)];
    expect(sums('A large dog.', facts)).toEqual({ right: 2, said: 2, asked: 4 });
    expect(sums('A small dog.', facts)).toEqual({ right: 2, said: 3, asked: 4 });
  });

  test('f1 of nothing is 0', () => {
    expect(f1({ right: 0, said: 0, asked: 0 })).toBe(0);
  });
});

describe('majorityClaims', () => {
  const ids = (texts: readonly string[]) =>
    majorityClaims(texts).map(({ kind, subject, value }) => `${kind} ${subject} ${value}`.trim());

  test('keeps what more than half of the models say', () => {
    expect(ids(['A dog.', 'A dog and a cat.', 'A cat and a dog.'])).toEqual([
      'object dog',
      'count dog 1',
      'object cat',
      'count cat 1',
    ]);
    expect(ids(['A dog.', 'A cat.', 'An owl.'])).toEqual([]);
  });

  test('asks only readers what a sign says', () => {
    expect(ids(['A dog.', 'The sign says "open".', 'A dog.'])).toContain('text sign open');
  });
});

describe('the comparison', () => {
  const contender = (
    name: string,
    role: Contender['role'],
    texts: readonly string[],
  ): Contender => ({
    name,
    role,
    images: texts.map((text) => score(claimsOf(text), DOG_SCENE)),
  });
  const good = 'A dog on a red background. The dog is on the left.';
  const texts = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 'A cat.' : good));
  const judge = contender(
    'judge',
    'judge',
    texts.map(() => good),
  );
  const single = contender('one', 'single', texts);
  const worse = contender(
    'two',
    'single',
    texts.map(() => 'A cat.'),
  );

  test('is with the best single model, with an interval around the difference', () => {
    const found = compare(judge, [single, worse, judge]);
    expect(found.single.name).toBe('one');
    expect(found.difference).toBeCloseTo(1 - scoreOf(single).f1);
    expect(found.interval.low).toBeGreaterThan(0);
    expect(found.interval.low).toBeLessThan(found.difference);
    expect(found.interval.high).toBeGreaterThan(found.difference);
    expect(summaryLine(found)).toMatch(
      /^judge F1 1\.0000, best single F1 0\.\d{4} \(one\), difference 0\.\d{4} \[0\.\d{4}, 0\.\d{4}\]$/u,
    );
  });

  test('finds no difference between equals, and the same interval each time', () => {
    const of = (one: Contender) => one.images.map((image) => total(image));
    expect(pairedDifference(of(single), of(single), 200)).toEqual({ low: 0, high: 0 });
    expect(pairedDifference(of(judge), of(single), 200)).toEqual(
      pairedDifference(of(judge), of(single), 200),
    );
  });
});
