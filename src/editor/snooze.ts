import * as vscode from 'vscode';

/** Pauses completions for a while. Lives as long as the window. */
export interface Snooze extends vscode.Disposable {
  /** Milliseconds since 1970 at which it ends; undefined when awake. */
  until(): number | undefined;
  readonly onDidChange: vscode.Event<void>;
}

const choices = [5, 15, 60] as const;

export function registerSnooze(now: () => number): Snooze {
  const changed = new vscode.EventEmitter<void>();
  let until: number | undefined;
  const set = (value: number | undefined) => {
    until = value;
    changed.fire();
  };
  const commands = [
    vscode.commands.registerCommand('postern.snooze', async () => {
      const items = choices.map((minutes) => ({ label: vscode.l10n.t('{0} minutes', minutes), minutes }));
      const picked = await vscode.window.showQuickPick(items, {
        title: vscode.l10n.t('Snooze completions for'),
        placeHolder: vscode.l10n.t('Chat and refactoring still work'),
      });
      if (picked) set(now() + picked.minutes * 60_000);
    }),
    vscode.commands.registerCommand('postern.wake', () => set(undefined)),
  ];
  return {
    until: () => (until !== undefined && until > now() ? until : undefined),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(changed, ...commands).dispose(),
  };
}
