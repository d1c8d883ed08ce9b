import * as vscode from 'vscode';
import { remembered } from '../core/refactor/kinds.ts';

/** Asks what to do, with the instructions of this session to choose from. They are kept in memory only. */
export interface InstructionInput {
  /** Undefined when the person changed their mind. */
  ask(): Promise<string | undefined>;
}

interface Item extends vscode.QuickPickItem {
  readonly instruction: string;
}

export function createInstructionInput(): InstructionInput {
  let history: readonly string[] = [];
  return {
    async ask() {
      const instruction = await askWith(history);
      if (instruction !== undefined) history = remembered(history, instruction);
      return instruction;
    },
  };
}

function askWith(history: readonly string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Rewrite');
  pick.placeholder = vscode.l10n.t('What should change? For example: use async/await');
  const earlier = history.map((instruction): Item => ({ label: `$(history) ${instruction}`, instruction }));
  const itemsFor = (typed: string): Item[] => {
    // What was typed comes first, so that Enter never takes an earlier instruction that merely resembles it.
    const own: Item[] = typed === '' ? [] : [{ label: `$(edit) ${typed}`, instruction: typed, alwaysShow: true }];
    return [...own, ...earlier.filter(({ instruction }) => instruction !== typed)];
  };
  pick.items = itemsFor('');
  return new Promise((resolve) => {
    pick.onDidChangeValue((value) => {
      pick.items = itemsFor(value.trim());
    });
    pick.onDidAccept(() => {
      // Enter may come before the list that the last character made.
      const instruction = pick.activeItems[0]?.instruction ?? pick.value.trim();
      if (instruction === '') return;
      resolve(instruction);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
