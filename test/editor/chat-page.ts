import type { Frame, Locator } from 'playwright-core';

/** The chat in its webview, as a person uses it. */
export interface ChatPage {
  /** Asks and waits until the answer has ended. */
  ask(question: string): Promise<void>;
  /** A part of the last turn. */
  last(selector: string): Locator;
}

export function chatPage(frame: Frame): ChatPage {
  return {
    async ask(question) {
      const turns = await frame.locator('.turn').count();
      await frame.locator('textarea').fill(question);
      await frame.locator('textarea').press('Enter');
      await frame.locator(`.turn:nth-child(${turns + 1}):not(.working)`).waitFor({ timeout: 30_000 });
    },
    last: (selector) => frame.locator(`.turn:last-child ${selector}`),
  };
}
