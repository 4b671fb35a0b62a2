import { mount } from 'svelte';
import { BackgroundWeights } from './engine/background-weights';
import { Intake } from './engine/intake';
import { JudgeClient } from './engine/judge';
import { VisionClient } from './engine/vision';
import { Weights } from './engine/weights';
import { registerApp } from './pwa/register';
import { imageBytes } from './sources/image-bytes';
import { AppState } from './state/app.svelte';
import { savedRecords, saveRecords } from './storage/journal';
import App from './ui/App.svelte';
import './ui/tokens.css';
import './ui/base.css';

const intake = new Intake();
const weights = new Weights();
const background = new BackgroundWeights();
/** After the first paint and the samples have had the network to themselves, in ms. */
const QUIET_AFTER_MS = 1500;

const app = new AppState(
  {
    ensureWeights: (spec, onBytes, signal) => {
      background.stop();
      return weights.ensure(spec, onBytes, signal);
    },
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
registerApp((apply) => app.offerUpdate(apply));
setTimeout(() => void background.start(), QUIET_AFTER_MS);
