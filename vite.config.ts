import { svelte } from '@sveltejs/vite-plugin-svelte';
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

export default defineConfig({
  // Relative URLs: a static Space, a sub-folder and the root all work.
  base: './',
  define: { __VERSIONS__: JSON.stringify(VERSIONS) },
  plugins: [svelte()],
  resolve: { conditions },
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 1500 },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@huggingface/transformers', 'onnxruntime-web'] },
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
  test: {
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
