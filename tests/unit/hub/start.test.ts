import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

test('node starts the server by hand, and says where it is', { timeout: 60_000 }, async () => {
  const script = fileURLToPath(new URL('../../hub/start.mjs', import.meta.url));
  const args = [script, '--port', '0', '--folder', 'public/icons', '--id', 'local/icons'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  child.stdout.setEncoding('utf8');
  let said = '';
  for await (const text of child.stdout) {
    said += String(text);
    if (said.includes('Token: hf_test')) break;
  }
  const [url] = /http:\S+/.exec(said) ?? [];
  const answer = await fetch(`${url}/api/models/local/icons`);
  const { siblings } = (await answer.json()) as { siblings: { rfilename: string }[] };
  expect(siblings).toContainEqual({ rfilename: 'icon-192.png' });
  const gated = await fetch(`${url}/local/gated/resolve/main/config.json`);
  expect(gated.headers.get('x-error-code')).toBe('GatedRepo');
});
