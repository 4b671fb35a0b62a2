"""Makes the embedded models: decoders, vision graphs, ONNX repositories for transformers.js."""
