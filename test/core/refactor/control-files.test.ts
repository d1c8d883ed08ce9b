import { describe, expect, it } from 'vitest';
import { type Control, controlOf, isNeverEdited } from '../../../src/core/refactor/control-files.ts';

const cases: readonly [path: string, control: Control | undefined][] = [
  ['.vscode/tasks.json', 'editor'],
  ['packages/a/.vscode/settings.json', 'editor'],
  ['.VSCode/Settings.json', 'editor'],
  ['src/../.vscode/launch.json', 'editor'],
  ['.vscode\\tasks.json', 'editor'],
  ['./.vscode/tasks.json', 'editor'],
  ['.vscode./tasks.json', 'editor'],
  ['.vscode/tasks.json ', 'editor'],
  ['.vscode/tasks.json::$DATA', 'editor'],
  ['.vs\u200bcode/tasks.json', 'editor'],
  ['app.code-workspace', 'editor'],
  ['.git/hooks/pre-commit', 'git'],
  ['.GIT/config', 'git'],
  ['.git', 'git'],
  ['.gitattributes', 'git'],
  ['.gitmodules', 'git'],
  ['.husky/pre-commit', 'git'],
  ['.github/workflows/ci.yml', 'ci'],
  ['.gitlab-ci.yml', 'ci'],
  ['Jenkinsfile', 'ci'],
  ['package.json', 'packages'],
  ['packages/web/package.json', 'packages'],
  ['.npmrc', 'packages'],
  ['.yarnrc.yml', 'packages'],
  ['pip.conf', 'packages'],
  ['.cargo/config.toml', 'packages'],
  ['conftest.py', 'packages'],
  ['.devcontainer/devcontainer.json', 'container'],
  ['.devcontainer.json', 'container'],
  ['Dockerfile', 'container'],
  ['api.Dockerfile', 'container'],
  ['Dockerfile.dev', 'container'],
  ['docker-compose.yml', 'container'],
  ['.envrc', 'shell'],
  ['.bashrc', 'shell'],
  ['home/.zshenv', 'shell'],
  ['Makefile', 'build'],
  ['GNUmakefile', 'build'],
  ['build.gradle.kts', 'build'],
  ['vite.config.ts', 'build'],
  ['.mcp.json', 'assistant'],
  ['CLAUDE.md', 'assistant'],
  ['.cursor/rules/a.mdc', 'assistant'],
  ['src/package.ts', undefined],
  ['src/git/config.ts', undefined],
  ['docs/github/workflows.md', undefined],
  ['src/makefile-parser.ts', undefined],
  ['README.md', undefined],
  ['src/config.ts', undefined],
  ['src/profile.ts', undefined],
  ['src/docker.ts', undefined],
];

describe('controlOf', () => {
  it.each(cases)('%s', (path, control) => {
    expect(controlOf(path)).toBe(control);
  });
});

describe('isNeverEdited', () => {
  it.each([
    ['.git/hooks/pre-commit', true],
    ['vendor/lib/.git/config', true],
    ['.GIT/config', true],
    ['.gitignore', false],
    ['.github/workflows/ci.yml', false],
  ])('%s', (path, never) => {
    expect(isNeverEdited(path)).toBe(never);
  });
});
