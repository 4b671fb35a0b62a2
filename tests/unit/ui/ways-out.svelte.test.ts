import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Offer } from '../../../src/state/ways-out.svelte';
import { wayOutLabel, wayOutText } from '../../../src/ui/gallery/way-out-text';
import WaysOut from '../../../src/ui/gallery/WaysOut.svelte';
import { run as runOf } from '../core/fake-run';

afterEach(cleanup);

const OFFER: Offer = {
  model: { id: 'embedded/mini-moondream', revision: 'r', precision: 'q8' },
  role: 'vision',
  error: { code: 'out-of-memory', detail: 'std::bad_alloc' },
  way: { precision: 'q4', device: 'webgpu', bytes: 1.2e9, fit: { kind: 'yes' } },
};
const run = runOf({ device: 'webgpu' });

test('says what happened, and the button takes the way', async () => {
  const take = vi.fn();
  render(WaysOut, { waysOut: { offers: [OFFER], take }, run });
  expect(
    screen.getByText(
      'This device ran out of memory for Mini Moondream. It can go on as q4, 1.2 GB, on the graphics device; what is finished stays as it is.',
    ),
  ).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Go on with q4' }));
  expect(take).toHaveBeenCalledExactlyOnceWith(OFFER);
});

test('without a way there is a sentence and no button', () => {
  const offer = { ...OFFER, way: undefined };
  render(WaysOut, { waysOut: { offers: [offer], take: vi.fn() }, run });
  expect(screen.getByText(/no other form for this device: close other tabs/u)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test.each([
  ['q8', 'webgpu', 'q4', 'webgpu', 'Go on with q4'],
  ['q8', 'webgpu', 'q8', 'wasm', 'Go on on the CPU'],
  ['q4f16', 'webgpu', 'q8', 'wasm', 'Go on with q8 on the CPU'],
  ['q8', 'wasm', 'q4', 'webgpu', 'Go on with q4 on WebGPU'],
] as const)('from %s on %s to %s on %s: “%s”', (precision, device, to, on, label) => {
  expect(wayOutLabel({ precision, device }, { precision: to, device: on })).toBe(label);
});

test('each failure has its sentence', () => {
  const text = (code: Offer['error']['code']) =>
    wayOutText('M', code, OFFER.model, { ...OFFER.way!, precision: 'q8', device: 'wasm' });
  expect(text('device-lost')).toBe(
    'The browser took the graphics device away from M, twice. It can go on as q8, on the CPU; what is finished stays as it is.',
  );
  expect(text('model-broken')).toMatch(/^M could not be started on this device\. It can go on/u);
});
