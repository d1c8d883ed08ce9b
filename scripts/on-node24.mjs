// node scripts/on-node24.mjs SCRIPT [ARGS…]: runs a script on Node 24, which also runs TypeScript as it stands.
import { runAloud, runScript, Trouble } from './run.mjs';
import { ensureModules, ensureNode24, environmentWith } from './toolchain.mjs';

await runScript(async () => {
  const args = process.argv.slice(2);
  if (args.length === 0) throw new Trouble('Usage: node scripts/on-node24.mjs SCRIPT [ARGS…]');
  await ensureModules();
  const node = await ensureNode24();
  return runAloud(node, args, { env: environmentWith(node) });
});
