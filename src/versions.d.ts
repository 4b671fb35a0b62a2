/** Put in by vite.config.ts. */
declare const __VERSIONS__: Readonly<Record<'app' | 'transformers' | 'onnxruntime', string>>;
