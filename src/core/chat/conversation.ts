import type { GateEvent } from '../gate/question.ts';
import type { Refusal } from '../policy/decision.ts';
import { type Boundary, type DataClass, dataClasses, type EndpointKind } from '../policy/schema.ts';
import type { StopReason, TokenUsage } from '../provider/provider.ts';
import type { ProviderError } from '../provider/provider-error.ts';

/** A file, or part of one, that went with a question. */
export interface Attachment {
  readonly id: string;
  /** `reader.ts:40-66`. */
  readonly label: string;
  /** Identity of the document on this machine; never sent. */
  readonly uri: string;
  /** Lines counted from 0, `last` inclusive; undefined for a whole file. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  readonly class: DataClass | undefined;
  readonly redactions: number;
  /** Why it was not sent. */
  readonly refused: string | undefined;
}

/** Who answered. */
export interface Answerer {
  readonly requestId: string;
  readonly model: string;
  readonly endpoint: string;
  readonly kind: EndpointKind;
  readonly boundary: Boundary;
  readonly region: string | undefined;
}

export type AnswerEnd =
  | { readonly kind: 'ended'; readonly reason: StopReason }
  | { readonly kind: 'failed'; readonly error: ProviderError }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** All times are milliseconds since 1970. */
export interface Answer {
  /** As it came, redacted. */
  readonly text: string;
  readonly reasoning: string;
  readonly by: Answerer | undefined;
  /** The model that was asked first and could not answer. */
  readonly insteadOf: string | undefined;
  readonly usage: TokenUsage | undefined;
  readonly startedAt: number;
  readonly firstTextAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly end: AnswerEnd | undefined;
  /** The endpoint is starting; the question waits for it since this time. */
  readonly waitingSince: number | undefined;
  readonly rating: 'up' | 'down' | undefined;
}

/** One question and its answer. */
export interface Turn {
  readonly id: string;
  /** What the person typed, to show it again. In memory only. */
  readonly typed: string;
  /** The question with placeholders; undefined until it was redacted. Only this is kept. */
  readonly redacted: string | undefined;
  readonly attachments: readonly Attachment[];
  /** The highest class of anything that stood in its prompt; undefined until that is known. */
  readonly class: DataClass | undefined;
  readonly answer: Answer;
}

/** One chat. Immutable: `changed` makes the next state. */
export interface Conversation {
  readonly id: string;
  readonly turns: readonly Turn[];
}

export type ChatChange =
  | { readonly type: 'asked'; readonly turn: string; readonly typed: string; readonly at: number }
  | {
      readonly type: 'prepared';
      readonly turn: string;
      /** Undefined, like the class, when the question was refused before it was redacted. */
      readonly redacted: string | undefined;
      readonly attachments: readonly Attachment[];
      readonly class: DataClass | undefined;
    }
  | { readonly type: 'event'; readonly turn: string; readonly event: GateEvent; readonly at: number }
  /** The same question is asked once more; what came is dropped. */
  | { readonly type: 'again'; readonly turn: string; readonly at: number }
  | { readonly type: 'waiting'; readonly turn: string; readonly at: number }
  | { readonly type: 'rated'; readonly turn: string; readonly rating: 'up' | 'down' };

export const emptyConversation = (id: string): Conversation => ({ id, turns: [] });

/** The conversation after a change. A change to a turn that is not there, or after its end, changes nothing. */
export function changed(conversation: Conversation, change: ChatChange): Conversation {
  if (change.type === 'asked') {
    const turn: Turn = {
      id: change.turn,
      typed: change.typed,
      redacted: undefined,
      attachments: [],
      class: undefined,
      answer: newAnswer(change.at),
    };
    return { ...conversation, turns: [...conversation.turns, turn] };
  }
  return {
    ...conversation,
    turns: conversation.turns.map((turn) => (turn.id === change.turn ? changedTurn(turn, change) : turn)),
  };
}

function changedTurn(turn: Turn, change: Exclude<ChatChange, { type: 'asked' }>): Turn {
  switch (change.type) {
    case 'prepared':
      return { ...turn, redacted: change.redacted, attachments: change.attachments, class: change.class };
    case 'again':
      return { ...turn, answer: newAnswer(change.at) };
    case 'waiting':
      return {
        ...turn,
        answer: {
          ...newAnswer(turn.answer.startedAt),
          by: turn.answer.by,
          waitingSince: turn.answer.waitingSince ?? change.at,
        },
      };
    case 'rated':
      return { ...turn, answer: { ...turn.answer, rating: change.rating } };
    case 'event':
      if (turn.answer.end) return turn;
      return { ...turn, answer: answerAfter(turn.answer, change.event, change.at) };
  }
}

const newAnswer = (at: number): Answer => ({
  text: '',
  reasoning: '',
  by: undefined,
  insteadOf: undefined,
  usage: undefined,
  startedAt: at,
  firstTextAt: undefined,
  endedAt: undefined,
  end: undefined,
  waitingSince: undefined,
  rating: undefined,
});

function answerAfter(answer: Answer, event: GateEvent, at: number): Answer {
  switch (event.type) {
    case 'routed': {
      const { id, allowed } = event.request;
      const { endpoint } = allowed;
      const region = 'region' in endpoint ? endpoint.region : undefined;
      const by: Answerer = {
        requestId: id,
        model: allowed.id,
        endpoint: allowed.endpointId,
        kind: endpoint.kind,
        boundary: endpoint.boundary,
        region,
      };
      return { ...answer, by };
    }
    case 'fallback':
      return { ...answer, insteadOf: answer.by?.model };
    case 'text':
      return {
        ...answer,
        text: answer.text + event.text,
        firstTextAt: answer.firstTextAt ?? at,
        waitingSince: undefined,
      };
    case 'reasoning':
      return { ...answer, reasoning: answer.reasoning + event.text, waitingSince: undefined };
    case 'usage':
      return { ...answer, usage: event.usage };
    case 'end':
      return ended(answer, { kind: 'ended', reason: event.reason }, at);
    case 'error':
      return ended(answer, { kind: 'failed', error: event.error }, at);
    case 'refused':
      return ended(answer, { kind: 'refused', refusal: event.refusal }, at);
  }
}

const ended = (answer: Answer, end: AnswerEnd, at: number): Answer => ({
  ...answer,
  end,
  endedAt: at,
  waitingSince: undefined,
});

/** The class below which a question may not fall: the answers before it stand in its prompt. */
export function conversationClass(conversation: Conversation, turnId?: string): DataClass {
  return highest(answeredBefore(conversation, turnId).map((turn) => turn.class ?? 'restricted'));
}

/** The highest of some classes; public when there are none. */
export function highest(classes: readonly DataClass[]): DataClass {
  return dataClasses[Math.max(0, ...classes.map((one) => dataClasses.indexOf(one)))] ?? 'restricted';
}

/** Earlier questions and answers that stand in the prompt of a turn, or of the next one: those that were answered. */
export function answeredBefore(conversation: Conversation, turnId?: string): readonly Turn[] {
  const at = conversation.turns.findIndex((turn) => turn.id === turnId);
  const before = at < 0 ? conversation.turns : conversation.turns.slice(0, at);
  return before.filter((turn) => turn.redacted !== undefined && turn.answer.text !== '');
}
