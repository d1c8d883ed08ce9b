import type { Boundary } from '../policy/schema.ts';
import type { ProviderError } from '../provider/provider-error.ts';
import type { Answer, Answerer, Attachment, Turn } from './conversation.ts';
import type { Chip, Notice, NoticeAction, TurnView } from './protocol.ts';
import { visible } from './visible.ts';

/** Puts a sentence into the editor's language; `{0}` stands for the first argument. */
export type Say = (message: string, ...args: (string | number)[]) => string;

/** Words for a provider's failure, and the ids of what the person can do about it. */
export type Explain = (error: ProviderError) => { readonly message: string; readonly actions: readonly NoticeAction[] };

export interface Presentation {
  readonly say: Say;
  readonly explain: Explain;
  /** Puts placeholders back, for display. */
  readonly restore: (text: string) => string;
}

/** A turn as the view shows it, apart from the blocks of its answer. */
export function presented(turn: Turn, presentation: Presentation): TurnView {
  const { answer } = turn;
  const { say } = presentation;
  const reasoning = reasoningOf(answer, presentation);
  return {
    id: turn.id,
    question: visible(turn.typed),
    chips: turn.attachments.map((attachment) => chipOf(attachment, say)),
    by: byline(answer.by, say),
    byDetail: bylineDetail(answer.by, say),
    working: answer.end === undefined,
    progress: progressOf(answer, say),
    ...(reasoning === undefined ? {} : { reasoning }),
    notices: noticesOf(turn, presentation),
    figures: answer.end === undefined || answer.text === '' ? '' : figuresOf(answer, say),
    ...(answer.rating === undefined ? {} : { rating: answer.rating }),
    rateable: answer.end !== undefined && answer.text !== '' && answer.by !== undefined && answer.by.requestId !== '',
  };
}

export function chipOf(attachment: Attachment, say: Say): Chip {
  const { redactions } = attachment;
  const count =
    redactions === 0 ? '' : redactions === 1 ? say('1 redaction') : say('{0} redactions', redactions.toString());
  const facts = [attachment.class ?? '', count].filter(Boolean).join(' · ');
  return {
    id: attachment.id,
    label: visible(attachment.label),
    facts: attachment.refused === undefined ? facts : say('not sent'),
    ...(attachment.refused === undefined ? {} : { refused: visible(attachment.refused) }),
  };
}

/** Where an endpoint stands, in words. */
function boundaryWords(boundary: Boundary, say: Say): string {
  switch (boundary) {
    case 'workstation':
      return say('this workstation');
    case 'on-premises':
      return say('on-premises');
    case 'private-cloud':
      return say('private cloud');
  }
}

/** A model and where it runs. The local engine is not a language model and is not named like one. */
export function modelWords(model: string, kind: Answerer['kind'], boundary: Boundary, say: Say): string {
  const name = kind === 'local' ? say('local n-gram engine') : visible(model);
  return `${name} · ${boundaryWords(boundary, say)}`;
}

const byline = (by: Answerer | undefined, say: Say): string =>
  by === undefined ? 'Postern' : `Postern · ${modelWords(by.model, by.kind, by.boundary, say)}`;

function bylineDetail(by: Answerer | undefined, say: Say): string {
  if (by === undefined) return '';
  if (by.kind === 'local') return say('Answered on this workstation. Nothing left it.');
  const place = boundaryWords(by.boundary, say);
  return by.region === undefined
    ? say('Model {0} on endpoint {1}, {2}', by.model, by.endpoint, place)
    : say('Model {0} on endpoint {1}, {2}, region {3}', by.model, by.endpoint, place, by.region);
}

function progressOf(answer: Answer, say: Say): string {
  if (answer.end !== undefined || answer.text !== '') return '';
  if (answer.waitingSince !== undefined) return say('Waiting for the endpoint to start…');
  if (answer.reasoning !== '') return say('Thinking…');
  if (answer.by === undefined) return say('Reading and redacting…');
  return answer.by.kind === 'local' ? say('Looking through the repository…') : say('Asking {0}…', answer.by.model);
}

function reasoningOf(answer: Answer, { say, restore }: Presentation): TurnView['reasoning'] {
  if (answer.reasoning === '') return undefined;
  const text = visible(restore(answer.reasoning.trim()));
  const until = answer.firstTextAt ?? answer.endedAt;
  if (until === undefined) return { label: say('Thinking…'), text };
  const seconds = Math.max(1, Math.round((until - answer.startedAt) / 1000));
  return { label: say('Thought for {0} s', seconds), text };
}

/** `1,204 → 312 tokens · 1.8 s`. */
function figuresOf(answer: Answer, say: Say): string {
  const { usage, startedAt, endedAt } = answer;
  const tokens =
    usage === undefined ? '' : say('{0} → {1} tokens', grouped(usage.inputTokens), grouped(usage.outputTokens));
  const seconds =
    endedAt === undefined || endedAt <= startedAt ? '' : say('{0} s', ((endedAt - startedAt) / 1000).toFixed(1));
  return [tokens, seconds].filter(Boolean).join(' · ');
}

const grouped = (count: number): string => count.toString().replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

function noticesOf(turn: Turn, presentation: Presentation): readonly Notice[] {
  const { answer } = turn;
  const { say } = presentation;
  const notices: Notice[] = [];
  if (answer.insteadOf !== undefined) {
    notices.push(
      plain('info', say('{0} could not answer, so another model of the same decision did.', visible(answer.insteadOf))),
    );
  }
  const withheld = turn.attachments.filter((attachment) => attachment.refused !== undefined);
  for (const { refused = '' } of withheld) notices.push(plain('info', visible(refused)));
  const end = endNotice(turn, presentation);
  return end === undefined ? notices : [...notices, end];
}

function endNotice(turn: Turn, { say, explain }: Presentation): Notice | undefined {
  const { end, text, waitingSince, by } = turn.answer;
  if (waitingSince !== undefined) {
    const message = say(
      '{0} is starting. Your question is kept and will be sent once it is ready.',
      by?.endpoint ?? say('The endpoint'),
    );
    return {
      severity: 'info',
      text: message,
      actions: [
        { id: 'other-model', label: say('Ask another model') },
        { id: 'cancel', label: say('Cancel') },
      ],
    };
  }
  switch (end?.kind) {
    case undefined:
      return undefined;
    case 'failed': {
      const { message, actions } = explain(end.error);
      return { severity: 'error', text: visible(message), actions };
    }
    case 'refused': {
      const sent = turn.attachments.some((attachment) => attachment.refused === undefined);
      const actions = [{ id: 'why', label: say('Why?') }];
      if (sent) actions.push({ id: 'without-files', label: say('Ask without files') });
      return { severity: 'warning', text: say('Not sent: {0}', visible(end.refusal.reason)), actions };
    }
    case 'ended':
      switch (end.reason) {
        case 'length':
          return {
            severity: 'info',
            text: say("Cut at the model's limit."),
            actions: [{ id: 'continue', label: say('Continue') }],
          };
        case 'cut':
          return {
            severity: 'warning',
            text: say('The connection broke before the end of the answer.'),
            actions: [{ id: 'continue', label: say('Continue') }],
          };
        case 'aborted':
          return plain(
            'info',
            text === '' ? say('Stopped before an answer came.') : say('Stopped. The answer so far is kept.'),
          );
        case 'guardrail':
          return {
            severity: 'warning',
            text: say("Blocked by your company's guardrail."),
            actions: [{ id: 'why', label: say('Why?') }],
          };
        case 'stop':
          return text === '' ? plain('info', say('The model gave no answer.')) : undefined;
      }
  }
}

const plain = (severity: Notice['severity'], text: string): Notice => ({ severity, text, actions: [] });
