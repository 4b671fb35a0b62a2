/** What no part of the app works without, by feature and not by name of a browser. */
export type RequiredFeature = 'WebAssembly' | 'WebAssembly SIMD' | 'IndexedDB' | 'module workers';

/** A module whose one function makes a vector of a number: the bytes of wasm-feature-detect's test for SIMD. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

/** What this browser lacks; empty where everything is there. */
export function missingFeatures(): RequiredFeature[] {
  const missing: RequiredFeature[] = [];
  const { WebAssembly: wasm, indexedDB: database } = globalThis as Partial<typeof globalThis>;
  if (wasm === undefined) missing.push('WebAssembly');
  else if (!wasm.validate(SIMD_MODULE)) missing.push('WebAssembly SIMD');
  if (database === undefined) missing.push('IndexedDB');
  if (!hasModuleWorkers()) missing.push('module workers');
  return missing;
}

/** A browser that knows module workers reads the option `type`. */
function hasModuleWorkers(): boolean {
  let isRead = false;
  const options = {
    get type(): 'module' {
      isRead = true;
      return 'module';
    },
  };
  try {
    // A URL that can't be fetched: nothing is started.
    new Worker('blob://', options).terminate();
  } catch {
    // the answer is in `isRead`
  }
  return isRead;
}
