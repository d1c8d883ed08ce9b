import type { Provider, StreamEvent } from '../provider/provider.ts';
import type { RoutedRequest } from '../routing/route.ts';
import type { NgramModel } from './ngram.ts';
import { retrievalAnswer } from './retrieval-answer.ts';

/**
 * The provider of endpoint kind `local`: it serves where no model may or can. For a completion it gives the n-gram
 * continuation, or nothing when it is not sure; for a chat, places in the code; for a refactoring, an error. It computes at
 * once and in memory, so an abort is seen before each event.
 */
export function createLocalProvider({ ngram }: { readonly ngram: NgramModel }): Provider {
  return {
    async *stream(request, signal) {
      for (const event of answer(request, ngram)) {
        if (signal.aborted) {
          yield { type: 'end', reason: 'aborted' };
          return;
        }
        yield event;
      }
    },
  };
}

function* answer(request: RoutedRequest, ngram: NgramModel): Generator<StreamEvent> {
  const { body, sections } = request.prompt;
  if (request.task === 'refactor') {
    yield {
      type: 'error',
      error: {
        kind: 'bad-request',
        endpointId: request.allowed.endpointId,
        detail: 'The local engine cannot rewrite code.',
      },
    };
    return;
  }
  const text =
    body.kind === 'completion'
      ? ngram.propose(body.prefix.text, body.languageId)
      : retrievalAnswer(body.messages.findLast((message) => message.role === 'user')?.content.text ?? '', sections);
  if (text !== '') yield { type: 'text', text };
  yield { type: 'end', reason: 'stop' };
}
