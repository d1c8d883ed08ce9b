import * as vscode from 'vscode';
import { proposal } from '../core/chat/placing.ts';
import { diffHunks, editOf } from '../core/refactor/hunks.ts';
import { type ApplyRims, applicableHunks, applyLineEdits, editTargetOf } from './refactor-apply.ts';
import { createVirtualTexts, type VirtualTexts } from './virtual-texts.ts';

/** Code of an answer that somebody wants in a file. */
export interface CodeForFile {
  readonly uri: vscode.Uri;
  /** With the placeholders put back that belong to this file. */
  readonly code: string;
  readonly language: string;
}

const PROPOSAL_SCHEME = 'postern-proposal';

interface EditedFile {
  readonly document: vscode.TextDocument;
  /** Whether it decides what runs, here or elsewhere. */
  readonly control: boolean;
}

interface Open {
  readonly answer: (applies: boolean) => void;
}

/** Puts code of answers into files: always as a diff first, and as one step that one undo takes back. */
export class ChatEdits implements vscode.Disposable {
  readonly #rims: ApplyRims;
  readonly #texts: VirtualTexts = createVirtualTexts(PROPOSAL_SCHEME);
  #open: Open | undefined;

  constructor(rims: ApplyRims) {
    this.#rims = rims;
  }

  /** Finds the place of the code in its file. Resolves to whether it was applied. */
  async apply(wanted: CodeForFile): Promise<boolean> {
    const target = await this.#target(wanted.uri);
    if (!target) return false;
    const { document } = target;
    const selected = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.selection;
    const selection =
      selected && !selected.isEmpty ? { start: selected.start.line, end: selected.end.line + 1 } : undefined;
    const original = document.getText();
    const placed = proposal(original, wanted.code, {
      language: wanted.language,
      ...(selection === undefined ? {} : { selection }),
    });
    if (!placed || placed.text === original) {
      const name = vscode.workspace.asRelativePath(wanted.uri);
      const text = placed
        ? vscode.l10n.t('{0} already holds this code.', name)
        : vscode.l10n.t('No place in {0} fits this code. Put the cursor where it belongs and choose Insert.', name);
      void vscode.window.showInformationMessage(text);
      return false;
    }
    const partly = vscode.l10n.t('{0} of {1} edits fit.', placed.fits, placed.of);
    return this.#review(target, { original, proposed: placed.text, remark: placed.fits < placed.of ? partly : '' });
  }

  /** Puts code at the cursor. A file that decides what runs is shown as a diff first. Resolves to whether it was inserted. */
  async insert(editor: vscode.TextEditor, code: string): Promise<boolean> {
    const { document, selection } = editor;
    const target = await this.#target(document.uri);
    if (!target) return false;
    if (!target.control) return editor.edit((edit) => edit.replace(selection, code));
    const original = document.getText();
    const proposed =
      original.slice(0, document.offsetAt(selection.start)) + code + original.slice(document.offsetAt(selection.end));
    return this.#review(target, { original, proposed, remark: '' });
  }

  /** Apply or Discard in the title of the diff. */
  answer(applies: boolean): void {
    this.#open?.answer(applies);
  }

  dispose(): void {
    this.answer(false);
    this.#texts.dispose();
  }

  async #target(uri: vscode.Uri): Promise<EditedFile | undefined> {
    const target = await editTargetOf(uri, this.#rims);
    if (!target.ok) {
      void vscode.window.showWarningMessage(target.reason);
      return undefined;
    }
    return { document: await vscode.workspace.openTextDocument(uri), control: target.control !== undefined };
  }

  async #review(
    { document, control }: EditedFile,
    change: { readonly original: string; readonly proposed: string; readonly remark: string },
  ): Promise<boolean> {
    this.answer(false);
    const name = vscode.workspace.asRelativePath(document.uri);
    const proposed = this.#texts.put(name, change.proposed);
    const title = vscode.l10n.t('{0} (proposed change)', name);
    await vscode.commands.executeCommand('vscode.diff', document.uri, proposed, title, { preview: true });
    const applies = await this.#asked(name, control, change.remark);
    await closeDiff(proposed);
    if (!applies) return false;
    const hunks = diffHunks(change.original, change.proposed);
    const fitting = await applicableHunks(document, hunks, { text: change.original, texts: this.#texts });
    if (!fitting || !(await applyLineEdits(document, fitting.map(editOf)))) return false;
    await vscode.window.showTextDocument(document, { preview: false });
    return true;
  }

  /** Remembers the change that is shown, for which the title of the diff has buttons. */
  #show(open: Open | undefined): void {
    this.#open = open;
    void vscode.commands.executeCommand('setContext', 'postern.chat.proposing', open !== undefined);
  }

  /** Asks by a message, which may be overlooked, and by the title of the diff; whichever is answered first counts. */
  #asked(name: string, control: boolean, remark: string): Promise<boolean> {
    const { t } = vscode.l10n;
    return new Promise((resolve) => {
      const open: Open = {
        answer: (applies) => {
          if (this.#open === open) this.#show(undefined);
          resolve(applies);
        },
      };
      this.#show(open);
      const apply = t('Apply');
      const discard = t('Discard');
      const text = control
        ? t(
            '{0} decides what runs on this machine or elsewhere. Read the change before you apply it. {1}',
            name,
            remark,
          )
        : t('Apply the proposed change to {0}? {1}', name, remark);
      const show = control ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
      void show(text.trim(), apply, discard).then((chosen) => {
        if (chosen !== undefined) open.answer(chosen === apply);
      });
    });
  }
}

async function closeDiff(proposed: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === proposed.toString(),
    );
  await vscode.window.tabGroups.close(tabs);
}
