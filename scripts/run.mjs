import { spawn } from 'node:child_process';

/** A failure that a person can act on: shown as its message alone, without a stack. */
export class Trouble extends Error {}

/**
 * Runs a program to its end and keeps what it printed, for the error message.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, input?: string}} [options]
 * @returns {Promise<string>} its standard output; rejects with `Trouble` when it fails
 */
export function runQuietly(program, args, { cwd, env, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: 'pipe', shell: needsShell(program) });
    let output = '';
    let everything = '';
    child.stdout.on('data', (text) => {
      output += text;
      everything += text;
    });
    child.stderr.on('data', (text) => {
      everything += text;
    });
    child.stdin.end(input ?? '');
    child.on('error', (error) => reject(new Trouble(`${program} could not be started: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Trouble(`${program} ${args.join(' ')} ended with ${code}:\n${everything.trim().slice(-4000)}`));
    });
  });
}

/**
 * Runs a program that talks to the person itself.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} [options]
 * @returns {Promise<number>} its exit code; 1 when a signal ended it, 127 when it could not be started
 */
export function runAloud(program, args, { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: 'inherit',
      timeout: timeoutMs,
      shell: needsShell(program),
    });
    // The child of a foreground terminal gets Ctrl-C by itself; a signal sent to this process alone is passed on.
    const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    child.on('error', (error) => {
      process.stderr.write(`${program} could not be started: ${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs the main function of a script; trouble is shown as one message, anything else with its stack.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(
      `${error instanceof Trouble ? error.message : error instanceof Error ? error.stack : error}\n`,
    );
    process.exitCode = 1;
  }
}

/** npm is a batch file on Windows, which only a shell can run. @param {string} program */
const needsShell = (program) => process.platform === 'win32' && program === 'npm';
