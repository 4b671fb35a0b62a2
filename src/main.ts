import { mount } from 'svelte';
import { BackgroundWeights } from './engine/background-weights';
import { HeldWeights } from './engine/held-weights';
import { Intake } from './engine/intake';
import { JudgeClient } from './engine/judge';
import { missingFeatures } from './engine/required';
import { VisionClient } from './engine/vision';
import { Weights } from './engine/weights';
import { registerApp } from './pwa/register';
import { imageBytes } from './sources/image-bytes';
import { fetchSampleImage } from './sources/samples';
import { AppState } from './state/app.svelte';
import { HubAccessState } from './state/hub-access.svelte';
import { takeFreedBytes } from './state/storage.svelte';
import { savedRecords, saveRecords } from './storage/journal';
import App from './ui/App.svelte';
import Unsupported from './ui/Unsupported.svelte';
import './ui/tokens.css';
import './ui/base.css';

/** After the first paint and the samples have had the network to themselves, in ms. */
const QUIET_AFTER_MS = 1500;

/** Small, and something that every model has a name for. */
const SELF_TEST_SAMPLE = 'cats-and-dog.png';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
const missing = missingFeatures();
if (missing.length > 0) mount(Unsupported, { target, props: { missing } });
else start(target);

function start(element: HTMLElement): void {
  const intake = new Intake();
  const held = new HeldWeights();
  const access = new HubAccessState();
  const weights = new Weights({ held, access: () => access.value });
  const background = new BackgroundWeights();
  const app = new AppState(
    {
      ensureWeights: async (spec, onProgress, signal) => {
        background.stop();
        await weights.ensure(spec, onProgress, signal);
      },
      vision: () => new VisionClient(held),
      judge: () => new JudgeClient(held),
      imageBlob: imageBytes,
      selfTestPicture: () => fetchSampleImage(SELF_TEST_SAMPLE),
      saveRecords,
      savedRecords,
    },
    (blob) => intake.inspect(blob),
    { weights, access, stopBackground: () => background.stop() },
  );
  mount(App, { target: element, props: { app } });
  const freedBytes = takeFreedBytes();
  if (freedBytes !== null) {
    // Whoever has just forgotten everything does not want it fetched again unasked; the next visit does.
    app.sayFreed(freedBytes);
    return;
  }
  registerApp((apply) => app.offerUpdate(apply));
  setTimeout(() => void background.start(), QUIET_AFTER_MS);
}
