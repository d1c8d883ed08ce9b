import * as vscode from 'vscode';
import type { Words } from '../core/chat/protocol.ts';

/** The words of the chat view, in the language of the editor. */
export function chatWords(): Words {
  const { t } = vscode.l10n;
  return {
    you: t('You'),
    transcript: t('Conversation'),
    ask: t('Ask Postern'),
    placeholder: t('Ask, or type @ to attach a file'),
    send: t('Send (Enter)'),
    stop: t('Stop'),
    attach: t('Attach a file (@)'),
    attachments: t('What goes with the question'),
    remove: t('Remove'),
    pickModel: t('Model'),
    why: t('why this?'),
    apply: t('Apply'),
    insert: t('Insert'),
    copy: t('Copy'),
    copied: t('Copied'),
    retry: t('Retry'),
    good: t('Good answer'),
    bad: t('Bad answer'),
    toEnd: t('Go to the end'),
    openPlace: t('Open'),
    openLink: t('Open link'),
    codeBlock: t('Code'),
    answerDone: t('Answer complete.'),
    examples: t('Ask about this repository'),
    done: t('Done'),
    open: t('Open'),
  };
}
