import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import packageJson from './package.json' with { type: 'json' };

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** What a run's manifest says it was made with. */
const VERSIONS = {
  app: packageJson.version,
  transformers: packageJson.dependencies['@huggingface/transformers'],
  onnxruntime: packageJson.dependencies['onnxruntime-web'],
};

/** onnxruntime-web then loads its glue from where `workers/engine/runtime.ts` says, and Vite emits it once. */
const conditions = [
  'onnxruntime-web-use-extern-wasm',
  'browser',
  'module',
  'import',
  'development|production',
];

/**
 * The installed app: its shell, the samples and onnxruntime's CPU build are there before they are needed. The build for
 * WebGPU (27 MB) is kept once it was used. Weights are never here: they have a store of their own.
 */
const pwa = VitePWA({
  registerType: 'prompt',
  injectRegister: false,
  includeManifestIcons: false,
  manifest: {
    id: './',
    name: 'VLM Image Analysis',
    short_name: 'VLM Images',
    description: packageJson.description,
    start_url: './',
    scope: './',
    display: 'standalone',
    theme_color: '#3457d5',
    background_color: '#f5f6f8',
    categories: ['photo', 'productivity', 'utilities'],
    // Opened with the installed app: pictures and ZIPs come to the window that is open already.
    launch_handler: { client_mode: ['focus-existing', 'auto'] },
    file_handlers: [
      {
        action: './',
        accept: {
          'image/png': ['.png', '.apng'],
          'image/jpeg': ['.jpg', '.jpeg'],
          'image/webp': ['.webp'],
          'image/gif': ['.gif'],
          'image/bmp': ['.bmp'],
          'image/avif': ['.avif'],
          'image/tiff': ['.tif', '.tiff'],
          'image/heic': ['.heic', '.heif'],
          'application/zip': ['.zip'],
        },
      },
    ],
    // Answered by the service worker alone, in public/share-target.js.
    share_target: {
      action: './share',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: {
        text: 'text',
        url: 'url',
        files: [{ name: 'pictures', accept: ['image/*', 'application/zip', '.zip'] }],
      },
    },
    icons: [
      { src: './icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: './icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,mjs,css,svg,png,jpg,json,webmanifest}', '**/*threaded-*.wasm'],
    globIgnores: ['models/**'],
    importScripts: ['./share-target.js'],
    maximumFileSizeToCacheInBytes: 20 * 1024 * 1024,
    // A first visit is under its service worker at once; a later version waits until it is asked for.
    clientsClaim: true,
    runtimeCaching: [
      {
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith('.wasm'),
        handler: 'CacheFirst',
        options: { cacheName: 'onnxruntime', expiration: { maxEntries: 2 } },
      },
    ],
  },
});

export default defineConfig({
  // Relative URLs: a static Space, a sub-folder and the root all work.
  base: './',
  define: { __VERSIONS__: JSON.stringify(VERSIONS) },
  plugins: [svelte(), pwa],
  resolve: { conditions },
  build: {
    target: 'es2023',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  worker: { format: 'es', rolldownOptions: { checks: { bundlerTimings: false } } },
  optimizeDeps: { exclude: ['@huggingface/transformers', 'onnxruntime-web'] },
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
  test: {
    // Some read megabytes; a machine that does something else beside is slow.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          exclude: ['tests/unit/**/*.svelte.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'runes',
          environment: 'happy-dom',
          include: ['tests/unit/**/*.svelte.test.ts'],
        },
      },
    ],
  },
});
