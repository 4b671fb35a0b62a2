import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Folders of `src` from the top down: each imports only what stands further right. */
const LAYERS = {
  ui: [],
  state: ['ui'],
  engine: ['ui', 'state', 'sources', 'exports', 'evaluation'],
  sources: ['ui', 'state', 'engine', 'exports', 'evaluation'],
  exports: ['ui', 'state', 'engine', 'sources', 'evaluation'],
  evaluation: ['ui', 'state', 'engine', 'sources', 'exports'],
  storage: ['ui', 'state', 'engine', 'sources', 'exports', 'evaluation'],
  models: ['ui', 'state', 'engine', 'sources', 'exports', 'evaluation', 'storage'],
  core: ['ui', 'state', 'engine', 'sources', 'exports', 'evaluation', 'storage', 'models'],
};

const SPAWN_ONLY = {
  regex: '(^|/)workers/',
  message: 'Only engine/spawn.ts names worker files, and only by URL.',
};

const layerRules = Object.entries(LAYERS).map(([layer, forbidden]) => ({
  files: [`src/${layer}/**/*.{ts,svelte}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          SPAWN_ONLY,
          ...(forbidden.length === 0
            ? []
            : [
                {
                  regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
                  // `core/protocol` names the file list type of `models/spec`, which is data: types may.
                  allowTypeImports: layer === 'core' || layer === 'engine',
                  message: `src/${layer} must not import ${forbidden.join(', ')}: imports go one way (docs/architecture.md).`,
                },
              ]),
        ],
      },
    ],
  },
}));

export default ts.config(
  {
    ignores: [
      'dist/',
      '.cache/',
      'node_modules/',
      'training/',
      'public/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,svelte}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Svelte's prop types and data types read better as they come.
      '@typescript-eslint/consistent-type-definitions': 'off',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // `let` is how runes and props are declared in components.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      // State classes hold plain Maps and Sets in `$state.raw` and replace them whole (docs/architecture.md).
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
    // The compiler knows which names exist in which realm.
    rules: { 'no-undef': 'off', 'no-console': 'error' },
  },
  {
    files: ['src/**/*.{ts,svelte}', 'workers/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  ...layerRules,
  {
    files: ['workers/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/src/(ui|state|engine|sources|exports|evaluation)/',
              message: 'Workers import only src/core, src/models and src/storage.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['src/core/protocol.ts'],
    rules: { 'no-restricted-globals': ['error', 'document', 'window', 'navigator', 'self'] },
  },
  {
    files: ['**/*.{js,mjs}', 'scripts/**', 'tests/**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // Fixtures and page.evaluate read better so; a wrong index fails the test all the same.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'off',
    },
  },
);
