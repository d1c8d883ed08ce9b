import * as vscode from 'vscode';
import type { Outcome } from '../core/gate/ask.ts';
import { type Severity, type StatusFacts, statusOf } from '../core/status/status.ts';
import { completionOnFor } from './completable.ts';
import { countWords, type FrontFile, NO_FILE, readFrontFile } from './front-file.ts';
import type { Gate } from './gate.ts';
import { readSettings } from './settings.ts';
import type { Snooze } from './snooze.ts';
import { showMenu } from './status-menu.ts';
import { createUsageToday } from './usage-today.ts';

/** The icon spins only for requests that take longer. */
const SPIN_AFTER_MS = 300;
/** Typing refreshes the facts of the file no more often than this. */
const REFRESH_MS = 400;

const backgrounds: Readonly<Record<Severity, vscode.ThemeColor | undefined>> = {
  normal: undefined,
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};

/** The one status item: what answers, where it runs, and why not when it does not. */
export function registerStatusBar(gate: Gate, snooze: Snooze): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Postern';
  item.command = 'postern.menu';
  const usage = createUsageToday(Date.now);
  const vault = gate.newVault();
  let front = NO_FILE;
  let failure: StatusFacts['failure'];
  let running = 0;
  let spinning = false;
  let redraw: NodeJS.Timeout | undefined;
  let refresh: NodeJS.Timeout | undefined;

  const facts = (): StatusFacts => {
    const state = gate.policy();
    const model = front.model;
    return {
      now: Date.now(),
      policyProblem: state.ok
        ? undefined
        : { expired: state.refusal.code === 'policy-expired', reason: state.refusal.reason },
      snoozedUntil: snooze.until(),
      fileRefusal: front.refusal,
      model: model && { id: model.id, boundary: model.endpoint.boundary, local: model.endpoint.kind === 'local' },
      failure,
      completionOn:
        readSettings().completion && completionOnFor(vscode.window.activeTextEditor?.document.languageId ?? '*'),
    };
  };
  const draw = () => {
    const status = statusOf(facts());
    const icon = spinning
      ? '$(sync~spin)'
      : status.kind === 'off' || status.kind === 'snoozed'
        ? '$(circle-slash)'
        : '$(shield)';
    item.text = `${icon} ${status.text}`;
    item.backgroundColor = backgrounds[status.severity];
    item.tooltip = tooltip(status.explanation, front, usage.read());
    item.accessibilityInformation = { label: `Postern: ${status.text}. ${status.explanation}`, role: 'button' };
    clearTimeout(redraw);
    if (status.refreshMs !== undefined) redraw = setTimeout(draw, Math.max(250, status.refreshMs));
  };
  const readFront = async () => {
    front = await readFrontFile(gate, vault);
    draw();
  };
  const later = () => {
    clearTimeout(refresh);
    refresh = setTimeout(() => void readFront(), REFRESH_MS);
  };
  const started = () => {
    running++;
    setTimeout(() => {
      if (running > 0 && !spinning) {
        spinning = true;
        draw();
      }
    }, SPIN_AFTER_MS);
  };
  const ended = (outcome: Outcome) => {
    if (outcome.request) running = Math.max(0, running - 1);
    if (running === 0) spinning = false;
    usage.add(outcome);
    failure = failureAfter(outcome, failure);
    draw();
  };

  item.show();
  draw();
  later();
  const subscriptions = [
    item,
    snooze.onDidChange(draw),
    gate.onDidAsk((event) => event.type === 'routed' && started()),
    gate.onDidEnd(ended),
    gate.onDidChangePolicy(() => void readFront()),
    vscode.window.onDidChangeActiveTextEditor(later),
    vscode.workspace.onDidChangeTextDocument(
      (change) => change.document === vscode.window.activeTextEditor?.document && later(),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('postern') && later()),
    vscode.commands.registerCommand('postern.menu', () =>
      showMenu({ status: statusOf(facts()), front, usage: usage.read(), snoozed: snooze.until() !== undefined }),
    ),
  ];
  return new vscode.Disposable(() => {
    clearTimeout(redraw);
    clearTimeout(refresh);
    vscode.Disposable.from(...subscriptions).dispose();
  });
}

/** The failure to show after an outcome: the latest one, until an endpoint other than the local engine answers. */
function failureAfter({ request, end, endedAt }: Outcome, before: StatusFacts['failure']): StatusFacts['failure'] {
  if (!request || request.allowed.endpoint.kind === 'local') return before;
  if (end.kind !== 'failed') return end.kind === 'answered' && end.reason !== 'aborted' ? undefined : before;
  const { endpoint, endpointId } = request.allowed;
  const sameSpell = before?.kind === 'warming' && end.error.kind === 'warming' && before.endpointId === endpointId;
  return {
    kind: end.error.kind,
    endpointId,
    at: sameSpell ? before.at : endedAt,
    expectedMs: endpoint.limits?.coldStartMs ?? 240_000,
  };
}

function tooltip(
  explanation: string,
  front: FrontFile,
  usage: ReturnType<ReturnType<typeof createUsageToday>['read']>,
): vscode.MarkdownString {
  const lines = [`**Postern**  \n${explanation}`];
  if (front.model) {
    const { endpoint, endpointId, model } = front.model;
    const region = 'region' in endpoint && endpoint.region ? ` · ${endpoint.region}` : '';
    lines.push(
      `${vscode.l10n.t('Model')}: ${model.name ?? front.model.id} · ${endpointId} · ${endpoint.boundary}${region}`,
    );
  }
  if (front.class)
    lines.push(`${vscode.l10n.t('Class of this file')}: ${front.class}${front.why ? ` — ${front.why}` : ''}`);
  if (front.class) lines.push(`${vscode.l10n.t('Replaced in this file')}: ${countWords(front.findings)}`);
  lines.push(`${vscode.l10n.t('Tokens today')}: ${usage.tokens.toLocaleString()}${moneyWords(usage.money)}`);
  if (usage.lastMs !== undefined) lines.push(`${vscode.l10n.t('Last answer')}: ${(usage.lastMs / 1000).toFixed(1)} s`);
  return new vscode.MarkdownString(lines.join('\n\n'));
}

const moneyWords = (money: ReadonlyMap<string, number>): string =>
  [...money].map(([currency, amount]) => ` · ${amount.toFixed(2)} ${currency}`).join('');
