import { registerSW } from 'virtual:pwa-register';

/**
 * Makes the page work without a network. A newer version is fetched in the background and offered: `apply` reloads into it.
 * Where the browser has no service worker, or forbids it, the page works as long as its server does.
 */
export function registerApp(onUpdate: (apply: () => void) => void): void {
  let isOffered = false;
  const apply = registerSW({
    // Where the browser denies it the page works as long as its server does.
    onRegisterError: () => undefined,
    // Called for the waiting version and again when it is found, so more than once for one version.
    onNeedRefresh: () => {
      if (isOffered) return;
      isOffered = true;
      onUpdate(() => {
        // The library reloads only pages that were under a service worker from their start on: a first visit is not.
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
          once: true,
        });
        void apply(true);
      });
    },
  });
}
