import { blockChanges } from '../../src/core/chat/changes.ts';
import { type ChatChange, type Conversation, changed, emptyConversation } from '../../src/core/chat/conversation.ts';
import { blocksOf } from '../../src/core/chat/markdown.ts';
import { presented } from '../../src/core/chat/present.ts';
import type { Block, ToView } from '../../src/core/chat/protocol.ts';
import { settled } from '../../src/core/chat/streaming.ts';
import type { GateEvent } from '../../src/core/gate/question.ts';

type WithoutTurn<Change> = Change extends unknown ? Omit<Change, 'turn'> : never;

/** Makes the messages for a turn from the same parts that the extension uses. */
export interface TurnScript {
  readonly id: string;
  /** A change of the conversation, as messages for the view. */
  change(change: WithoutTurn<ChatChange>): readonly ToView[];
  /** A piece of the answer, or another event of the gate. */
  event(event: GateEvent, at?: number): readonly ToView[];
}

export function turnScript(id: string, typed: string): TurnScript {
  let conversation: Conversation = emptyConversation('c');
  let shown: readonly Block[] = [];
  const change = (next: WithoutTurn<ChatChange>): readonly ToView[] => {
    conversation = changed(conversation, { ...next, turn: id } as ChatChange);
    const turn = conversation.turns[0];
    if (!turn) return [];
    const view = presented(turn, {
      say: (message, ...args) => message.replaceAll(/\{(\d)\}/g, (_, index) => String(args[Number(index)])),
      explain: (error) => ({
        message: `${error.endpointId}: ${error.detail}`,
        actions: [
          { id: 'check-endpoint', label: 'Check endpoint' },
          { id: 'details', label: 'Details' },
        ],
      }),
      restore: (text) => text,
    });
    const { text, end } = turn.answer;
    const blocks = blocksOf(end ? text : settled(text));
    const changes = blockChanges(shown, blocks);
    shown = blocks;
    return [{ type: 'turn', turn: view }, ...(changes ? [{ type: 'blocks', turn: id, ...changes } as const] : [])];
  };
  change({ type: 'asked', typed, at: 0 });
  return { id, change, event: (event, at = 1000) => change({ type: 'event', event, at }) };
}
