import * as vscode from 'vscode';
import type { Conversation } from '../core/chat/conversation.ts';
import { readHistory, remembered, type StoredConversation } from '../core/chat/history.ts';
import { plainLabel } from './chat-models.ts';

/** Conversations of this workspace that are kept on this machine, redacted. */
export interface ChatHistory {
  remember(conversation: Conversation, answers: ReadonlyMap<string, string>): Promise<void>;
  /** Lets the person pick one to open again, or delete single ones. */
  pick(): Promise<StoredConversation | undefined>;
  /** Asks first. */
  deleteAll(): Promise<boolean>;
}

const KEY = 'postern.chat.history';

export function createChatHistory(store: vscode.Memento, keepHistory: () => boolean): ChatHistory {
  const read = (): readonly StoredConversation[] => readHistory(store.get(KEY));
  return {
    async remember(conversation, answers) {
      if (keepHistory()) await store.update(KEY, remembered(read(), conversation, answers, Date.now()));
    },
    pick: () => pick(read, (kept) => store.update(KEY, kept)),
    async deleteAll() {
      const { t } = vscode.l10n;
      const confirmed = t('Delete');
      const chosen = await vscode.window.showWarningMessage(
        t('Delete all chats of this workspace from this machine?'),
        { modal: true, detail: t('The audit log is not changed; it holds no text of chats.') },
        confirmed,
      );
      if (chosen !== confirmed) return false;
      await store.update(KEY, undefined);
      return true;
    },
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly kept?: StoredConversation;
}

function pick(
  read: () => readonly StoredConversation[],
  write: (kept: readonly StoredConversation[]) => Thenable<void>,
): Promise<StoredConversation | undefined> {
  const { t } = vscode.l10n;
  const list = vscode.window.createQuickPick<Choice>();
  const show = (): void => {
    list.items = read().map(
      (kept): Choice => ({
        label: plainLabel(kept.title),
        description: new Date(kept.at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }),
        buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete this chat') }],
        kept,
      }),
    );
  };
  list.placeholder = t('Open an earlier chat. Chats are kept redacted, so placeholders stay.');
  list.matchOnDescription = true;
  show();
  if (list.items.length === 0) list.items = [{ label: t('No earlier chats in this workspace') }];
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(async ({ item }) => {
      await write(read().filter((kept) => kept.id !== item.kept?.id));
      show();
    });
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.kept);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
