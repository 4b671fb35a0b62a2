import { mount } from 'svelte';
import { Intake } from './engine/intake';
import { JudgeClient } from './engine/judge';
import { VisionClient } from './engine/vision';
import { Weights } from './engine/weights';
import { imageBytes } from './sources/image-bytes';
import { AppState } from './state/app.svelte';
import { savedRecords, saveRecords } from './storage/journal';
import App from './ui/App.svelte';
import './ui/tokens.css';
import './ui/base.css';

const intake = new Intake();
const weights = new Weights();

const app = new AppState(
  {
    ensureWeights: (spec, onBytes, signal) => weights.ensure(spec, onBytes, signal),
    vision: () => new VisionClient(),
    judge: () => new JudgeClient(),
    imageBlob: imageBytes,
    saveRecords,
    savedRecords,
  },
  (blob) => intake.inspect(blob),
);

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target, props: { app } });
