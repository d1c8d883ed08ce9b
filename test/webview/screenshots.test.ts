import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Attachment, ChatChange } from '../../src/core/chat/conversation.ts';
import type { Chip, ToView } from '../../src/core/chat/protocol.ts';
import type { GateEvent } from '../../src/core/gate/question.ts';
import { type Theme, themes } from './themes.ts';
import { turnScript } from './turns.ts';
import { openBrowser, type ViewBrowser } from './view-page.ts';

/** Pictures for people to look at, and the one thing about looks that a machine can tell: nothing is wider than the view. */

const browser: ViewBrowser | undefined = await openBrowser();
afterAll(() => browser?.close());

const folder = join(import.meta.dirname, '../../test-output/screenshots');
mkdirSync(folder, { recursive: true });

const attachment = (part: Partial<Attachment>): Attachment => ({
  id: 'a',
  label: 'reader.ts:40-66',
  uri: 'file:///r/reader.ts',
  lines: { first: 39, last: 65 },
  class: 'internal',
  redactions: 1,
  refused: undefined,
  ...part,
});

const routed = (model: string, kind: 'vllm' | 'local', boundary: 'on-premises' | 'workstation'): GateEvent =>
  ({
    type: 'routed',
    request: { id: 'r', allowed: { id: model, model: {}, endpointId: 'gpu-sp', endpoint: { kind, boundary } } },
  }) as unknown as GateEvent;

const ANSWER = `**\`split\`** is called with a limit of 8, so everything after the eighth separator is cut off [src/csv/reader.ts:52]:

\`\`\`diff
 const sep = options.separator;
-const cells = line.split(sep, 8);
+const cells = line.split(sep);
\`\`\`

What else depends on it:

1. \`parseRow\` in [src/csv/reader.ts:40-66]
2. the header check, which counts columns
   - it expects **at least** eight
   - see [the format](https://www.rfc-editor.org/rfc/rfc4180)

| file | columns | note |
|---|--:|---|
| orders.csv | 9 | last one is lost |
| customers.csv | 8 | fine |

> The limit came with the first version.

\`\`\`ts src/csv/reader.ts
export function parseRow(line: string, options: ReaderOptions): readonly string[] {
  return line.split(options.separator).map((cell) => cell.trim());
}
\`\`\`
`;

const prepared = (attachments: readonly Attachment[]): Omit<ChatChange & { type: 'prepared' }, 'turn'> => ({
  type: 'prepared',
  redacted: '',
  attachments,
  class: 'internal',
});

const answered = (): readonly ToView[] => {
  const script = turnScript('one', 'Why does `parseRow` drop the last column?');
  return [
    ...script.change(prepared([attachment({})])),
    ...script.event(routed('deepseek-v3', 'vllm', 'on-premises')),
    ...script.event({ type: 'reasoning', text: 'The user asks about the last column. split takes a limit.' }, 500),
    ...script.event({ type: 'text', text: ANSWER }, 4000),
    ...script.event({ type: 'usage', usage: { inputTokens: 1204, outputTokens: 312 } }),
    ...script.event({ type: 'end', reason: 'stop' }, 5800),
  ];
};

const streaming = (): readonly ToView[] => {
  const script = turnScript('two', 'And where is it tested?');
  return [
    ...script.change(prepared([])),
    ...script.event(routed('deepseek-v3', 'vllm', 'on-premises')),
    ...script.event({ type: 'text', text: 'The tests stand in [test/reader.test.ts:12] and cover **three cas' }),
  ];
};

const troubles = (): readonly ToView[] => {
  const failed = turnScript('three', 'What does this do?');
  const refused = turnScript('four', 'Explain the ledger');
  const waiting = turnScript('five', 'Write a test for it');
  const long = turnScript('six', 'List everything');
  return [
    ...failed.change(prepared([])),
    ...failed.event(routed('deepseek-v3', 'vllm', 'on-premises')),
    ...failed.event({
      type: 'error',
      error: { kind: 'unreachable', endpointId: 'gpu-sp', detail: 'connection refused' },
    }),
    ...refused.change(
      prepared([
        attachment({ label: 'ledger.ts', class: 'restricted', redactions: 0 }),
        attachment({ id: 'b', label: '.env', class: undefined, redactions: 0, refused: '.env is excluded by policy.' }),
      ]),
    ),
    ...refused.event({
      type: 'refused',
      refusal: { kind: 'refusal', code: 'no-route', reason: 'no model may read restricted code for chat.', steps: [] },
    }),
    ...waiting.change(prepared([])),
    ...waiting.event(routed('deepseek-v3', 'vllm', 'on-premises')),
    ...waiting.change({ type: 'waiting', at: 0 }),
    ...long.change(prepared([])),
    ...long.event(routed('n-gram', 'local', 'workstation')),
    ...long.event({
      type: 'text',
      text: 'Places that mention it:\n\n- [src/a.ts:4]\n- [src/long/name/of/a/file.ts:12-40]',
    }),
    ...long.event({ type: 'end', reason: 'length' }, 1800),
  ];
};

const CHIPS: readonly Chip[] = [
  { id: 'a', label: 'reader.ts:40-66', facts: 'internal · 1 redaction' },
  { id: 'b', label: 'problems in reader.ts', facts: 'internal' },
  { id: 'c', label: 'secrets.env', facts: 'not sent', refused: 'excluded by policy' },
];
const composer = (busy: boolean, chips: readonly Chip[]): ToView => ({
  type: 'composer',
  chips,
  model: 'deepseek-v3 · on-premises',
  modelDetail: '',
  busy,
});
const start: ToView = {
  type: 'clear',
  examples: [
    'Where does csv-tools start, and what does it load first?',
    'What does reader.ts do, and who uses it?',
    'Which cases do the tests of reader.ts leave out?',
  ],
  origin:
    'Answers come from deepseek-v3 · on-premises, as the policy of Example Bank says. Secrets and personal data are replaced first.',
};

const scenes: readonly [name: string, messages: readonly ToView[]][] = [
  ['start', [start, composer(false, CHIPS)]],
  ['answer', [start, composer(false, CHIPS.slice(0, 1)), ...answered()]],
  ['streaming', [start, composer(true, []), ...streaming()]],
  ['troubles', [start, composer(false, []), ...troubles()]],
];
const widths = [240, 400, 1200];

describe.skipIf(!browser)('looks', () => {
  it.each(Object.keys(themes) as Theme[])(
    '%s',
    async (theme) => {
      const view = await browser?.open();
      if (!view) return;
      await view.theme(theme);
      for (const width of widths) {
        for (const [name, messages] of scenes) {
          await view.page.setViewportSize({ width, height: name === 'troubles' || name === 'answer' ? 1250 : 640 });
          await view.send(...messages);
          await view.page.waitForTimeout(200);
          await view.page.screenshot({ path: join(folder, `chat-${name}-${theme}-${width}.png`) });
          const wide = await view.page.evaluate(() =>
            [...document.querySelectorAll('body *')]
              .filter(
                (one) => !one.closest('pre, .table, .spoken') && one.getBoundingClientRect().right > innerWidth + 0.5,
              )
              .map((one) => one.className),
          );
          expect([name, width, wide]).toEqual([name, width, []]);
        }
      }
    },
    120_000,
  );
});
