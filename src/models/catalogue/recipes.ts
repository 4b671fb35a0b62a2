import type { PartPrecisions, Precision } from '../spec';

/** Embedding, vision encoder and decoder. */
export function seeing(
  embed_tokens: Precision,
  vision_encoder: Precision,
  decoder_model_merged: Precision,
): PartPrecisions {
  return { embed_tokens, vision_encoder, decoder_model_merged };
}

/** With an audio encoder beside: Gemma's. */
export function seeingAndHearing(precision: Precision): PartPrecisions {
  return { ...seeing(precision, precision, precision), audio_encoder: precision };
}

/** With an encoder for text behind the vision encoder: Florence-2. */
export function translating(
  embed_tokens: Precision,
  vision_encoder: Precision,
  encoder_model: Precision,
  decoder_model_merged: Precision,
): PartPrecisions {
  return { ...seeing(embed_tokens, vision_encoder, decoder_model_merged), encoder_model };
}

/** Phi's own parts. */
export function phiSeeing(
  prepare_inputs_embeds: Precision,
  vision_encoder: Precision,
  model: Precision,
): PartPrecisions {
  return { prepare_inputs_embeds, vision_encoder, model };
}

/** One graph: models that only read and write. */
export function whole(model: Precision): PartPrecisions {
  return { model };
}
