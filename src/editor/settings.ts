import * as vscode from 'vscode';

/** A server on this workstation that the person adds, such as Ollama or a vLLM on a port forward. */
export interface LoopbackSetting {
  readonly url: string;
  readonly model: string;
  readonly fim?: string;
  readonly context?: number;
}

/** Every setting of Postern; a test compares the names with package.json. */
export interface Settings {
  readonly completion: boolean;
  /** Whether completion is on, by language id; `*` for all others. */
  readonly languages: Readonly<Record<string, boolean>>;
  readonly loopback: LoopbackSetting | undefined;
  /** Path of a trial policy; counts only where there is no machine-wide policy. */
  readonly trialPolicy: string | undefined;
  readonly keepHistory: boolean;
}

const settingNames = [
  'postern.completion.enabled',
  'postern.completion.languages',
  'postern.loopback',
  'postern.trialPolicy',
  'postern.chat.keepHistory',
] as const;
type SettingName = (typeof settingNames)[number];

/**
 * Reads the settings. What decides where code goes is read from the person's own settings alone: a workspace can
 * switch completion off, but can neither switch it on where the person did not, nor name an endpoint or a policy.
 */
export function readSettings(): Settings {
  return {
    completion:
      anywhere<boolean>('postern.completion.enabled') !== false &&
      personal<boolean>('postern.completion.enabled') !== false,
    languages: { ...personal<Record<string, boolean>>('postern.completion.languages') },
    loopback: loopbackOf(personal<unknown>('postern.loopback')),
    trialPolicy: personal<string>('postern.trialPolicy') || undefined,
    keepHistory: personal<boolean>('postern.chat.keepHistory') ?? true,
  };
}

const anywhere = <T>(name: SettingName): T | undefined => vscode.workspace.getConfiguration().get<T>(name);

const personal = <T>(name: SettingName): T | undefined => {
  const found = vscode.workspace.getConfiguration().inspect<T>(name);
  return found?.globalValue ?? found?.defaultValue;
};

function loopbackOf(value: unknown): LoopbackSetting | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { url, model, fim, context } = value as Record<string, unknown>;
  if (typeof url !== 'string' || typeof model !== 'string' || url === '') return undefined;
  return {
    url,
    model,
    ...(typeof fim === 'string' ? { fim } : {}),
    ...(typeof context === 'number' ? { context } : {}),
  };
}
