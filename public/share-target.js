/**
 * Part of the service worker: takes what other apps share with the installed one. A shared picture comes as a form that is posted,
 * which no static server answers; it is put into a cache that the page empties when it opens (src/pwa/arrivals.ts).
 * It must do without the network, and without anything else of the app.
 */
(() => {
  const CACHE = 'shared-with-this-app';
  const scope = /** @type {any} */ (self).registration.scope;
  const target = new URL('share', scope).href;

  self.addEventListener('fetch', (event) => {
    const { request } = /** @type {any} */ (event);
    if (request.method !== 'POST' || request.url.split('?')[0] !== target) return;
    /** @type {any} */ (event).respondWith(
      keep(request)
        // Whatever went wrong, the app opens.
        .catch(() => undefined)
        .then(() => Response.redirect(new URL('./?shared', scope).href, 303)),
    );
  });

  /** @param {Request} request */
  async function keep(request) {
    const form = await request.formData();
    const cache = await caches.open(CACHE);
    const stamp = String(Date.now());
    let place = 0;
    /** @param {BodyInit} body @param {Record<string, string>} headers */
    const put = (body, headers) => {
      place += 1;
      const key = new URL(`share/${stamp}-${String(place)}`, scope).href;
      return cache.put(key, new Response(body, { headers }));
    };
    for (const file of form.getAll('pictures')) {
      if (!(file instanceof File)) continue;
      await put(file, {
        'Content-Type': file.type,
        'X-Name': encodeURIComponent(file.name),
        'X-Modified': String(file.lastModified),
      });
    }
    // A shared link comes as one of these, whichever the other app thinks fit.
    for (const field of ['url', 'text']) {
      const text = form.get(field);
      if (typeof text === 'string' && text !== '') await put(text, { 'X-Text': 'yes' });
    }
  }
})();
