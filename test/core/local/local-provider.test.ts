import { describe, expect, it } from 'vitest';
import type { Section } from '../../../src/core/context/section.ts';
import { createLocalProvider } from '../../../src/core/local/local-provider.ts';
import { createNgramModel } from '../../../src/core/local/ngram.ts';
import type { AllowedModel, Decision } from '../../../src/core/policy/decision.ts';
import type { Task } from '../../../src/core/policy/schema.ts';
import { buildChatPrompt } from '../../../src/core/prompt/chat.ts';
import { buildLocalCompletionPrompt } from '../../../src/core/prompt/completion.ts';
import type { RedactedPrompt } from '../../../src/core/prompt/redacted-prompt.ts';
import { RoutedRequest, route } from '../../../src/core/routing/route.ts';
import { redacted } from '../../support/routed-request.ts';
import { collect } from '../../support/stream.ts';

const allowed: AllowedModel = {
  id: 'n-gram',
  model: { endpoint: 'workstation', reasoning: false, tasks: ['completion', 'chat'] },
  endpointId: 'workstation',
  endpoint: { kind: 'local', boundary: 'workstation' },
};

function routed(prompt: RedactedPrompt, task: Task): RoutedRequest {
  const decision: Decision = {
    kind: 'decision',
    task,
    class: 'internal',
    models: [allowed],
    passedOver: [],
    steps: [],
    policyHash: '0'.repeat(64),
  };
  const request = route(prompt, decision, allowed, 'test');
  if (!(request instanceof RoutedRequest)) throw new Error(request.reason);
  return request;
}

const section = (path: string, line: number | undefined, text: string): Section => ({
  kind: line === undefined ? 'outline' : 'window',
  path: redacted(path, 'chat'),
  uri: `file:///${path}`,
  text: redacted(text, 'chat'),
  line,
  score: 1,
  why: 'similar to the question',
});

const sections = [
  section('src/report.ts', 9, 'export function total(rows: Row[]) {\n  return rows.length;\n}'),
  section(
    'src/reader.ts',
    39,
    '// reads a file\n\nexport function parseRow(line: string) {\n  return line.split(SEPARATOR, 8);\n}',
  ),
  section('src/row.ts', undefined, 'class Row\n  columns'),
];

const ask = (question: string, given: readonly Section[], task: Task = 'chat') =>
  routed(buildChatPrompt({ history: [], question: redacted(question, 'chat'), sections: given }, allowed.model), task);

const stream = (request: RoutedRequest, signal = new AbortController().signal) =>
  collect(createLocalProvider({ ngram: createNgramModel() }).stream(request, signal));

describe('local provider, completion', () => {
  const guard = '  if (error) return reject(error);\n';
  const ngram = createNgramModel();
  ngram.learn('file:///a.ts', redacted(guard + guard, 'completion'), 'typescript');
  while (ngram.work());
  const complete = (prefix: string, signal = new AbortController().signal) => {
    const place = {
      path: redacted('a.ts', 'completion'),
      languageId: 'typescript',
      prefix: redacted(prefix, 'completion'),
      suffix: redacted('\n', 'completion'),
      sections: [],
    };
    return collect(
      createLocalProvider({ ngram }).stream(routed(buildLocalCompletionPrompt(place), 'completion'), signal),
    );
  };

  it.each([
    ['sure', '  if (error) return ', 'reject(error);'],
    ['not sure', '  while (true) ', ''],
  ])('%s', async (_name, prefix, text) => {
    expect(await complete(prefix)).toMatchObject({ text, end: 'stop', error: undefined });
  });

  it('stops for an abort', async () => {
    expect(await complete('  if (error) return ', AbortSignal.abort())).toMatchObject({ text: '', end: 'aborted' });
  });
});

describe('local provider, chat', () => {
  it('says what it is and lists places, the one that fits best first', async () => {
    const { text, end } = await stream(ask('Why does parseRow split the line into 8?', sections));
    expect(end).toBe('stop');
    expect(text).toMatch(/^The local engine answered\. It is not a language model/);
    const cited = [...text.matchAll(/\[([^\]]+)\], /g)].map(([, citation]) => citation);
    expect(cited).toEqual(['src/reader.ts:42-44', 'src/report.ts:10-12', 'src/row.ts']);
    expect(text).toContain('  export function parseRow(line: string) {\n');
  });

  it('says so when nothing was found', async () => {
    const { text } = await stream(ask('Why?', []));
    expect(text).toContain('found no code');
  });

  it('does not rewrite code', async () => {
    const { error, text } = await stream(ask('Rename it.', sections, 'refactor'));
    expect(text).toBe('');
    expect(error).toEqual({
      kind: 'bad-request',
      endpointId: 'workstation',
      detail: 'The local engine cannot rewrite code.',
    });
  });
});
