/**
 * What the extension and the chat view say to each other: types only. The view imports this file and nothing else of
 * Postern. Every string in it is shown as text; the view never parses one as HTML or Markdown.
 */

/** A piece of running text. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'struck'; readonly inlines: readonly Inline[] }
  /** Opened only by a click, and only after the editor asked. `href` is http or https, in its normal form. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /** A place in the repository. Lines count from 1, `last` is inclusive. */
  | { readonly kind: 'citation'; readonly path: string; readonly first: number; readonly last: number }
  | { readonly kind: 'break' };

export interface ListItem {
  /** Undefined for an item that is not a task. */
  readonly checked?: boolean;
  readonly blocks: readonly Block[];
}

export interface CodeBlock {
  readonly kind: 'code';
  /** Its place among the code blocks of the answer, from 0: the name by which the view asks for it to be inserted or applied. */
  readonly number: number;
  readonly language: string;
  /** File that the block belongs to, where the answer names one. */
  readonly path?: string;
  readonly text: string;
}

export type Alignment = 'left' | 'center' | 'right' | undefined;

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly depth: number; readonly inlines: readonly Inline[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly ListItem[];
    }
  | CodeBlock
  | {
      readonly kind: 'table';
      readonly alignments: readonly Alignment[];
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'rule' };

/** Something attached to a question. */
export interface Chip {
  readonly id: string;
  /** `reader.ts:40-66`. */
  readonly label: string;
  /** Class and redactions, such as `internal · 1 redaction`. */
  readonly facts: string;
  /** Why it is not sent, when policy refuses it. */
  readonly refused?: string;
}

/** A button inside an answer. */
export interface NoticeAction {
  readonly id: string;
  readonly label: string;
}

/** Something that the person must know about an answer, shown in its place. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly actions: readonly NoticeAction[];
}

/** One question and its answer, without the answer's blocks. */
export interface TurnView {
  readonly id: string;
  readonly question: string;
  readonly chips: readonly Chip[];
  /** Who answers and where: `Postern · deepseek · on-premises`. */
  readonly by: string;
  /** More about who answers: endpoint and region. */
  readonly byDetail: string;
  readonly working: boolean;
  /** What is happening before the first text arrives. */
  readonly progress: string;
  /** The model's reasoning, folded; absent when it gave none. */
  readonly reasoning?: { readonly label: string; readonly text: string };
  readonly notices: readonly Notice[];
  /** `1,204 → 312 tokens · 1.8 s`. */
  readonly figures: string;
  readonly rating?: 'up' | 'down';
  /** Whether there is an answer to rate. */
  readonly rateable: boolean;
}

/** The words of the view, in the editor's language. */
export type Words = Readonly<
  Record<
    | 'you'
    | 'transcript'
    | 'ask'
    | 'placeholder'
    | 'send'
    | 'stop'
    | 'attach'
    | 'attachments'
    | 'remove'
    | 'pickModel'
    | 'why'
    | 'apply'
    | 'insert'
    | 'copy'
    | 'copied'
    | 'retry'
    | 'good'
    | 'bad'
    | 'toEnd'
    | 'openPlace'
    | 'openLink'
    | 'codeBlock'
    | 'answerDone'
    | 'examples'
    | 'done'
    | 'open',
    string
  >
>;

export type ToView =
  /** First message after `ready`: the words, and an empty transcript. */
  | { readonly type: 'begin'; readonly words: Words }
  /** Empties the transcript and shows the start page. */
  | { readonly type: 'clear'; readonly examples: readonly string[]; readonly origin: string }
  /** Adds a turn or replaces what surrounds its answer. */
  | { readonly type: 'turn'; readonly turn: TurnView }
  /** Replaces the blocks of an answer from index `from` on. */
  | { readonly type: 'blocks'; readonly turn: string; readonly from: number; readonly blocks: readonly Block[] }
  | {
      readonly type: 'composer';
      readonly chips: readonly Chip[];
      readonly model: string;
      readonly modelDetail: string;
      readonly busy: boolean;
    }
  /** A file was picked after `@`: the view takes the sign away. */
  | { readonly type: 'mentioned' }
  | { readonly type: 'draft'; readonly text: string }
  | { readonly type: 'focus' };

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop' }
  | { readonly type: 'retry'; readonly turn: string }
  | { readonly type: 'act'; readonly turn: string; readonly action: string }
  | { readonly type: 'rate'; readonly turn: string; readonly rating: 'up' | 'down' }
  | { readonly type: 'mention' }
  | { readonly type: 'removeChip'; readonly chip: string }
  | { readonly type: 'openChip'; readonly turn?: string; readonly chip: string }
  | {
      readonly type: 'openPlace';
      readonly turn: string;
      readonly path: string;
      readonly first: number;
      readonly last: number;
    }
  | { readonly type: 'openLink'; readonly href: string }
  | {
      readonly type: 'code';
      readonly action: 'copy' | 'insert' | 'apply';
      readonly turn: string;
      readonly number: number;
    }
  | { readonly type: 'pickModel' }
  | { readonly type: 'why' };
