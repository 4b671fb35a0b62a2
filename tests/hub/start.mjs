// node tests/hub/start.mjs [--folder PATH [--id OWNER/NAME]] [--big GB] [--port 4400] [--token hf_test]
// Serves a folder as a repository, and a few made-up ones, until Ctrl-C: port is the Hub, port + 1 the CDN, port + 2
// faults and counters; 0 takes any free ones (tests/hub/README.md).
import process from 'node:process';
import { parseArgs } from 'node:util';

import { loadHub } from './load.mjs';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    id: { type: 'string', default: 'local/folder' },
    big: { type: 'string' },
    port: { type: 'string', default: '4400' },
    token: { type: 'string', default: 'hf_test' },
  },
});

const { buildRepo, folderFiles, HUB_GITATTRIBUTES, sparse, startHub } = await loadHub();

const files = {
  '.gitattributes': HUB_GITATTRIBUTES,
  'README.md': '---\nlicense: mit\n---\n# A model\n',
  'config.json': JSON.stringify({ model_type: 'idefics3' }, null, 2),
  'onnx/decoder_model_merged_q4.onnx': sparse({ size: 40_000_000, seed: 1 }),
  'onnx/vision_encoder_q4.onnx': sparse({ size: 9_000_000, seed: 2 }),
};
const repos = [
  await buildRepo('local/public', files, { license: 'mit' }),
  await buildRepo('local/gated', files, { license: 'llama3.2', gated: 'manual' }),
  await buildRepo('someone/private', files, { private: true, readers: ['tester'] }),
];
if (values.folder !== undefined) {
  repos.push(await buildRepo(values.id, await folderFiles(values.folder)));
}
if (values.big !== undefined) {
  const size = Math.round(Number(values.big) * 1e9);
  process.stdout.write(`Computing the SHA-256 of ${size} bytes\n`);
  repos.push(
    await buildRepo('local/big', {
      ...files,
      'onnx/decoder_model_merged.onnx_data': sparse({ size, seed: 3 }),
    }),
  );
}

const port = Number(values.port);
const hub = await startHub({
  repos,
  tokens: [{ token: values.token, user: 'tester' }],
  ports: port === 0 ? {} : { hub: port, cdn: port + 1, control: port + 2 },
});
const { origins } = hub;
process.stdout.write(`Hub ${origins.hub}   CDN ${origins.cdn}   control ${origins.control}\n`);
for (const { id } of repos)
  process.stdout.write(`  ${origins.hub}/api/models/${id}/tree/main?recursive=true\n`);
process.stdout.write(`Token: ${values.token} (user tester)\n`);
process.once('SIGINT', () => void hub.close().then(() => process.exit(0)));
