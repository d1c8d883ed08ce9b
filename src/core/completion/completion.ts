/** What made the editor ask. `moved`: the cursor went elsewhere without a change. `explicit`: the person asked for it. */
export type Trigger = 'typed' | 'deleted' | 'accepted' | 'moved' | 'explicit';

/** A place in a document, and the code around it. */
export interface Place {
  readonly uri: string;
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** The place of the cursor, in redacted space: the whole document before and after it. */
export interface CompletionState extends Place {
  readonly trigger: Trigger;
}

export interface Completion {
  /** What to show after the cursor, still redacted. Never empty. */
  readonly text: string;
  /** Whether a request of this call brought it, or the engine knew it. */
  readonly from: 'request' | 'known';
  /**
   * What was asked, perhaps some keystrokes ago: the same object that went to `ask`, so that a request can be found again. Its prefix
   * and suffix are there only as long as the request.
   */
  readonly asked: AskedPlace;
  /** The model may still add to it. */
  readonly running: boolean;
}

/** What a request is about. */
export interface AskedPlace extends Place {
  /** The end of `prefix` that is not in the document yet: the person is expected to type it. Empty except for prefetches. */
  readonly assumed: string;
}

/** Time, injected. `after` resolves when the milliseconds have passed or the signal aborts, and never rejects. */
export interface Clock {
  now(): number;
  after(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** A piece of a model's raw text; or the news that the request failed, was refused or was aborted, which comes last. */
export type AskedChunk = string | { readonly failed: true };
