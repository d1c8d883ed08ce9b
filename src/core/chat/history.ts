import * as z from 'zod';
import { boundaries, dataClasses } from '../policy/schema.ts';
import type { Conversation, Turn } from './conversation.ts';

/** Conversations that are kept, and turns of each, newest first and last. */
const CONVERSATIONS_MAX = 40;
const TURNS_MAX = 60;

const storedTurn = z.strictObject({
  question: z.string(),
  answer: z.string(),
  class: z.enum(dataClasses),
  by: z
    .strictObject({
      model: z.string(),
      endpoint: z.string(),
      kind: z.enum(['vllm', 'ollama', 'openai-compatible', 'bedrock', 'local']),
      boundary: z.enum(boundaries),
      region: z.string().optional(),
    })
    .optional(),
});

const storedConversation = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Milliseconds since 1970 of the last change. */
  at: z.number(),
  turns: z.array(storedTurn),
});

/** A conversation as it is kept: redacted texts only, no reasoning, no files, no figures. */
export type StoredConversation = z.infer<typeof storedConversation>;

/** What a store gave back; whatever does not have the right shape is dropped. */
export function readHistory(stored: unknown): readonly StoredConversation[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => storedConversation.safeParse(one).data ?? []);
}

/**
 * The history with a conversation added or renewed, newest first. `redactedAnswers` are the answers, by turn, after they
 * went through redaction once more; a turn without one is not kept. A conversation without turns changes nothing.
 */
export function remembered(
  history: readonly StoredConversation[],
  conversation: Conversation,
  redactedAnswers: ReadonlyMap<string, string>,
  at: number,
): readonly StoredConversation[] {
  const turns = conversation.turns.flatMap((turn) => {
    const answer = redactedAnswers.get(turn.id);
    return turn.redacted === undefined || answer === undefined || answer === ''
      ? []
      : [stored(turn, turn.redacted, answer)];
  });
  if (turns.length === 0) return history;
  const kept: StoredConversation = {
    id: conversation.id,
    title: titleOf(turns[0]?.question ?? ''),
    at,
    turns: turns.slice(-TURNS_MAX),
  };
  return [kept, ...history.filter((one) => one.id !== conversation.id)].slice(0, CONVERSATIONS_MAX);
}

function stored(turn: Turn, question: string, answer: string): StoredConversation['turns'][number] {
  const { by } = turn.answer;
  return {
    question,
    answer,
    class: turn.class ?? 'restricted',
    ...(by === undefined
      ? {}
      : {
          by: {
            model: by.model,
            endpoint: by.endpoint,
            kind: by.kind,
            boundary: by.boundary,
            ...(by.region === undefined ? {} : { region: by.region }),
          },
        }),
  };
}

/** A kept conversation, opened again. Placeholders stay: what they stood for was never kept. */
export function reopened(kept: StoredConversation): Conversation {
  return {
    id: kept.id,
    turns: kept.turns.map(
      (turn, index): Turn => ({
        id: `${kept.id}:${index}`,
        typed: turn.question,
        redacted: turn.question,
        attachments: [],
        class: turn.class,
        answer: {
          text: turn.answer,
          reasoning: '',
          by: turn.by && { ...turn.by, requestId: '', region: turn.by.region },
          insteadOf: undefined,
          usage: undefined,
          startedAt: kept.at,
          firstTextAt: undefined,
          endedAt: kept.at,
          end: { kind: 'ended', reason: 'stop' },
          waitingSince: undefined,
          rating: undefined,
        },
      }),
    ),
  };
}

const TITLE_MAX = 60;

/** The first line of the first question, cut at a word. */
export function titleOf(question: string): string {
  const line =
    question
      .split('\n')
      .find((one) => one.trim() !== '')
      ?.trim()
      .replaceAll(/\s+/g, ' ') ?? '';
  if (line.length <= TITLE_MAX) return line;
  const cut = line.slice(0, TITLE_MAX);
  const space = cut.lastIndexOf(' ');
  return `${(space > TITLE_MAX / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
