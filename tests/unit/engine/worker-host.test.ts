import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError, type Reply } from '../../../src/core/errors';
import { WorkerHost } from '../../../src/engine/worker-host';

interface Echo {
  echo(value: string): Promise<Reply<string>>;
  refuse(): Promise<Reply<string>>;
  crash(): Promise<Reply<string>>;
  hang(): Promise<Reply<string>>;
}

const ENGINE: Echo = {
  echo: (value) => Promise.resolve({ ok: true, value }),
  refuse: () => Promise.resolve({ ok: false, error: { code: 'weights-missing', detail: 'x' } }),
  crash: () => Promise.reject(new TypeError('bug')),
  hang: () => new Promise(() => undefined),
};

/** Locks by name: a request waits until the one before it lets go. */
class FakeLocks {
  readonly #held = new Map<string, Promise<unknown>>();

  request<T>(name: string, callback: () => T | Promise<T>): Promise<T> {
    const turn = (this.#held.get(name) ?? Promise.resolve()).then(callback);
    this.#held.set(name, turn);
    return turn;
  }
}

/** A worker's page side on a MessageChannel; its other end answers as ENGINE until it is terminated. */
class FakeWorker extends EventTarget {
  readonly #port: MessagePort;
  terminated = false;

  constructor() {
    super();
    const { port1, port2 } = new MessageChannel();
    expose({ ...ENGINE, holdLifeline: (name: string) => this.#holdLifeline(name) }, port2);
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) =>
      this.dispatchEvent(new MessageEvent('message', { data }));
  }

  postMessage(data: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(data, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.#port.close();
  }

  /** Ends without a word, as when the browser takes its memory. */
  vanish: () => void = () => undefined;

  #holdLifeline(name: string): Promise<void> {
    return new Promise((resolve) => {
      void locks?.request(name, () => {
        resolve();
        return new Promise<void>((end) => {
          this.vanish = end;
        });
      });
    });
  }

  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

let locks: FakeLocks | undefined;
let workers: FakeWorker[];
let host: WorkerHost<Echo>;

beforeEach(() => {
  locks = new FakeLocks();
  vi.stubGlobal('navigator', { locks });
  workers = [];
  host = new WorkerHost<Echo>(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
});

afterEach(() => {
  host.stop();
  vi.unstubAllGlobals();
});

describe('WorkerHost', () => {
  test('starts no worker before the first call, and one for many', async () => {
    expect(workers).toHaveLength(0);
    expect(host.alive).toBe(false);
    expect(
      await Promise.all([host.call((r) => r.echo('a')), host.call((r) => r.echo('b'))]),
    ).toEqual(['a', 'b']);
    expect(workers).toHaveLength(1);
    expect(host.alive).toBe(true);
  });

  test('throws an error that came as data, and the worker lives on', async () => {
    await expect(host.call((r) => r.refuse())).rejects.toEqual(
      new AppError('weights-missing', 'x'),
    );
    expect(workers[0]!.terminated).toBe(false);
    expect(await host.call((r) => r.echo('still here'))).toBe('still here');
  });

  test('a rejection that is no reply means that the worker is broken', async () => {
    await expect(host.call((r) => r.crash())).rejects.toMatchObject({ code: 'worker-died' });
  });

  test('an abort settles the call at once and terminates the worker', async () => {
    const controller = new AbortController();
    const call = host.call((r) => r.hang(), controller.signal);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(workers[0]!.terminated).toBe(true);
    expect(host.alive).toBe(false);
  });

  test('an abort settles the other calls of the worker too', async () => {
    const controller = new AbortController();
    const calls = [host.call((r) => r.hang(), controller.signal), host.call((r) => r.hang())];
    controller.abort();
    const settled = await Promise.allSettled(calls);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('an aborted signal starts nothing', async () => {
    await expect(host.call((r) => r.echo('a'), AbortSignal.abort())).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(workers).toHaveLength(0);
  });

  test('an abort after the reply leaves the worker alone', async () => {
    const controller = new AbortController();
    await host.call((r) => r.echo('a'), controller.signal);
    controller.abort();
    expect(workers[0]!.terminated).toBe(false);
  });

  test('a worker’s error settles every pending call with what it says', async () => {
    const calls = [host.call((r) => r.hang()), host.call((r) => r.hang())];
    workers[0]!.fail('Script error.');
    const settled = await Promise.allSettled(calls);
    for (const each of settled) {
      expect(each).toMatchObject({
        status: 'rejected',
        reason: { code: 'worker-died', detail: 'Script error.' },
      });
    }
    expect(workers[0]!.terminated).toBe(true);
  });

  test('an unreadable message settles every pending call', async () => {
    const call = host.call((r) => r.hang());
    workers[0]!.dispatchEvent(new Event('messageerror'));
    await expect(call).rejects.toMatchObject({ code: 'worker-died' });
  });

  test.each([
    ['stop', () => host.stop()],
    ['a crash', () => workers[0]!.fail('x')],
  ])('a call after %s starts a new worker', async (_, end) => {
    await host.call((r) => r.echo('a'));
    end();
    expect(host.alive).toBe(false);
    expect(await host.call((r) => r.echo('b'))).toBe('b');
    expect(workers).toHaveLength(2);
  });

  test('stop settles what is pending, with the code it is given', async () => {
    const call = host.call((r) => r.hang());
    host.stop('worker-died', 'idle');
    await expect(call).rejects.toEqual(new AppError('worker-died', 'idle'));
  });

  test('stop without a worker does nothing', () => {
    host.stop();
    expect(workers).toHaveLength(0);
  });

  test('a worker that vanishes without a word settles every pending call', async () => {
    await host.call((r) => r.echo('a'));
    const call = host.call((r) => r.hang());
    workers[0]!.vanish();
    await expect(call).rejects.toMatchObject({ code: 'worker-died' });
    expect(await host.call((r) => r.echo('b'))).toBe('b');
    expect(workers).toHaveLength(2);
  });

  test('a stopped worker’s end leaves the next one alone', async () => {
    await host.call((r) => r.echo('a'));
    host.stop();
    await host.call((r) => r.echo('b'));
    workers[0]!.vanish();
    expect(await host.call((r) => r.echo('c'))).toBe('c');
    expect(workers).toHaveLength(2);
  });

  test('a call that needs a running worker fails when it died between two calls', async () => {
    await host.call((r) => r.echo('loaded'));
    workers[0]!.fail('gone');
    await expect(host.callRunning((r) => r.echo('a'))).rejects.toMatchObject({
      code: 'worker-died',
    });
    expect(workers).toHaveLength(1);
  });

  test('a late error of a stopped worker leaves the next one alone', async () => {
    await host.call((r) => r.echo('a'));
    host.stop();
    const call = host.call((r) => r.echo('b'));
    workers[0]!.fail('too late');
    expect(await call).toBe('b');
    expect(workers[1]!.terminated).toBe(false);
  });

  test('works where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {});
    expect(await host.call((r) => r.echo('a'))).toBe('a');
  });
});
