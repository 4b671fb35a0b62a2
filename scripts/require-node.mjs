// Imported first by every command: says in a sentence what to install when Node is too old.
// The modules imported after it must therefore still load on an old Node: no new syntax, and no
// named import of a new function of a built-in module (`util.parseArgs`, not `{ parseArgs }`).
import process from 'node:process';

/**
 * What is wrong with this version of Node, or undefined; the bounds are those of Vite 8.
 * @param {string} version such as "20.19.0"
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (fits) return undefined;
  return (
    `This is Node ${version}; the app needs Node 20.19 or later (of 22: 22.12 or later). ` +
    'Install the current LTS version from https://nodejs.org or with your version manager.'
  );
}

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
