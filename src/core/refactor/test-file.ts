/**
 * Where tests for a file go: beside it, under the name that its language's test runners look for. `undefined` for files that
 * are tests themselves or have no code to test.
 */
export function testPathFor(path: string): string | undefined {
  const slash = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, slash);
  const name = path.slice(slash);
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || isTestPath(path)) return undefined;
  const stem = name.slice(0, dot);
  const extension = name.slice(dot + 1);
  const naming = namings[extension];
  return naming ? folder + naming(stem, extension) : undefined;
}

/** Whether a file holds tests, by its name. */
export const isTestPath = (path: string): boolean =>
  /(?:^|[./_-])(?:test|tests|spec)[./_-][^/]*$|(?:Tests?|Spec|IT)\.[A-Za-z]+$|_spec\.rb$/.test(
    path.slice(path.lastIndexOf('/') + 1),
  );

type Naming = (stem: string, extension: string) => string;

const dotted: Naming = (stem, extension) => `${stem}.test.${extension}`;
const camel: Naming = (stem, extension) => `${stem}Test.${extension}`;
const camelPlural: Naming = (stem, extension) => `${stem}Tests.${extension}`;
const suffixed: Naming = (stem, extension) => `${stem}_test.${extension}`;
const prefixed: Naming = (stem, extension) => `test_${stem}.${extension}`;

const namings: Readonly<Record<string, Naming>> = {
  ts: dotted,
  tsx: dotted,
  mts: dotted,
  cts: dotted,
  js: dotted,
  jsx: dotted,
  mjs: dotted,
  cjs: dotted,
  py: prefixed,
  go: suffixed,
  dart: suffixed,
  ex: (stem) => `${stem}_test.exs`,
  rs: suffixed,
  c: prefixed,
  cc: suffixed,
  cpp: suffixed,
  cxx: suffixed,
  rb: (stem) => `${stem}_spec.rb`,
  sh: (stem) => `${stem}.bats`,
  java: camel,
  kt: camel,
  scala: camel,
  groovy: camel,
  php: camel,
  swift: camelPlural,
  cs: camelPlural,
  fs: camelPlural,
};
