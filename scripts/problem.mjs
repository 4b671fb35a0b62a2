import process from 'node:process';

/** A failure whose message is a sentence for the person at the terminal; it needs no stack. */
export class Problem extends Error {}

/**
 * Prints a line.
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * The sentence of a Problem, the stack of anything else.
 * @param {unknown} error
 * @returns {string}
 */
export function errorText(error) {
  if (error instanceof Problem) return error.message;
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error);
}

/**
 * Runs a command's main function; a failure is printed and becomes exit code 1.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n`);
    process.exitCode = 1;
  }
}
