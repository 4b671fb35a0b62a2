import { registerSW } from 'virtual:pwa-register';

/** A waiting version that was told to take over is told again after so long, in ms: it may have been ended before it heard. */
const TELL_AGAIN_MS = 1000;

/**
 * Makes the page work without a network. A newer version is fetched in the background and offered: `apply` reloads into it.
 * Where the browser has no service worker, or forbids it, the page works as long as its server does.
 */
export function registerApp(onUpdate: (apply: () => void) => void): void {
  let isOffered = false;
  let registration: ServiceWorkerRegistration | undefined;
  const apply = registerSW({
    onRegisteredSW: (_, found) => {
      registration = found;
    },
    // Where the browser denies it the page works as long as its server does.
    onRegisterError: () => undefined,
    // Called for the waiting version and again when it is found, so more than once for one version.
    onNeedRefresh: () => {
      if (isOffered) return;
      isOffered = true;
      onUpdate(() => {
        const telling = setInterval(
          () => registration?.waiting?.postMessage({ type: 'SKIP_WAITING' }),
          TELL_AGAIN_MS,
        );
        // The library reloads only pages that were under a service worker from their start on: a first visit is not.
        const reload = () => {
          clearInterval(telling);
          location.reload();
        };
        navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
        void apply(true);
      });
    },
  });
}
