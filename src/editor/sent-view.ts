import * as vscode from 'vscode';
import { decide } from '../core/policy/decide.ts';
import type { ActivePolicy, AllowedModel, Refusal } from '../core/policy/decision.ts';
import { type DataClass, tasks } from '../core/policy/schema.ts';
import { estimateTokens } from '../core/prompt/budget.ts';
import type { RedactedDocument } from '../core/redaction/redact.ts';
import type { RoutedRequest } from '../core/routing/route.ts';
import { type Fact, legendOf, piecesOf, type Sheet, sheetOf } from '../core/sent/sheet.ts';
import type { Gate } from './gate.ts';
import { highlightSheets, type SheetMarks } from './sheet-highlights.ts';
import { createVirtualTexts, type VirtualTexts } from './virtual-texts.ts';

const SENT_SCHEME = 'postern-sent';

/** A request as it left, kept in memory until others push it out. */
interface Sent {
  readonly request: RoutedRequest;
  readonly at: Date;
  readonly policy: ActivePolicy | undefined;
}

/** While a person types, every pause is a request; a chat turn a minute ago should still be found. */
const MOST_KEPT = 50;

/** "Show What Was Sent" and "Show What Would Be Sent for This File". */
export function registerSentView(gate: Gate): vscode.Disposable {
  const texts = createVirtualTexts(SENT_SCHEME);
  const highlights = highlightSheets(SENT_SCHEME);
  const sent: Sent[] = [];
  const remember = (request: RoutedRequest) => {
    const state = gate.policy();
    sent.push({ request, at: new Date(), policy: state.ok ? state.active : undefined });
    if (sent.length > MOST_KEPT) sent.shift();
  };
  return vscode.Disposable.from(
    texts,
    highlights,
    gate.onDidAsk((event) => event.type === 'routed' && remember(event.request)),
    vscode.commands.registerCommand('postern.showSent', (requestId?: unknown) => {
      const wanted = typeof requestId === 'string' ? sent.find(({ request }) => request.id === requestId) : sent.at(-1);
      if (wanted) return show(sentSheet(wanted), sentTitle(wanted), { texts, highlights });
      const nothing =
        typeof requestId === 'string'
          ? vscode.l10n.t('That request is no longer kept in memory.')
          : vscode.l10n.t('Nothing was sent since this window opened.');
      return vscode.window.showInformationMessage(nothing);
    }),
    vscode.commands.registerCommand('postern.showWouldSend', async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (!document || document.uri.scheme === SENT_SCHEME)
        return vscode.window.showInformationMessage(vscode.l10n.t('Open a file first.'));
      const read = await gate.read(document, 'chat', gate.newVault());
      const sheet = 'kind' in read ? refusalSheet(document, read) : wouldSendSheet(gate, read);
      const name = document.uri.path.split('/').at(-1) ?? '';
      return show(sheet, vscode.l10n.t('What would be sent for {0}', name), { texts, highlights });
    }),
  );
}

async function show(
  sheet: Sheet,
  title: string,
  to: { readonly texts: VirtualTexts; readonly highlights: SheetMarks },
): Promise<void> {
  const uri = to.texts.put(title.replaceAll('/', ' '), sheet.text);
  to.highlights.set(uri, sheet.marks);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}

const sentTitle = ({ request, at }: Sent): string =>
  vscode.l10n.t('What was sent ({0}, {1})', request.task, at.toLocaleTimeString());

function sentSheet({ request, at, policy }: Sent): Sheet {
  const { t } = vscode.l10n;
  const { prompt, decision, allowed } = request;
  const tokens = prompt.texts.reduce((sum, text) => sum + estimateTokens(text.text), 0);
  const files = new Set(prompt.texts.flatMap((text) => text.sources.map((source) => source.path)));
  files.delete('');
  return sheetOf(
    [
      [t('Time'), at.toLocaleString()],
      [t('Task'), request.task],
      [t('Class'), decision.class],
      [t('Model'), allowed.model.name ? `${allowed.id} (${allowed.model.name})` : allowed.id],
      [t('Endpoint'), endpointWords(allowed)],
      [t('Boundary'), allowed.endpoint.boundary],
      [t('Region'), 'region' in allowed.endpoint && allowed.endpoint.region ? allowed.endpoint.region : '-'],
      [t('Tokens'), t('about {0}', tokens.toLocaleString())],
      [t('Request'), request.id],
      [t('Policy'), policyWords(policy, decision.policyHash)],
      [t('Made from'), files.size > 0 ? [...files].join(', ') : '-'],
      replacedFact(prompt.texts.flatMap((text) => text.findings)),
    ],
    piecesOf(prompt),
  );
}

function wouldSendSheet(gate: Gate, read: RedactedDocument): Sheet {
  const { t } = vscode.l10n;
  const reasons = read.text.sources.flatMap((source) => source.steps.map(({ rule, says }) => `${says} (${rule})`));
  return sheetOf(
    [
      [t('File'), read.path.text],
      [t('Class'), read.class],
      [t('Because'), reasons.length > 0 ? reasons.join('; ') : '-'],
      ...tasks.map((task): Fact => [t('For {0}', task), whoAnswers(gate, task, read.class)]),
      [t('Tokens'), t('about {0}', estimateTokens(read.text.text).toLocaleString())],
      replacedFact(read.text.findings),
    ],
    [{ title: read.path.text, text: read.text }],
  );
}

function refusalSheet(document: vscode.TextDocument, refusal: Refusal): Sheet {
  const { t } = vscode.l10n;
  const facts: Fact[] = [
    [t('File'), vscode.workspace.asRelativePath(document.uri)],
    [t('Sent'), t('nothing')],
    [t('Because'), refusal.reason],
    ...refusal.steps.map(({ rule, says }): Fact => [rule, says]),
  ];
  return sheetOf(facts, []);
}

function whoAnswers(gate: Gate, task: (typeof tasks)[number], dataClass: DataClass): string {
  const state = gate.policy();
  if (!state.ok) return state.refusal.reason;
  const decision = decide(state.active, { task, class: dataClass, now: Date.now() });
  if (decision.kind === 'refusal') return decision.reason;
  return decision.models.map((allowed) => `${allowed.id} (${allowed.endpoint.boundary})`).join(', ');
}

const endpointWords = ({ endpointId, endpoint }: AllowedModel): string => `${endpointId} (${endpoint.kind})`;

const policyWords = (policy: ActivePolicy | undefined, hash: string): string =>
  policy?.hash === hash
    ? vscode.l10n.t('{0}, version {1} ({2})', policy.policy.organisation, policy.policy.version, hash.slice(0, 12))
    : hash.slice(0, 12);

const replacedFact = (findings: readonly { readonly type: string }[]): Fact => [
  vscode.l10n.t('Replaced'),
  legendOf(findings) || vscode.l10n.t('nothing'),
];
