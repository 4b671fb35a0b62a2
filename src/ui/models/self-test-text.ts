import type { Degenerate } from '../../core/degenerate-kind';
import type { Device } from '../../core/run';
import type { SelfTestResult } from '../../core/self-test';

const SAID: Readonly<Record<Degenerate, string>> = {
  empty: 'said nothing',
  repeated: 'said the same over and over',
  'replacement-characters': 'said what is no text',
  'no-letters': 'said only marks',
};

/** What a failed test means and what to do; empty where it passed. */
export function selfTestText({ outcome }: SelfTestResult, device: Device): string {
  switch (outcome.kind) {
    case 'passed':
      return '';
    case 'degenerate':
      return `Asked about a test picture on this device, it ${SAID[outcome.why]}. ${next(device)}`;
    case 'different':
      return `About a test picture it says something else on this graphics device than on the CPU. ${next(device)}`;
    case 'unusable':
      return `Its verdict on a simple test could not be used: ${outcome.why} ${next(device)}`;
  }
}

function next(device: Device): string {
  return device === 'webgpu'
    ? 'Choose another precision or CPU in the settings.'
    : 'Choose another precision in the settings, or another model.';
}
