import { mount } from 'svelte';
import { HeldWeights } from './engine/held-weights';
import { laterJudge, laterVision } from './engine/later';
import { missingFeatures } from './engine/required';
import type { Datasets } from './engine/datasets';
import type { Intake } from './engine/intake';
import type { ReadArchive } from './sources/archives';
import { imageReader, type ReadImage } from './sources/image-bytes';
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
/** The same promise each time. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

// Fetched when the first folder or ZIP comes.
const archiveReader = once(async () => {
  const { Archives } = await import('./engine/archives');
  return new Archives();
});
const archives: ReadArchive = {
  list: async (file) => (await archiveReader()).list(file),
  read: async (...args) => (await archiveReader()).read(...args),
};
const keptBytes = once(() => import('./sources/kept-bytes'));

/** Reads pictures from where they are, in a form that browsers show upright. */
function readerWith(intake: () => Promise<Intake>, datasets: () => Promise<Datasets>): ReadImage {
  const readFile = imageReader({
    folderFile: async (...args) => (await keptBytes()).folderFile(...args),
    archiveEntry: async (...args) => (await keptBytes()).archiveEntry(...args, archives),
    datasetImage: async (...args) => (await datasets()).picture(...args),
  });
  return async (image) => {
    const blob = await readFile(image);
    return image.isConverted === true ? (await intake()).viewable(blob) : blob;
  };
}

function laterDatasets(access: HubAccessState) {
  return once(async () => {
    const { Datasets } = await import('./engine/datasets');
    return new Datasets(() => access.forDatasets);
  });
}

const missing = missingFeatures();
if (missing.length > 0) mount(Unsupported, { target, props: { missing } });
else start(target);

function start(element: HTMLElement): void {
  const held = new HeldWeights();
  const access = new HubAccessState();
  // Fetched after the first paint, like all that it does not need.
  const intake = once(async () => {
    const { Intake } = await import('./engine/intake');
    return new Intake();
  });
  const weights = once(async () => {
    const { Weights } = await import('./engine/weights');
    return new Weights({ held, access: () => access.value });
  });
  const background = once(async () => {
    const { BackgroundWeights } = await import('./engine/background-weights');
    return new BackgroundWeights();
  });
  const datasets = laterDatasets(access);
  const readImage = readerWith(intake, datasets);
  const app = new AppState(
    {
      ensureWeights: async (spec, onProgress, signal) => {
        (await background()).stop();
        await (await weights()).ensure(spec, onProgress, signal);
      },
      vision: () => laterVision(held),
      judge: () => laterJudge(held),
      imageBlob: readImage,
      selfTestPicture: () => fetchSampleImage(SELF_TEST_SAMPLE),
      saveRecords,
      savedRecords,
    },
    async (blob) => (await intake()).inspect(blob),
    {
      weights: {
        lookUp: async (...args) => (await weights()).lookUp(...args),
        download: async (...args) => (await weights()).download(...args),
        whoAmI: async (...args) => (await weights()).whoAmI(...args),
      },
      access,
      archives,
      datasets,
      stopBackground: () => void background().then((running) => running.stop()),
    },
  );
  mount(App, { target: element, props: { app } });
  const freedBytes = takeFreedBytes();
  if (freedBytes !== null) {
    // Whoever has just forgotten everything does not want it fetched again unasked; the next visit does.
    app.sayFreed(freedBytes);
    return;
  }
  void takeArrivals(app);
  void import('./pwa/register').then(({ registerApp }) =>
    registerApp((apply) => app.offerUpdate(apply)),
  );
  setTimeout(
    () => void background().then((quiet) => quiet.start(() => void app.models.look())),
    QUIET_AFTER_MS,
  );
}

/** What other apps have shared, and files that are opened with this one, join what was kept: not before that was read. */
async function takeArrivals(app: AppState): Promise<void> {
  const arrivals = await import('./pwa/arrivals');
  await app.opened;
  await arrivals.takeArrivals(app.incoming);
}
