import { describe, expect, test } from 'vitest';
import { Turns } from '../../../../workers/engine/turn';

describe('a turn', () => {
  test('ends as its work does', async () => {
    const turns = new Turns();
    await expect(turns.take(() => Promise.resolve(7))).resolves.toBe(7);
    await expect(turns.take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  test('that is interrupted ends as aborted, also where its work came to an end', async () => {
    const turns = new Turns();
    let finish: (value: string) => void = () => undefined;
    const call = turns.take((turn) => {
      expect(turn.criteria.interrupted).toBe(false);
      return new Promise<string>((resolve) => {
        finish = resolve;
      });
    });
    turns.interrupt();
    finish('half an answer');
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
  });

  test('that begins after an interruption knows nothing of it', async () => {
    const turns = new Turns();
    turns.interrupt();
    await expect(turns.take(() => Promise.resolve('whole'))).resolves.toBe('whole');
  });
});
