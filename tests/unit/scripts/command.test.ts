import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test, vi } from 'vitest';

import { runCommand } from '../../../scripts/command.mjs';

const cwd = mkdtempSync(join(tmpdir(), 'command-'));
const node = process.execPath;

afterAll(() => {
  rmSync(cwd, { recursive: true });
});

function isRunning(pid: number): boolean {
  try {
    // A process that ended but was not yet collected by init still has its number, not its memory.
    return !readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test('the exit code of a command is its outcome', async () => {
  const outcome = await runCommand(node, ['-e', 'process.exit(7)'], { cwd });
  expect(outcome).toEqual({ code: 7, timedOut: false });
});

test('a command that is not there is an outcome too', async () => {
  expect(await runCommand('no-such-command', [], { cwd })).toEqual({ code: 127, timedOut: false });
});

test('a command gets its own variables beside those of this process', async () => {
  const script = 'process.exit(process.env.PATH && process.env.EXTRA === "yes" ? 0 : 1)';
  const outcome = await runCommand(node, ['-e', script], { cwd, env: { EXTRA: 'yes' } });
  expect(outcome.code).toBe(0);
});

test.runIf(process.platform === 'linux')(
  'a command over its limit ends with all that it started, even if it will not',
  async () => {
    const script = 'trap "" INT; sleep 60 & echo $! > pid; wait';
    const outcome = await runCommand('sh', ['-c', script], { cwd, limitMs: 500, graceMs: 100 });
    expect(outcome).toEqual({ code: 1, timedOut: true });
    const pidFile = join(cwd, 'pid');
    expect(existsSync(pidFile)).toBe(true);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => {
      expect(isRunning(pid)).toBe(false);
    });
  },
);
