import * as vscode from 'vscode';
import { modelWords } from '../core/chat/present.ts';
import { decide } from '../core/policy/decide.ts';
import type { AllowedModel } from '../core/policy/decision.ts';
import type { DataClass } from '../core/policy/schema.ts';
import type { Gate } from './gate.ts';

/** Which models may answer a chat question of a class, in order, and the words for the one that would. */
export interface ChatModels {
  readonly allowed: readonly AllowedModel[];
  readonly passedOver: readonly { readonly model: string; readonly reason: string }[];
  readonly label: string;
  readonly detail: string;
  /** Where answers come from, as one sentence for the start page. */
  readonly origin: string;
}

export function chatModels(gate: Gate, dataClass: DataClass, preferred: string | undefined): ChatModels {
  const { t } = vscode.l10n;
  const state = gate.policy();
  const none = (reason: string): ChatModels => ({
    allowed: [],
    passedOver: [],
    label: t('no model'),
    detail: reason,
    origin: reason,
  });
  if (!state.ok) return none(state.refusal.reason);
  const wish = { task: 'chat', class: dataClass, now: Date.now() } as const;
  const decision = decide(state.active, preferred === undefined ? wish : { ...wish, preferred });
  if (decision.kind === 'refusal') return none(decision.reason);
  const [first] = decision.models;
  if (!first) return none(t('Policy allows no model for this.'));
  const label = wordsOf(first);
  const organisation = state.active.policy.organisation;
  const origin =
    first.endpoint.kind === 'local'
      ? t(
          'Answers come from the local n-gram engine on this workstation: it finds places in the repository. Nothing leaves.',
        )
      : state.active.origin === 'built-in'
        ? t('Answers come from {0}.', label)
        : t(
            'Answers come from {0}, as the policy of {1} says. Secrets and personal data are replaced first.',
            label,
            organisation,
          );
  return {
    allowed: decision.models,
    passedOver: decision.passedOver,
    label,
    detail: t('For {0} code: {1}', dataClass, label),
    origin,
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly model?: string;
}

/** Lets the person pick among what policy allows; shows what it does not allow, and why. Undefined when nothing was picked. */
export async function pickModel(models: ChatModels): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const choices: Choice[] = models.allowed.map((allowed) => ({
    label: plainLabel(wordsOf(allowed)),
    description: 'region' in allowed.endpoint ? (allowed.endpoint.region ?? '') : '',
    detail:
      allowed.endpoint.kind === 'local' ? t('Nothing leaves this workstation') : t('Endpoint {0}', allowed.endpointId),
    model: allowed.id,
  }));
  if (models.passedOver.length > 0) {
    choices.push({ label: t('not for this question'), kind: vscode.QuickPickItemKind.Separator });
    for (const { model, reason } of models.passedOver) {
      choices.push({ label: plainLabel(model), description: reason, iconPath: new vscode.ThemeIcon('circle-slash') });
    }
  }
  const placeHolder = models.allowed.length > 0 ? t('Model for the next questions') : models.detail;
  return (await vscode.window.showQuickPick(choices, { placeHolder }))?.model;
}

const wordsOf = ({ id, endpoint }: AllowedModel): string =>
  modelWords(id, endpoint.kind, endpoint.boundary, vscode.l10n.t);

/** The editor draws `$(name)` in labels as an icon; a name from elsewhere must not draw one. */
export const plainLabel = (label: string): string => label.replaceAll('$(', '$\u2009(');
