import type { Claim } from '../../core/claims';
import type { TracedSentence } from '../../core/verdict';

/** Which sentence of the verdict is looked at, and the claims and sources behind it. */
export class LitClaims {
  readonly #claims: () => readonly Claim[];
  #hovered = $state.raw<TracedSentence | null>(null);
  #pinned = $state.raw<TracedSentence | null>(null);

  constructor(claims: () => readonly Claim[]) {
    this.#claims = claims;
  }

  readonly sentence: TracedSentence | null = $derived.by(() => this.#hovered ?? this.#pinned);

  readonly claims: readonly Claim[] = $derived.by(() => {
    const ids = this.sentence?.claimIds ?? [];
    return this.#claims().filter(({ id }) => ids.includes(id));
  });

  isPinned(sentence: TracedSentence): boolean {
    return this.#pinned === sentence;
  }

  hover(sentence: TracedSentence | null): void {
    this.#hovered = sentence;
  }

  pin(sentence: TracedSentence): void {
    this.#pinned = this.#pinned === sentence ? null : sentence;
  }

  has(claim: Claim): boolean {
    return this.claims.includes(claim);
  }

  /** Sentences of one description that stand behind what is lit. */
  sourcesIn(modelId: string, promptId: string): readonly string[] {
    return this.claims
      .flatMap(({ sources }) => sources)
      .filter((source) => source.modelId === modelId && source.promptId === promptId)
      .map(({ sentence }) => sentence);
  }
}
