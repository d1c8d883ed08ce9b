import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { policySchemaJson } from '../../scripts/build-assets.mjs';
import { root } from '../../scripts/toolchain.mjs';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Names in the array `settingNames`; read from the text, because the file imports vscode. */
function settingNames(text: string): string[] {
  const list = /settingNames = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
}

function contributedSettings(manifest: string): string[] {
  const { configuration } = JSON.parse(manifest).contributes;
  return [configuration].flat().flatMap(({ properties }: { properties: object }) => Object.keys(properties));
}

test('package.json contributes the settings that are read', () => {
  const names = settingNames(read('src/editor/settings.ts'));
  expect(names.length).toBeGreaterThan(0);
  expect(names.length).toBeLessThanOrEqual(12);
  expect(contributedSettings(read('package.json')).sort()).toEqual(names.sort());
});

test('a setting on one side only would be seen', () => {
  const manifest = JSON.stringify({
    contributes: { configuration: { properties: { 'postern.a': {}, 'postern.b': {} } } },
  });
  expect(contributedSettings(manifest)).not.toEqual(
    settingNames("export const settingNames = ['postern.a'] as const;"),
  );
});

test('media/policy.schema.json is what the schema gives (npm run build writes it)', async () => {
  expect(read('media/policy.schema.json')).toBe(await policySchemaJson());
});
