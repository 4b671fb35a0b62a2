import { expect, test } from 'vitest';

import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { openCommand } from '../../../scripts/open-browser.mjs';
import { nodeProblem } from '../../../scripts/require-node.mjs';

const url = 'http://127.0.0.1:4173/';

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('Node %s is new enough', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test.each(['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
  'Node %s is not, and the sentence says what to install',
  (version) => {
    expect(nodeProblem(version)).toMatch(/20\.19 or later.*nodejs\.org/);
  },
);

test('the Chromium that CHROMIUM names is the only one looked for', () => {
  const env = { CHROMIUM: '/opt/chromium' };
  expect(findChromium(env, () => true)).toBe('/opt/chromium');
  expect(findChromium(env, (path) => path.startsWith('/usr/bin/'))).toBeUndefined();
});

test('without it the first usable one of the system is taken', () => {
  expect(findChromium({}, () => true)).toBe('/usr/bin/chromium');
  const isChrome = (path: string) => path === '/usr/bin/google-chrome';
  expect(findChromium({ CHROMIUM: '' }, isChrome)).toBe('/usr/bin/google-chrome');
  expect(findChromium({}, () => false)).toBeUndefined();
});

test('only the WebGPU lane asks for a software adapter', () => {
  expect(chromiumArgs({ webgpu: false })).toEqual(['--no-sandbox']);
  expect(chromiumArgs({ webgpu: true })).toContain('--use-webgpu-adapter=swiftshader');
});

test('the page is opened where there is a desktop, and never in CI', () => {
  expect(openCommand(url, {}, 'linux')).toBeUndefined();
  expect(openCommand(url, { DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open', [url]]);
  expect(openCommand(url, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux')?.[0]).toBe('xdg-open');
  expect(openCommand(url, {}, 'darwin')).toEqual(['open', [url]]);
  expect(openCommand(url, {}, 'win32')?.[1].at(-1)).toBe(url);
  expect(openCommand(url, { CI: 'true' }, 'darwin')).toBeUndefined();
});
