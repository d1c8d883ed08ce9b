import type { Frame, Page } from 'playwright-core';

/**
 * The frame of the webview that shows `probe`, a selector of something in it. Locators work inside the frame as on a
 * page. Show the view first, with `runCommand(page, 'Postern: Focus on … View')` for example.
 */
export async function webviewFrame(page: Page, probe: string, timeoutMs = 20_000): Promise<Frame> {
  const limit = performance.now() + timeoutMs;
  while (performance.now() < limit) {
    for (const frame of page.frames()) {
      // VS Code puts the extension's HTML into an inner frame with this address.
      if (frame.url().includes('/fake.html') && (await isVisible(frame, probe))) return frame;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`no webview shows ${probe}`);
}

/** A frame that is being replaced has no document to ask; that is the same as not yet visible. */
const isVisible = (frame: Frame, probe: string): Promise<boolean> =>
  frame
    .locator(probe)
    .first()
    .isVisible()
    .catch(() => false);
