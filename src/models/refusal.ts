import type { DeviceKind } from './hub-model';
import type { Precision } from './spec';

/** Why a repository, or one precision of it, can't be run, with the facts that a sentence needs. */
export type PlanRefusal =
  | { readonly code: 'not-a-model' }
  | { readonly code: 'config-unreadable' }
  | { readonly code: 'no-onnx'; readonly found: 'safetensors' | 'gguf' | 'pytorch' | 'nothing' }
  | { readonly code: 'unknown-architecture'; readonly architecture: string }
  | { readonly code: 'no-tokenizer'; readonly missing: readonly string[] }
  | { readonly code: 'no-processor'; readonly missing: readonly string[] }
  | { readonly code: 'no-chat-template' }
  | { readonly code: 'parts-missing'; readonly missing: readonly string[] }
  | { readonly code: 'external-data-missing'; readonly missing: readonly string[] }
  | {
      readonly code: 'precision-not-offered';
      readonly precision: Precision;
      readonly offered: readonly Precision[];
    }
  | { readonly code: 'precision-broken'; readonly precision: Precision }
  | { readonly code: 'device-not-supported'; readonly runsOn: readonly DeviceKind[] };

export type Planned<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: PlanRefusal };

export function refuse(refusal: PlanRefusal): {
  readonly ok: false;
  readonly refusal: PlanRefusal;
} {
  return { ok: false, refusal };
}
