/** Serves the check page, the libraries and one folder of models; takes pixel dumps by POST. */
import { createReadStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = join(here, '../../node_modules');
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
};

/** @param {{ models: string, work: string }} folders */
export function startServer(folders) {
  const roots = [
    ['/models/', folders.models],
    ['/work/', folders.work],
    ['/transformers/', join(modules, '@huggingface/transformers/dist')],
    ['/ort/', join(modules, 'onnxruntime-web/dist')],
    ['/', here],
  ];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://host').pathname));
    if (request.method === 'POST') {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        writeFileSync(join(folders.work, basename(path)), Buffer.concat(parts));
        response.end();
      });
      return;
    }
    const [prefix, folder] = roots.find(([start]) => path.startsWith(start));
    const file = join(folder, path.slice(prefix.length) || 'index.html');
    if (!existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
