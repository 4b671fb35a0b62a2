/** The part of libheif's JavaScript interface that is used; the package declares the one below it. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  export interface Libheif {
    readonly HeifDecoder: new () => { decode(bytes: Uint8Array): readonly HeifImage[] };
  }

  export interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary?(): boolean;
    /** Fills `data` (RGBA), turned upright; null where it can't be decoded. */
    display(into: HeifPixels, done: (filled: HeifPixels | null) => void): void;
    free(): void;
  }

  export interface HeifPixels {
    readonly data: Uint8ClampedArray<ArrayBuffer>;
    readonly width: number;
    readonly height: number;
  }

  export default function create(): Libheif;
}
