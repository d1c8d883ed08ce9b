import type { FromView, Words } from '../core/chat/protocol.ts';

/** What every part of the view needs: how to speak to the extension, and the words to show. */
export interface Host {
  readonly words: Words;
  post(message: FromView): void;
}
