/** For each rule, files that break it. The first file of each is the one that the rule must name. */
export const plants: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  'a layer imports only the layers below it': [
    { 'src/core/chat/planted.ts': "import { read } from '../../node/audit-file.ts';" },
    { 'src/core/chat/planted.ts': "import type { Gate } from '../../editor/gate.ts';" },
    { 'src/core/chat/planted.ts': "export const later = () => import('../../node/lazy.ts');" },
    { 'src/node/planted.ts': "import { readSettings } from '../editor/settings.ts';" },
    { 'src/editor/planted.ts': "import { draw } from '../webview/main.ts';" },
    { 'src/webview/planted.ts': "import { scan } from '../core/redaction/scan.ts';" },
    { 'src/eval/planted.ts': "import { readSettings } from '../editor/settings.ts';" },
  ],
  'no import leaves src': [
    { 'src/core/chat/planted.ts': "import { planted } from '../../../test/editor/planted.ts';" },
  ],
  'every layer has its place in the table': [{ 'src/shared/planted.ts': 'export const planted = 1;' }],
  'core imports only pure packages': [
    { 'src/core/chat/planted.ts': "import { readFileSync } from 'node:fs';" },
    { 'src/core/chat/planted.ts': "import type { Uri } from 'vscode';" },
    { 'src/core/chat/planted.ts': "import OpenAI from 'openai';" },
    { 'src/core/chat/planted.ts': "export type Client = import('openai').OpenAI;" },
  ],
  'webview imports no package': [{ 'src/webview/planted.ts': "import { marked } from 'marked';" }],
  'only editor and extension.ts import vscode': [
    { 'src/node/planted.ts': "import * as vscode from 'vscode';" },
    { 'src/eval/planted.ts': "import type * as vscode from 'vscode';" },
  ],
  'only node, cli and eval import the system or the network': [
    { 'src/editor/planted.ts': "import { readFile } from 'node:fs/promises';" },
    { 'src/extension.ts': "import OpenAI from 'openai';" },
  ],
  'files import each other without cycles': [
    {
      'src/core/chat/planted.ts': "import type { B } from './second.ts';",
      'src/core/chat/second.ts': "import { c } from './third.ts';",
      'src/core/chat/third.ts': "import { a } from './planted.ts';",
    },
  ],
  'core gets time, chance, timers, network and process injected': [
    'Date.now()',
    'new Date()',
    'Math.random()',
    'setTimeout(() => 1, 1)',
    'setInterval(() => 1, 1)',
    'setImmediate(() => 1)',
    "fetch('http://127.0.0.1')",
    'new WebSocket(url)',
    'new XMLHttpRequest()',
    'process.env.HOME',
    "Buffer.from('')",
    'crypto.randomUUID()',
    'console.log(1)',
    'performance.now()',
    'globalThis.fetch',
  ].map((use) => ({ 'src/core/chat/planted.ts': `declare const url: string;\nexport const planted = () => ${use};` })),
  'only the builders of core/prompt assemble a prompt': [
    { 'src/core/chat/planted.ts': "import { assemble } from '../prompt/redacted-prompt.ts';" },
    { 'src/core/chat/planted.ts': "import * as prompt from '../prompt/redacted-prompt.ts';" },
    {
      'src/editor/planted.ts':
        "import {\n  type RedactedPrompt,\n  assemble as make,\n} from '../core/prompt/redacted-prompt.ts';",
    },
  ],
  'what loads later somewhere is imported statically nowhere': [
    {
      'src/node/planted.ts': "import { createBedrockProvider } from './bedrock.ts';",
      'src/node/lazy.ts': "export const loadBedrock = () => import('./bedrock.ts');",
    },
  ],
  'settings of Postern are read in one file': [
    { 'src/editor/planted.ts': "const on = vscode.workspace.getConfiguration('postern').get('on');" },
    { 'src/editor/planted.ts': "const on = vscode.workspace.getConfiguration().get<boolean>('postern.on');" },
    { 'src/editor/planted.ts': "const on = vscode.workspace.getConfiguration().inspect('postern.on')?.globalValue;" },
  ],
  'no barrel, no re-export': [
    { 'src/core/chat/planted.ts': "export * from './present.ts';" },
    { 'src/core/chat/planted.ts': "export type { Chip } from './protocol.ts';" },
  ],
  'file names say what is in the file': [
    { 'src/core/chat/string-utils.ts': '' },
    { 'src/core/chat/chatManager.ts': '' },
    { 'src/core/common/planted.ts': '' },
  ],
  'files are short enough to read': [{ 'src/core/chat/planted.ts': '//\n'.repeat(301) }],
};

/** What must pass, though it looks like a violation. */
export const innocent: Readonly<Record<string, string>> = {
  'src/core/chat/planted.ts': [
    "import * as z from 'zod';",
    "import picomatch from 'picomatch/posix.js';",
    '// Date.now() and process.env belong to the rim',
    "export const words = ['fetch(', 'console.log', `Buffer`];",
    'export const pattern = /setTimeout|crypto/;',
    'export const at = (process: { now: () => number }): Date => new Date(process.now());',
  ].join('\n'),
  'src/webview/planted.ts': "import type { Block } from '../core/chat/protocol.ts';",
  'src/node/planted.ts': "import type { Parser } from './second.ts';\nexport const load = () => import('./second.ts');",
};
