import { compileGlob, holdsForPath } from '../policy/globs.ts';
import { pathForms } from '../policy/path-forms.ts';

/** Why a file decides what runs on this machine or elsewhere. */
export type Control = 'editor' | 'git' | 'ci' | 'packages' | 'container' | 'shell' | 'build' | 'assistant';

/**
 * Files that make programs run, or decide where code and dependencies come from, by standing in a repository. An edit of
 * one is never silent and never part of "apply all". Patterns as in `policy/globs.ts`, in any case.
 */
const controlFiles: Readonly<Record<Control, readonly string[]>> = {
  editor: [
    '**/.vscode/**',
    '*.code-workspace',
    '**/.idea/**',
    '**/.fleet/**',
    '**/.zed/**',
    '.vimrc',
    '.exrc',
    '.nvim.lua',
  ],
  git: [
    '**/.git',
    '**/.git/**',
    '.gitattributes',
    '.gitmodules',
    '.gitconfig',
    '**/.husky/**',
    '**/.githooks/**',
    '.pre-commit-config.yaml',
    'lefthook.{yml,yaml,json,toml}',
    '.lefthook.{yml,yaml,json,toml}',
  ],
  ci: [
    '**/.github/**',
    '**/.gitlab/**',
    '.gitlab-ci.{yml,yaml}',
    '**/.circleci/**',
    '**/.buildkite/**',
    '**/.ci/**',
    'azure-pipelines*.{yml,yaml}',
    'bitbucket-pipelines.yml',
    'Jenkinsfile*',
    '.travis.yml',
    '.drone.yml',
    'appveyor.yml',
    '.woodpecker.{yml,yaml}',
    'cloudbuild.{yml,yaml,json}',
    'buildspec.{yml,yaml}',
    'CODEOWNERS',
  ],
  packages: [
    'package.json',
    '.npmrc',
    '.pnpmfile.{cjs,mjs}',
    'pnpm-workspace.yaml',
    '.yarnrc',
    '.yarnrc.yml',
    '**/.yarn/{releases,plugins}/**',
    'bunfig.toml',
    'pip.conf',
    'pip.ini',
    '.pypirc',
    'pyproject.toml',
    'setup.{py,cfg}',
    'conftest.py',
    'sitecustomize.py',
    'usercustomize.py',
    '*.pth',
    '**/.cargo/config',
    '**/.cargo/config.toml',
    'Cargo.toml',
    'go.mod',
    'go.work',
    '.gemrc',
    'Gemfile',
    '*.gemspec',
    '**/.bundle/config',
    'composer.json',
    'nuget.config',
    '**/.mvn/**',
    'deno.{json,jsonc}',
  ],
  container: [
    '**/.devcontainer/**',
    '.devcontainer.json',
    '{,*.}Dockerfile{,.*}',
    'Containerfile*',
    '{docker-,}compose*.{yml,yaml}',
    '**/.docker/**',
    'Vagrantfile',
    '.gitpod.yml',
    'devfile.yaml',
    '.replit',
  ],
  shell: [
    '.envrc',
    '.env',
    '.env.*',
    '.{bash,zsh}rc',
    '.bash_{profile,login,logout,aliases}',
    '.profile',
    '.z{profile,login,logout,shenv}',
    '.zshenv',
    '.inputrc',
    '.tmux.conf',
    '**/.config/fish/**',
    '*profile.ps1',
    '**/.ssh/**',
    '**/.aws/**',
    'crontab',
    '.mise.toml',
    'mise.toml',
    '.tool-versions',
    'autorun.inf',
  ],
  build: [
    '{GNUm,M,m}akefile',
    '*.mk',
    'justfile',
    '.justfile',
    'Taskfile.{yml,yaml}',
    'Rakefile',
    'build.gradle{,.kts}',
    'settings.gradle{,.kts}',
    'init.gradle{,.kts}',
    'gradle.properties',
    'gradle-wrapper.properties',
    'gradlew{,.bat}',
    'mvnw{,.cmd}',
    'pom.xml',
    'build.rs',
    'Directory.Build.{props,targets}',
    'WORKSPACE{,.bazel}',
    'MODULE.bazel',
    '.bazelrc',
    'BUILD{,.bazel}',
    'CMakePresets.json',
    '{vite,vitest,webpack,rollup,jest,babel,eslint,prettier,postcss,tailwind,next,nuxt,svelte,astro}.config.{js,cjs,mjs,ts,cts,mts}',
    '.{eslint,prettier,babel,stylelint}rc{,.js,.cjs,.mjs}',
    '**/.terraform/**',
    'flake.nix',
    'shell.nix',
    'default.nix',
  ],
  assistant: [
    '.mcp.json',
    'mcp.json',
    '**/.cursor/**',
    '.cursorrules',
    '.windsurfrules',
    '.clinerules',
    'CLAUDE.md',
    'AGENTS.md',
    'GEMINI.md',
    '**/.claude/**',
    '**/.continue/**',
    '**/.aider*',
  ],
};

/** What a file controls, or undefined for a file that only holds content. `path` is inside its workspace folder, in any spelling. */
export function controlOf(path: string): Control | undefined {
  const forms = pathForms({ path, uri: '' });
  return compiled.find(({ globs }) => globs.some((glob) => holdsForPath(glob, forms).loose))?.control;
}

/** Git's own files hold hooks and filters that run unseen; no model edits them, confirmed or not. */
export const isNeverEdited = (path: string): boolean => {
  const forms = pathForms({ path, uri: '' });
  return gitOwn.some((glob) => holdsForPath(glob, forms).loose);
};

const gitOwn = ['**/.git', '**/.git/**'].map(compileGlob);
const compiled = (Object.keys(controlFiles) as Control[]).map((control) => ({
  control,
  globs: controlFiles[control].map(compileGlob),
}));
