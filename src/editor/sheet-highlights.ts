import * as vscode from 'vscode';
import type { Mark } from '../core/sent/sheet.ts';

/** Highlights the placeholders of sheets in every editor that shows one. */
export interface SheetMarks extends vscode.Disposable {
  set(uri: vscode.Uri, marks: readonly Mark[]): void;
}

const kinds = ['credential', 'personal', 'custom'] as const;

export function highlightSheets(scheme: string): SheetMarks {
  const marks = new Map<string, readonly Mark[]>();
  const types = {
    credential: typeFor('postern.finding.credential'),
    personal: typeFor('postern.finding.personal'),
    custom: typeFor('postern.finding.custom'),
  };
  const draw = (editor: vscode.TextEditor) => {
    const { document } = editor;
    if (document.uri.scheme !== scheme) return;
    const all = marks.get(document.uri.toString()) ?? [];
    for (const kind of kinds) {
      const own = all.filter((mark) => mark.kind === kind).map((mark) => decorationOf(document, mark));
      editor.setDecorations(types[kind], own);
    }
  };
  const drawVisible = () => vscode.window.visibleTextEditors.forEach(draw);
  const subscriptions = vscode.Disposable.from(
    ...Object.values(types),
    vscode.window.onDidChangeVisibleTextEditors(drawVisible),
    // a sheet that is shown again under the same title changes its text a moment after its marks
    vscode.workspace.onDidChangeTextDocument(({ document }) => document.uri.scheme === scheme && drawVisible()),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => marks.delete(uri.toString())),
  );
  return {
    set(uri, own) {
      marks.set(uri.toString(), own);
      drawVisible();
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** A border besides the colour, for high-contrast themes and for people who do not see the colour. */
const typeFor = (colour: string): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(colour),
    borderWidth: '1px',
    borderStyle: 'dotted',
    borderRadius: '2px',
    borderColor: new vscode.ThemeColor('editorBracketMatch.border'),
    overviewRulerColor: new vscode.ThemeColor(colour),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });

const meanings: Readonly<Record<Mark['kind'], string>> = {
  credential: 'a credential',
  personal: 'personal data',
  custom: 'something that your policy names',
};

const decorationOf = (document: vscode.TextDocument, mark: Mark): vscode.DecorationOptions => ({
  range: new vscode.Range(document.positionAt(mark.start), document.positionAt(mark.end)),
  hoverMessage: vscode.l10n.t(
    '{0}: stands for {1}, which stays on this machine.',
    mark.type,
    vscode.l10n.t(meanings[mark.kind]),
  ),
});
