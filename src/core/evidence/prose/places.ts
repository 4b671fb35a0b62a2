import { grouped } from './grouped';

/** Where one thing is to another: the words, the relation. Longest first. */
const RELATIONS = `
to the left of: left of
on the left of: left of
left of: left of
to the right of: right of
on the right of: right of
right of: right of
in front of: in front of
on top of: on
next to: beside
adjacent to: beside
close to: beside
at the side of: beside
by the side of: beside
on the side of: beside
at the foot of: beside
at the edge of: beside
on the edge of: beside
along the edge of: beside
on the shore of: beside
at the base of: beside
by: beside
beside: beside
near: beside
alongside: beside
behind: behind
underneath: under
beneath: under
under: under
below: under
above: above
over: above
atop: on
upon: on
onto: on
on: on
inside: in
within: in
in: in
into: in
outside: outside
against: against
along: along
down: along
across: across
through: in
between: between
among: among
around: around
with: with
at: at
from: from
towards: towards
toward: towards
`;

/** How two things can be to each other. */
export const LINKS: readonly string[] = [
  ...new Set(
    RELATIONS.trim()
      .split('\n')
      .map((line) => line.split(': ')[1] ?? ''),
  ),
].sort((a, b) => b.length - a.length);

interface Preposition {
  readonly words: readonly string[];
  readonly relation: string;
}

const BY_FIRST = grouped(
  RELATIONS.trim()
    .split('\n')
    .map((line) => {
      const [words = '', relation = ''] = line.split(': ');
      return { words: words.split(' '), relation };
    })
    .sort((a, b) => b.words.length - a.words.length),
  ({ words }) => words[0],
);

/** Prepositions that start with a word, longest first. */
export function prepositionsFrom(first: string): readonly Preposition[] {
  return BY_FIRST.get(first) ?? [];
}

/** The same place, told from the other side: what is under the table has the table above it. */
export const INVERSES: Readonly<Record<string, string>> = {
  'right of': 'left of',
  behind: 'in front of',
};

/** One thing is at one of these places of another. */
const EXCLUSIVE = [
  new Set(['on', 'under']),
  new Set(['above', 'under']),
  new Set(['in', 'outside']),
  new Set(['left of', 'right of']),
  new Set(['in front of', 'behind']),
];

export function excludesPlace(one: string, other: string): boolean {
  return one !== other && EXCLUSIVE.some((set) => set.has(one) && set.has(other));
}
