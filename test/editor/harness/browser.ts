import { type Browser, chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/system-packages.mjs';

/** Chromium without a window. `--no-sandbox`, because CI runs as root, and it only ever opens 127.0.0.1. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Size of a laptop's window, in CSS pixels. */
export const VIEWPORT = { width: 1400, height: 900 };
