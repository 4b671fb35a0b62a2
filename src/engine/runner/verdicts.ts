import type { CheckedClaim } from '../../core/claims';
import { isChecked } from '../../core/judge-modes/is-checked';
import type { Run } from '../../core/run';
import { CheckPass } from './check-pass';
import type { Evidence, JudgeLane } from './judge-lane';

/** Takes every described image to its verdict: over the checks of its claims where the mode asks for them. */
export class Verdicts {
  /** Undefined where the judge goes by the descriptions alone. */
  readonly checks: CheckPass | undefined;
  readonly #judge: JudgeLane;
  readonly #evidence = new Map<string, Evidence>();
  readonly #asking: Promise<void>[] = [];
  readonly #run: Run;

  constructor(judge: JudgeLane, run: Run, signal: AbortSignal) {
    this.#judge = judge;
    this.#run = run;
    if (!run.images.some(({ id }) => isChecked(run, id))) return;
    const modelIds = run.models.map(({ id }) => id);
    this.checks = new CheckPass(modelIds, (id, checks) => this.#checked(id, checks), signal);
  }

  /** Of images that were described before: shows the verdicts that are saved, gives back the others. */
  async unjudged(described: readonly Evidence[]): Promise<Evidence[]> {
    const open: Evidence[] = [];
    for (const evidence of described) {
      if (await this.#judge.showSaved(evidence)) this.checks?.skip(evidence.image.id);
      else open.push(evidence);
    }
    return open;
  }

  /** Every model has said what it has to say about the image. */
  described(evidence: Evidence): void {
    const isAsked = isChecked(this.#run, evidence.image.id);
    if (this.checks === undefined || !isAsked || evidence.described.length === 0) {
      this.checks?.skip(evidence.image.id);
      this.#judge.add(evidence, []);
      return;
    }
    this.#evidence.set(evidence.image.id, evidence);
    this.#asking.push(this.#ask(this.checks, evidence));
  }

  /** Waits for the last verdict. @throws AppError when the run has to stop. */
  async finish(): Promise<void> {
    await Promise.all(this.#asking);
    await this.#judge.finish();
  }

  #checked(imageId: string, checks: readonly CheckedClaim[]): void {
    const evidence = this.#evidence.get(imageId);
    this.#evidence.delete(imageId);
    if (evidence !== undefined) this.#judge.add(evidence, checks);
  }

  /** Where the claims can't be read nothing is asked: the verdict goes by the descriptions, or fails for the same reason. */
  async #ask(checks: CheckPass, evidence: Evidence): Promise<void> {
    const questions = await this.#judge.questions(evidence).catch(() => []);
    checks.ask(evidence.image.id, questions);
  }
}
