import { afterEach, describe, expect, test, vi } from 'vitest';
import { siteAnswers } from '../../../src/sources/site-answers';
import { fetchPicture, picturesOfWeb, type Web } from '../../../src/sources/web-pictures';
import { listed } from './fake-folder';

const ADDRESS = 'https://x.example/a.png';

function web(answer: () => Response | Promise<Response>, other: Partial<Web> = {}): Web {
  return {
    fetch: async () => answer(),
    pageProtocol: 'https:',
    isOnline: () => true,
    answers: () => Promise.resolve(false),
    ...other,
  };
}

const fails = () => {
  throw new TypeError('Failed to fetch');
};
const status = (code: number) => () => new Response('x', { status: code });
const typed =
  (type: string, headers = {}) =>
  () =>
    new Response('x', { headers: { 'content-type': type, ...headers } });

/** A body of so many megabytes, of which it is told how many were taken. */
function large(megabytes: number) {
  const taken = { megabytes: 0 };
  const body = new ReadableStream({
    pull(controller) {
      taken.megabytes += 1;
      controller.enqueue(new Uint8Array(1024 ** 2));
      if (taken.megabytes === megabytes) controller.close();
    },
  });
  return { taken, response: () => new Response(body) };
}

describe('a picture on the web', () => {
  test('comes with the type that the site says, and without cookies', async () => {
    const asked: (RequestInit | undefined)[] = [];
    const blob = await fetchPicture(ADDRESS, {
      ...web(fails),
      fetch: (_, init) => {
        asked.push(init);
        return Promise.resolve(typed('image/png')());
      },
    });
    expect([blob.size, blob.type]).toEqual([1, 'image/png']);
    expect(asked).toMatchObject([{ credentials: 'omit', referrerPolicy: 'no-referrer' }]);
  });

  test.each<[string, Web]>([
    ['url-not-found', web(status(404))],
    ['url-not-found', web(status(410))],
    ['url-refused', web(status(403))],
    ['url-failing', web(status(500))],
    ['url-page', web(typed('text/html; charset=utf-8'))],
    ['url-too-large', web(typed('image/png', { 'content-length': '300000000' }))],
    ['url-unreachable', web(fails)],
    ['url-forbidden', web(fails, { answers: () => Promise.resolve(true) })],
    ['url-offline', web(fails, { isOnline: () => false, answers: () => Promise.resolve(true) })],
  ])('%s', async (code, site) => {
    await expect(fetchPicture(ADDRESS, site)).rejects.toMatchObject({ code });
  });

  test('is not asked for over http: from a secure page', async () => {
    const site = web(() => Promise.reject(new Error('asked')));
    await expect(fetchPicture('http://x.example/a.png', site)).rejects.toMatchObject({
      code: 'url-insecure',
    });
  });

  test('is stopped when it gets too large, whatever the site has said', async () => {
    const { taken, response } = large(400);
    await expect(fetchPicture(ADDRESS, web(response))).rejects.toMatchObject({
      code: 'url-too-large',
    });
    expect(taken.megabytes).toBeLessThan(262);
  });

  test('that stalls is given up', async () => {
    vi.useFakeTimers();
    const never = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const given = expect(
      fetchPicture(ADDRESS, { ...web(fails), fetch: never }),
    ).rejects.toMatchObject({ code: 'url-unreachable' });
    await vi.advanceTimersByTimeAsync(31_000);
    await given;
    vi.useRealTimers();
  });

  test('that is written out in its address needs no site', async () => {
    const address = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    const [candidate] = await listed(picturesOfWeb([address], { ...web(fails), fetch }));
    expect(candidate).toMatchObject({ name: 'picture.gif', source: { kind: 'copy' } });
    expect(candidate!.id).toMatch(/^url:data:[0-9a-f]{16}$/u);
    expect((await candidate!.open()).size).toBe(14);
    const [bad] = await listed(
      picturesOfWeb(['data:image/gif;base64,%%%'], { ...web(fails), fetch }),
    );
    await expect(bad!.open()).rejects.toMatchObject({ code: 'image-not-an-image' });
  });
});

describe('whether a site answers', () => {
  afterEach(() => vi.unstubAllGlobals());

  const observing = (blockedURL: string | undefined) =>
    class {
      readonly #tell: (reports: readonly unknown[]) => void;
      constructor(tell: (reports: readonly unknown[]) => void) {
        this.#tell = tell;
      }
      observe() {
        if (blockedURL !== undefined)
          setTimeout(() => this.#tell([{ body: { toJSON: () => ({ blockedURL }) } }]), 20);
      }
      disconnect() {
        // Nothing to let go of.
      }
    };

  test.each([
    ['an opaque answer is one', () => Promise.resolve(new Response()), undefined, true],
    ['a failure is none', fails, undefined, false],
    ['one that the browser reports to have withheld is one', fails, `${ADDRESS}?x`, true],
    ['a report on another site says nothing', fails, 'https://y.example/', false],
  ])('%s', async (_, answer, blocked, isThere) => {
    vi.stubGlobal('fetch', async () => answer());
    vi.stubGlobal('ReportingObserver', observing(blocked));
    expect(await siteAnswers(ADDRESS)).toBe(isThere);
  });
});
