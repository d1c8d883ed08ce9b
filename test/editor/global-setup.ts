import { buildForProduction, packExtension } from '../../scripts/package.mjs';
import { ensureEditor } from '../../scripts/toolchain.mjs';

/** Packs the extension once for all files. `npm test` has done so before, and says so in POSTERN_PACKED. */
export async function setup(): Promise<void> {
  await ensureEditor();
  if (process.env.POSTERN_PACKED) return;
  await buildForProduction();
  await packExtension();
}
