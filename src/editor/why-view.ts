import * as vscode from 'vscode';
import { decide } from '../core/policy/decide.ts';
import type { Refusal } from '../core/policy/decision.ts';
import { explain, type Reason } from '../core/policy/explain.ts';
import { tasks } from '../core/policy/schema.ts';
import type { Source } from '../core/redaction/redact.ts';
import type { RoutedRequest } from '../core/routing/route.ts';
import type { Gate } from './gate.ts';

/** Typing makes requests faster than anybody reads reasons. */
const REDRAW_MS = 400;

/** "Why Did This Go There?": the reasons for the last request or refusal, and for the file in front before anything is sent. */
export function registerWhyView(gate: Gate): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const vault = gate.newVault();
  /** Shown closed: there are three tasks, and mostly one is of interest. */
  const folded = new WeakSet<Reason>();
  let last: Reason | undefined;
  let timer: NodeJS.Timeout | undefined;
  const redraw = () => {
    clearTimeout(timer);
    timer = setTimeout(() => changed.fire(undefined), REDRAW_MS);
  };
  const view = vscode.window.createTreeView<Reason>('postern.why', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (reason) => treeItem(reason, folded.has(reason)),
      getChildren: async (reason) => {
        if (reason) return [...reason.children];
        const front = await reasonsForFront(gate, vault);
        for (const task of front.flatMap(({ children }) => children)) folded.add(task);
        return [...(last ? [last] : []), ...front];
      },
    },
  });
  return vscode.Disposable.from(
    changed,
    view,
    { dispose: () => clearTimeout(timer) },
    gate.onDidAsk((event) => {
      last = event.type === 'routed' ? requestReason(event.request) : refusalReason(event.refusal);
      if (view.visible) redraw();
    }),
    gate.onDidChangePolicy(redraw),
    vscode.window.onDidChangeActiveTextEditor(() => view.visible && redraw()),
    vscode.commands.registerCommand('postern.why', async (refusal?: unknown) => {
      if (isRefusal(refusal)) last = refusalReason(refusal);
      changed.fire(undefined);
      await vscode.commands.executeCommand('postern.why.focus');
    }),
  );
}

function requestReason(request: RoutedRequest): Reason {
  const { allowed, task, decision } = request;
  const sources = new Map<string, Source>();
  for (const source of request.prompt.texts.flatMap((text) => text.sources))
    sources.set(`${source.uri}\n${source.class}`, source);
  return {
    label: vscode.l10n.t('Last request'),
    detail: vscode.l10n.t('{0} went to {1} ({2})', task, allowed.id, allowed.endpoint.boundary),
    children: explain(decision, [...sources.values()]),
  };
}

const refusalReason = (refusal: Refusal): Reason => ({
  label: vscode.l10n.t('Last refusal'),
  detail: refusal.reason,
  children: explain(refusal),
});

/** What would happen to the file in front, for each task. Nothing is sent to find out. */
async function reasonsForFront(gate: Gate, vault: ReturnType<Gate['newVault']>): Promise<readonly Reason[]> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || document.uri.scheme.startsWith('postern-')) return [];
  const children: Reason[] = [];
  for (const task of tasks) {
    const read = await gate.read(document, task, vault);
    const state = gate.policy();
    const refusal = 'kind' in read ? read : state.ok ? undefined : state.refusal;
    if (refusal) children.push({ label: task, detail: vscode.l10n.t('not sent'), children: explain(refusal) });
    else if (!('kind' in read) && state.ok) {
      const outcome = decide(state.active, { task, class: read.class, now: Date.now() });
      const first = outcome.kind === 'decision' ? outcome.models[0]?.id : undefined;
      const detail = first === undefined ? vscode.l10n.t('not sent') : vscode.l10n.t('would go to {0}', first);
      children.push({ label: task, detail, children: explain(outcome, read.text.sources) });
    }
  }
  const path = vscode.workspace.asRelativePath(document.uri);
  return [{ label: vscode.l10n.t('This file, not yet sent'), detail: path, children }];
}

function treeItem({ label, detail, children }: Reason, folded: boolean): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const state = children.length === 0 ? None : folded ? Collapsed : Expanded;
  const item = new vscode.TreeItem(label, state);
  item.description = detail;
  item.tooltip = detail === '' ? label : `${label}: ${detail}`;
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refusal' && 'steps' in value;
