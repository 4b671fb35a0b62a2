import { type Claim, type ClaimKind, isDenial } from './claims';
import { BACKGROUND_KINDS } from './evidence/words';

/** One model's answer as the judge sees it. */
export interface JudgeDescription {
  readonly modelName: string;
  readonly text: string;
}

export interface JudgeInput {
  readonly claims: readonly Claim[];
  readonly descriptions: readonly JudgeDescription[];
  /** Number of models that described the image: the "of N" of the support. */
  readonly modelCount: number;
}

/** How much of the evidence fits the judge's context. */
export interface JudgeBudget {
  /** Things (subjects) that get a line. */
  readonly maxSubjects: number;
  readonly maxWordsPerDescription: number;
  /** How many answers of one model are shown, its first ones. */
  readonly maxDescriptionsPerModel: number;
}

export type ClaimLevel = 'certain' | 'likely' | 'doubtful';

/** Weight from which on a claim has its level; what is below the last is not shown to the judge. */
const LEVELS: readonly (readonly [ClaimLevel, number])[] = [
  ['certain', 0.8],
  ['likely', 0.5],
  ['doubtful', 0.33],
];

/** The word for a claim's weight, undefined where it is too light to be told. A lone voice of two is doubtful. */
export function levelOf({ weight }: Pick<Claim, 'weight'>): ClaimLevel | undefined {
  return LEVELS.find(([, least]) => weight > least)?.[0];
}

const INSTRUCTION =
  'Write one description of the image from these claims. State what is certain or likely. ' +
  'Say of what is doubtful that it may be there. Add nothing.';

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** How the value of a claim of this kind is told; kinds that are not here stand alone. */
const VALUE_WORDS: Readonly<Partial<Record<ClaimKind, string>>> = {
  count: 'count ',
  relation: 'place ',
  text: 'text ',
  language: 'language ',
  translation: 'means ',
};

/**
 * The judge's user message. One line a subject, heaviest first, with what is said of it, heaviest first:
 * `dog: certain 3/3; count two likely 2/3; place top left certain 3/3`; then descriptions, cut to the budget.
 */
export function judgePrompt(input: JudgeInput, budget: JudgeBudget): string {
  const lines = subjects(input.claims)
    .slice(0, budget.maxSubjects)
    .map(({ subject, claims }) => subjectLine(subject, claims, input.modelCount));
  const shown = new Map<string, number>();
  const descriptions = input.descriptions.filter(({ modelName }) => {
    const count = (shown.get(modelName) ?? 0) + 1;
    shown.set(modelName, count);
    return count <= budget.maxDescriptionsPerModel;
  });
  return [
    INSTRUCTION,
    'Claims:',
    ...lines,
    'Descriptions:',
    ...descriptions.map(
      ({ modelName, text }) => `${modelName}: ${firstWords(text, budget.maxWordsPerDescription)}`,
    ),
  ].join('\n');
}

export interface SubjectClaims {
  readonly subject: string;
  /** Heaviest first; only those that have a level, and of values that exclude each other only the heaviest. */
  readonly claims: readonly Claim[];
}

/** Claims by subject: things by weight, then what is said of the picture as a whole. */
export function subjects(claims: readonly Claim[]): SubjectClaims[] {
  const told = claims
    .filter((claim) => levelOf(claim) !== undefined && !isDenial(claim))
    .sort((a, b) => b.weight - a.weight);
  const names = [...new Set(told.map(({ subject }) => subject))];
  return names
    .map((subject) => ({
      subject,
      claims: heaviest(told.filter((claim) => claim.subject === subject)),
    }))
    .filter(({ subject, claims: own }) => isFrame(subject) || own.some(isPresence))
    .sort((a, b) => Number(isFrame(a.subject)) - Number(isFrame(b.subject)));
}

/** Of one text and one background colour there is one too. */
function heaviest(claims: readonly Claim[]): Claim[] {
  const isOfOne = ({ kind, subject, value }: Claim): boolean =>
    kind === 'text' || (subject === 'background' && !BACKGROUND_KINDS.has(value));
  return claims.filter(
    (claim, index) =>
      !claims
        .slice(0, index)
        .some(
          (other) =>
            claim.contradicts.includes(other.id) ||
            (other.kind === claim.kind && isOfOne(other) && isOfOne(claim)),
        ),
  );
}

const isFrame = (subject: string): boolean =>
  subject === 'background' || subject === 'image' || subject === 'sign';

/** A place or colour alone does not say that the thing is there. */
const isPresence = ({ kind }: Claim): boolean => kind === 'object' || kind === 'count';

function subjectLine(subject: string, claims: readonly Claim[], modelCount: number): string {
  const presence = claims.find(({ kind }) => kind === 'object');
  const rest = claims.filter(({ kind }) => kind !== 'object');
  const parts = [
    ...(presence === undefined ? [] : [support(presence, modelCount)]),
    ...rest.map((claim) => `${told(claim)} ${support(claim, modelCount)}`),
  ];
  return `${subject}: ${parts.join('; ')}`;
}

function told({ kind, value }: Claim): string {
  const isQuoted = kind === 'text' || kind === 'translation';
  const word = kind === 'count' ? (NUMBERS[Number(value)] ?? value) : value;
  return `${VALUE_WORDS[kind] ?? ''}${isQuoted ? `"${word}"` : word}`;
}

function support(claim: Claim, modelCount: number): string {
  return `${levelOf(claim) ?? ''} ${String(claim.modelIds.length)}/${String(modelCount)}`;
}

function firstWords(text: string, limit: number): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return words.length <= limit ? words.join(' ') : `${words.slice(0, limit).join(' ')} …`;
}
