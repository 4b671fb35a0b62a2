/**
 * Vision features are computed once a picture: the same tensor of pixels gets the same features again. Where the prefix's
 * KV cache can be continued from this saves nothing; where it can't, or a prompt doesn't begin as the prefix does, it saves the encoder.
 */
export function memoised<Inputs extends object, Features>(
  encode: (inputs: Inputs) => Promise<Features>,
  pixelsOf: (inputs: Inputs) => object,
): (inputs: Inputs) => Promise<Features> {
  const known = new WeakMap<object, Promise<Features>>();
  return (inputs) => {
    const pixels = pixelsOf(inputs);
    const features = known.get(pixels) ?? encode(inputs);
    known.set(pixels, features);
    features.catch(() => known.delete(pixels));
    return features;
  };
}
