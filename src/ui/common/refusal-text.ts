import type { DeviceKind } from '../../models/hub-model';
import type { PlanRefusal } from '../../models/refusal';
import type { ErrorText } from './error-text';

const DEVICES: Readonly<Record<DeviceKind, string>> = {
  'webgpu-f16': 'WebGPU with 16-bit numbers',
  webgpu: 'WebGPU',
  wasm: 'CPU',
};

const FORMATS = {
  safetensors: 'Its weights are safetensors only, which browsers cannot run.',
  gguf: 'Its weights are GGUF only, which is made for other programs.',
  pytorch: 'Its weights are for PyTorch only, which browsers cannot run.',
  nothing: 'It has no weights.',
};

const FIND_ONNX =
  'Look for the same model with “ONNX” in its name, for example from onnx-community.';

type Code = PlanRefusal['code'];
type Told<C extends Code> = (refusal: Extract<PlanRefusal, { readonly code: C }>) => ErrorText;

const incomplete = ({ missing }: { readonly missing: readonly string[] }): ErrorText => ({
  what: `This repository is incomplete: it has no ${listed(missing)}.`,
  next: 'Look for another export of the same model.',
});

const TEXTS: { readonly [C in Code]: Told<C> } = {
  'not-a-model': () => ({
    what: 'This repository holds no model: it has no config.json and no weights.',
    next: 'Check the name.',
  }),
  'config-unreadable': () => ({
    what: 'The config.json of this repository does not say what kind of model it is.',
    next: 'If you use a mirror, check its address; else choose another repository.',
  }),
  'no-onnx': ({ found }) => ({ what: FORMATS[found], next: FIND_ONNX }),
  'unknown-architecture': ({ architecture }) => ({
    what: `Models of the kind “${architecture}” are not supported here.`,
    next: 'Choose one of the list, or another repository of a kind that is in it.',
  }),
  'no-tokenizer': incomplete,
  'no-processor': incomplete,
  'no-chat-template': () => ({
    what: 'This model has no chat template: it continues texts but does not answer.',
    next: 'Look for a version with “Instruct”, “it” or “chat” in its name.',
  }),
  'parts-missing': ({ missing }) => ({
    what: `Its ONNX files are made for another program, or do not suit this device: ${listed(missing)} is missing.`,
    next: FIND_ONNX,
  }),
  'external-data-missing': ({ missing }) => ({
    what: `This repository is incomplete: ${listed(missing)} is missing.`,
    next: 'Choose another precision, or another export of the same model.',
  }),
  'precision-not-offered': ({ precision, offered }) => ({
    what: `It is not offered as ${precision} for this device.`,
    next:
      offered.length === 0
        ? 'Choose another device in the settings.'
        : `Choose ${listed(offered, 'or')}.`,
  }),
  'precision-broken': ({ precision }) => ({
    what: `This model is known not to work as ${precision}.`,
    next: 'Choose another precision, or leave it to the app.',
  }),
  'device-not-supported': ({ runsOn }) => ({
    what: `This model runs on ${listed(
      runsOn.map((kind) => DEVICES[kind]),
      'or',
    )} only.`,
    next: 'Choose a smaller model, or another device in the settings.',
  }),
};

/** Why a repository can't be run, and what a person can do. */
export function refusalText(refusal: PlanRefusal): ErrorText {
  const told = TEXTS[refusal.code] as (of: PlanRefusal) => ErrorText;
  return told(refusal);
}

function listed(names: readonly string[], word = 'and'): string {
  const rest = names.slice(0, -1);
  const last = names.at(-1) ?? '';
  return rest.length === 0 ? last : `${rest.join(', ')} ${word} ${last}`;
}
