import * as vscode from 'vscode';

/** Read-only documents that exist in memory only, under a scheme of their own. */
export interface VirtualTexts extends vscode.Disposable {
  /** Shows a text under a path, whose last segment is the title; the same path again replaces the text. */
  put(path: string, text: string): vscode.Uri;
}

/** Texts kept although no editor asked for them yet, or any more. The oldest go first. */
const MOST_KEPT = 40;

export function createVirtualTexts(scheme: string): VirtualTexts {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? vscode.l10n.t('This text is no longer kept.'),
  });
  return {
    put(path, text) {
      const uri = vscode.Uri.from({ scheme, path: path.startsWith('/') ? path : `/${path}` });
      const key = uri.toString();
      texts.delete(key);
      texts.set(key, text);
      for (const oldest of texts.keys()) {
        if (texts.size <= MOST_KEPT) break;
        texts.delete(oldest);
      }
      changed.fire(uri);
      return uri;
    },
    dispose: () => vscode.Disposable.from(provider, changed).dispose(),
  };
}
