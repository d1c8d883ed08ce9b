import * as vscode from 'vscode';
import type { Outcome } from '../core/gate/ask.ts';
import type { Vault } from '../core/redaction/vault.ts';
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
  const status = new StatusItem(gate, snooze);
  const isFront = (document: vscode.TextDocument) => document === vscode.window.activeTextEditor?.document;
  return vscode.Disposable.from(
    status,
    snooze.onDidChange(() => status.draw()),
    gate.onDidAsk((event) => event.type === 'routed' && status.started()),
    gate.onDidEnd((outcome) => status.ended(outcome)),
    gate.onDidChangePolicy(() => status.policyChanged()),
    vscode.window.onDidChangeActiveTextEditor(() => status.refresh(REFRESH_MS)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isFront(document) && status.refresh(REFRESH_MS)),
    vscode.workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration('postern') && status.refresh(REFRESH_MS),
    ),
    vscode.commands.registerCommand('postern.menu', () => status.showMenu()),
  );
}

class StatusItem implements vscode.Disposable {
  readonly #gate: Gate;
  readonly #snooze: Snooze;
  readonly #item = vscode.window.createStatusBarItem('status', vscode.StatusBarAlignment.Right, 100);
  readonly #usage = createUsageToday(Date.now);
  readonly #vault: Vault;
  #front = NO_FILE;
  #failure: StatusFacts['failure'];
  #running = 0;
  #spinning = false;
  #redraw: NodeJS.Timeout | undefined;
  #refresh: NodeJS.Timeout | undefined;

  constructor(gate: Gate, snooze: Snooze) {
    this.#gate = gate;
    this.#snooze = snooze;
    this.#vault = gate.newVault();
    this.#item.name = 'Postern';
    this.#item.command = 'postern.menu';
    this.#item.show();
    this.draw();
    this.refresh(REFRESH_MS);
  }

  draw(): void {
    const status = statusOf(this.#facts());
    const struck = status.kind === 'off' || status.kind === 'snoozed';
    const icon = this.#spinning ? '$(sync~spin)' : struck ? '$(circle-slash)' : '$(shield)';
    this.#item.text = `${icon} ${status.text}`;
    this.#item.backgroundColor = backgrounds[status.severity];
    this.#item.tooltip = tooltip(status.explanation, this.#front, this.#usage.read());
    this.#item.accessibilityInformation = {
      label: `Postern: ${status.text}. ${status.explanation}`,
      role: 'button',
    };
    clearTimeout(this.#redraw);
    if (status.refreshMs !== undefined) this.#redraw = setTimeout(() => this.draw(), Math.max(250, status.refreshMs));
  }

  /** Reads the file in front again after so many milliseconds, of the last call only. */
  refresh(afterMs: number): void {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(async () => {
      this.#front = await readFrontFile(this.#gate, this.#vault);
      this.draw();
    }, afterMs);
  }

  /** A failure may have been of an endpoint that is no more. */
  policyChanged(): void {
    this.#failure = undefined;
    this.refresh(0);
  }

  started(): void {
    this.#running++;
    setTimeout(() => this.#spin(), SPIN_AFTER_MS);
  }

  ended(outcome: Outcome): void {
    if (outcome.request) this.#running = Math.max(0, this.#running - 1);
    if (this.#running === 0) this.#spinning = false;
    this.#usage.add(outcome);
    this.#failure = failureAfter(outcome, this.#failure);
    this.draw();
  }

  showMenu(): Promise<void> {
    const snoozed = this.#snooze.until() !== undefined;
    return showMenu({ status: statusOf(this.#facts()), front: this.#front, usage: this.#usage.read(), snoozed });
  }

  dispose(): void {
    clearTimeout(this.#redraw);
    clearTimeout(this.#refresh);
    this.#item.dispose();
  }

  #spin(): void {
    if (this.#running === 0 || this.#spinning) return;
    this.#spinning = true;
    this.draw();
  }

  #facts(): StatusFacts {
    const state = this.#gate.policy();
    const { model, refusal } = this.#front;
    const languageId = vscode.window.activeTextEditor?.document.languageId ?? '*';
    return {
      now: Date.now(),
      policyProblem: state.ok
        ? undefined
        : { expired: state.refusal.code === 'policy-expired', reason: state.refusal.reason },
      snoozedUntil: this.#snooze.until(),
      fileRefusal: refusal,
      model: model && { id: model.id, boundary: model.endpoint.boundary, local: model.endpoint.kind === 'local' },
      failure: this.#failure,
      completionOn: readSettings().completion && completionOnFor(languageId),
    };
  }
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
