import type { ClaimKind } from '../../claims';
import {
  evidenceOf,
  fromLogOdds,
  logOdds,
  NEUTRAL,
  type KindCalibration,
  type ModelCalibration,
  type Stance,
  type StanceEvidence,
} from '../calibration';
import type { Calibrations } from '../weigh';
import { fitted, type Row } from './logistic';
import { WORTH, type ModelStance, type Observation } from './observe';

const STANCES: readonly Stance[] = ['certain', 'hedged', 'rival', 'silent'];

/** Claims of one stance that the neutral value counts for: few verdicts move little. */
const PRIOR_CLAIMS = 50;

/** An answer whose worth the prior is about: a yes of 0.9, a no of 0.1. */
const FIRM_YES = logOdds(0.9);

/**
 * What the words of models are worth, by the captions that a person has accepted: for each kind of claim the evidence of every
 * stance, in log odds, under which the models' evidence, added up as `weighClaims` does, comes nearest to what the captions say.
 *
 * Where one model speaks this is the share of its claims that were right, counted with `PRIOR_CLAIMS` more of which as many are right
 * as `NEUTRAL` says: the mean of a Beta posterior. Where several speak of the same, their shares would count what they have
 * in common once for each, so they are fitted together: a logistic regression (stacking: Wolpert 1992), as that which the
 * embedded models' calibrations come from, with those claims as prior (data augmentation prior: Bedrick, Christensen and Johnson
 * 1996). It has one solution, and a finite one, whatever the captions say.
 * @param measured models that have a calibration: theirs counts as it is, and is not learned
 */
export function learnedFrom(
  observations: readonly Observation[],
  measured: Calibrations,
): Calibrations {
  const found = new Map<string, Partial<Record<ClaimKind, KindCalibration>>>();
  for (const kind of new Set(observations.map((each) => each.kind))) {
    const own = observations.filter((each) => each.kind === kind);
    for (const [modelId, calibration] of kindOf(own, kind, measured))
      found.set(modelId, { ...found.get(modelId), [kind]: calibration });
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Calibrations of all models that are not measured and speak, or are silent, of claims of one kind. */
function kindOf(
  observations: readonly Observation[],
  kind: ClaimKind,
  measured: Calibrations,
): (readonly [modelId: string, KindCalibration])[] {
  const isOpen = ({ modelId, stance }: ModelStance): boolean =>
    measured[modelId] === undefined && stance !== 'absent';
  const modelIds = [
    ...new Set(
      observations.flatMap(({ stances }) => stances.filter(isOpen)).map((one) => one.modelId),
    ),
  ];
  const known = (modelId: string): KindCalibration | undefined => measured[modelId]?.[kind];
  const said = saidOf(observations, modelIds, known, measured);
  const checked = checkedOf(observations, modelIds, said, known, measured);
  return modelIds.map((modelId, at) => {
    const own = said[at] ?? NEUTRAL.said;
    return [modelId, { said: rounded(own), checked: checked[at] ?? NEUTRAL.checked }];
  });
}

type Known = (modelId: string) => KindCalibration | undefined;

/** Where nobody is asked. */
function saidOf(
  observations: readonly Observation[],
  modelIds: readonly string[],
  known: Known,
  measured: Calibrations,
): StanceEvidence[] {
  const rows = new Rows();
  for (const observation of observations) {
    let offset = 0;
    const terms: [number, number][] = [];
    for (const { modelId, stance } of observation.stances) {
      if (measured[modelId] !== undefined) offset += evidenceOf(known(modelId), stance, undefined);
      else if (stance !== 'absent')
        terms.push([modelIds.indexOf(modelId) * STANCES.length + STANCES.indexOf(stance), 1]);
    }
    if (terms.length > 0) rows.add(terms, offset, observation);
  }
  const start = modelIds.flatMap(() => STANCES.map((stance) => NEUTRAL.said[stance]));
  start.forEach((weight, at) => rows.addPrior(at, weight, 1));
  const weights = fitted(rows.all, start);
  return modelIds.map((_, at) => evidenceFrom(weights.slice(at * STANCES.length)));
}

/** As many for each model: its stances, then what its yes and its no are multiplied by. */
const WIDTH = STANCES.length + 2;

/** Where models are asked too. Those that were not, in a picture where others were, count by what they say alone. */
function checkedOf(
  observations: readonly Observation[],
  modelIds: readonly string[],
  said: readonly StanceEvidence[],
  known: Known,
  measured: Calibrations,
): (Required<KindCalibration>['checked'] | undefined)[] {
  const rows = new Rows();
  for (const observation of observations) {
    let offset = 0;
    const terms: [number, number][] = [];
    for (const { modelId, stance, answer } of observation.stances) {
      const at = modelIds.indexOf(modelId);
      const own = said[at];
      if (measured[modelId] !== undefined) offset += evidenceOf(known(modelId), stance, answer);
      else if (answer === undefined && own !== undefined)
        offset += evidenceOf({ said: own }, stance, undefined);
      else if (answer !== undefined && at >= 0) {
        const odds = logOdds(answer.yes);
        if (stance !== 'absent') terms.push([at * WIDTH + STANCES.indexOf(stance), 1]);
        terms.push([at * WIDTH + STANCES.length + (odds > 0 ? 0 : 1), odds]);
      }
    }
    if (terms.length > 0) rows.add(terms, offset, observation);
  }
  if (rows.all.length === 0) return modelIds.map(() => undefined);
  const { said: neutral, check } = NEUTRAL.checked;
  const own = [...STANCES.map((stance) => neutral[stance]), check.yes, check.no];
  const factors = [...STANCES.map(() => 1), FIRM_YES, -FIRM_YES];
  const start = modelIds.flatMap(() => own);
  start.forEach((weight, at) => rows.addPrior(at, weight, factors[at % WIDTH] ?? 1));
  const weights = fitted(rows.all, start);
  return modelIds.map((_, at) => {
    const [yes = 0, no = 0] = weights.slice(at * WIDTH + STANCES.length, (at + 1) * WIDTH);
    return {
      said: rounded(evidenceFrom(weights.slice(at * WIDTH))),
      // An answer is worth nothing at least: it never counts for its opposite.
      check: { ...check, yes: round(Math.max(0, yes)), no: round(Math.max(0, no)) },
    };
  });
}

/** Rows of a regression; those that look alike are one. */
class Rows {
  readonly #rows = new Map<string, Row>();

  get all(): readonly Row[] {
    return [...this.#rows.values()];
  }

  add(terms: Row['terms'], offset: number, { isTrue, worth }: Observation): void {
    const key = JSON.stringify([terms, offset]);
    const { yes, no } = this.#rows.get(key) ?? { yes: 0, no: 0 };
    this.#rows.set(key, {
      terms,
      offset,
      yes: yes + (isTrue ? worth : 0),
      no: no + (isTrue ? 0 : worth),
    });
  }

  /** So many claims that say of one weight what it is without any. */
  addPrior(at: number, weight: number, factor: number): void {
    const yes = PRIOR_CLAIMS * fromLogOdds(weight * factor);
    this.#rows.set(`prior ${String(at)}`, {
      terms: [[at, factor]],
      offset: 0,
      yes,
      no: PRIOR_CLAIMS - yes,
    });
  }
}

function evidenceFrom([
  certain = 0,
  hedged = 0,
  rival = 0,
  silent = 0,
]: readonly number[]): StanceEvidence {
  return { certain, hedged, rival, silent };
}

function rounded({ certain, hedged, rival, silent }: StanceEvidence): StanceEvidence {
  return {
    certain: round(certain),
    hedged: round(hedged),
    rival: round(rival),
    silent: round(silent),
  };
}

/** A thousandth of a log odd is nothing, and makes a short file. */
const round = (weight: number): number => Math.round(weight * 1000) / 1000;

/** What accepted captions say of a model, for people. */
export interface Tally {
  /** Claims of the model that the captions make too. */
  readonly right: number;
  /** Claims that they exclude, or that somebody has struck out. */
  readonly wrong: number;
  /** Claims that they leave out. */
  readonly open: number;
  /** How much more its word counts than that of a model that nobody knows, in log odds; less where below zero. */
  readonly gain: number;
}

/** How often each model that is not measured was right. */
export function tallies(
  observations: readonly Observation[],
  learned: Calibrations,
): Readonly<Record<string, Tally>> {
  const sums = new Map<string, { right: number; wrong: number; open: number; gain: number }>();
  for (const { kind, isTrue, worth, stances } of observations) {
    for (const { modelId, stance } of stances) {
      const calibration: ModelCalibration | undefined = learned[modelId];
      if (calibration === undefined || (stance !== 'certain' && stance !== 'hedged')) continue;
      const sum = sums.get(modelId) ?? { right: 0, wrong: 0, open: 0, gain: 0 };
      if (isTrue) sum.right += 1;
      else if (worth < WORTH.struckOut) sum.open += 1;
      else sum.wrong += 1;
      sum.gain += (calibration[kind]?.said.certain ?? NEUTRAL.said.certain) - NEUTRAL.said.certain;
      sums.set(modelId, sum);
    }
  }
  return Object.fromEntries(
    [...sums].map(([id, sum]) => {
      const all = sum.right + sum.wrong + sum.open;
      return [id, { ...sum, gain: round(sum.gain / all) }];
    }),
  );
}
