/** Seconds since `start`, as people read them. @param {number} start milliseconds of `performance.now()` */
export const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Progress goes to standard error, so that standard output holds only what was asked for. @param {string} line */
export const say = (line) => void process.stderr.write(`${line}\n`);

/**
 * Announces a step, runs it and says how long it took. A step that fails is announced too, and its error passed on.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} run
 * @returns {Promise<T>}
 */
export async function step(name, run) {
  const start = performance.now();
  say(`  ${name} …`);
  try {
    const value = await run();
    say(`  ${name}: ${secondsSince(start)}`);
    return value;
  } catch (error) {
    say(`  ${name}: failed after ${secondsSince(start)}`);
    throw error;
  }
}
