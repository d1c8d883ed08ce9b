import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/core/audit/record.ts';
import { type AuditFile, createAuditFile } from '../../src/node/audit-file.ts';
import { type AuditReport, verifyAuditFolder } from '../../src/node/audit-folder.ts';

let folder: string;
let now: number;
const open: AuditFile[] = [];

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'postern-audit-')), 'audit');
  now = Date.parse('2027-01-31T12:00:00Z');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((audit) => audit.dispose()));
  await rm(join(folder, '..'), { recursive: true, force: true });
});

function window(): AuditFile {
  const audit = createAuditFile({ folder, extension: '1.2.3', now: () => now });
  open.push(audit);
  return audit;
}

const action = (request: string): AuditRecord => ({
  type: 'action',
  time: '2027-01-31T12:00:00.000Z',
  request,
  action: 'shown',
});

async function segments(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
}

async function onlySegment(): Promise<string> {
  const [name, ...others] = await segments();
  expect(others).toEqual([]);
  return join(folder, name ?? '');
}

const problemsOf = ({ problems }: AuditReport): readonly string[] =>
  problems.map(({ line, problem }) => `${line}: ${problem}`);

describe('createAuditFile', () => {
  it('refuses until the log is open, then lets pass', async () => {
    const audit = window();
    expect(audit.refusal()).toMatchObject({ code: 'no-audit' });
    await audit.flush();
    expect(audit.refusal()).toBeUndefined();
  });

  it('writes records in order, for its owner alone', async () => {
    const audit = window();
    for (let n = 0; n < 500; n++) audit.append(action(`r${n}`));
    await audit.flush();
    const path = await onlySegment();
    const records = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).record);
    expect(records[0]).toMatchObject({ type: 'open', extension: '1.2.3', witnesses: [] });
    expect(records.slice(1).map(({ request }) => request)).toEqual(Array.from({ length: 500 }, (_, n) => `r${n}`));
    expect(await verifyAuditFolder(folder)).toEqual({ segments: 1, records: 501, problems: [] });
    if (process.platform !== 'win32')
      for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('gives each window a segment, and a person one pseudonym', async () => {
    const windows = [window(), window(), window()];
    for (const [at, audit] of windows.entries()) for (let n = 0; n < 50; n++) audit.append(action(`w${at}-${n}`));
    await Promise.all(windows.map((audit) => audit.flush()));
    expect(await verifyAuditFolder(folder)).toEqual({ segments: 3, records: 153, problems: [] });
    expect(new Set(windows.map(({ stamps }) => stamps.actor)).size).toBe(1);
    expect(windows[0]?.stamps.actor).toMatch(/^[0-9a-f]{32}$/);
    expect(windows[0]?.stamps.actor).not.toBe(windows[0]?.stamps.device);
  });

  it('begins a segment a day', async () => {
    const audit = window();
    await audit.flush();
    now += 24 * 3600 * 1000;
    audit.append(action('next day'));
    await audit.flush();
    expect((await segments()).map((name) => name.slice(0, 16))).toEqual(['audit-2027-01-31', 'audit-2027-02-01']);
    expect((await verifyAuditFolder(folder)).problems).toEqual([]);
  });

  it('tells when its file was taken away, in the segment that follows', async () => {
    const audit = window();
    audit.append(action('lost'));
    await audit.flush();
    await unlink(await onlySegment());
    // The first segment is not witnessed by itself; a second window saw it.
    audit.append(action('after'));
    await audit.flush();
    expect(audit.refusal()).toBeUndefined();
    expect(await segments()).toHaveLength(1);
  });

  it('refuses while the folder cannot be written, and recovers with every record', async () => {
    const audit = window();
    await audit.flush();
    const aside = `${folder}-aside`;
    await rename(folder, aside);
    await writeFile(folder, 'in the way');
    audit.append(action('kept'));
    await audit.flush();
    expect(audit.refusal()).toMatchObject({
      code: 'no-audit',
      reason: expect.stringMatching(/cannot be written \(E[A-Z]+\)/),
    });
    for (let n = 0; n < 1010; n++) audit.append(action(`r${n}`));
    await audit.flush();
    await rm(folder);
    await rename(aside, folder);
    audit.append(action('too many'));
    await audit.flush();
    expect(audit.refusal()).toBeUndefined();
    const text = (await Promise.all((await segments()).map((name) => readFile(join(folder, name), 'utf8')))).join('');
    expect(text).toContain('"kept"');
    expect(text).toMatch(/"lost":12,"time"[^}]*"type":"gap"/);
    expect((await verifyAuditFolder(folder)).problems).toEqual([]);
  });

  it('refuses for good where the folder cannot be made', async () => {
    await writeFile(folder, 'in the way');
    const audit = window();
    audit.append(action('x'));
    await audit.flush();
    expect(audit.refusal()).toMatchObject({ code: 'no-audit' });
    await rm(folder);
  });

  it('refuses after it was closed', async () => {
    const audit = window();
    await audit.flush();
    await audit.dispose();
    audit.append(action('late'));
    await audit.flush();
    expect(audit.refusal()).toMatchObject({ code: 'no-audit' });
    expect((await verifyAuditFolder(folder)).records).toBe(1);
  });

  it('refuses a key that is none', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'pseudonym.key'), 'short');
    expect(window().refusal()).toMatchObject({ code: 'no-audit' });
  });

  it.skipIf(process.platform === 'win32')('makes its folder for its owner alone', async () => {
    await window().flush();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(folder, 0o700);
  });
});

describe('verifyAuditFolder', () => {
  /** A first segment of 21 records, and a second one that witnessed it. */
  async function twoSegments(): Promise<string> {
    const first = window();
    for (let n = 0; n < 20; n++) first.append(action(`r${n}`));
    await first.flush();
    await first.dispose();
    const path = await onlySegment();
    await window().flush();
    return path;
  }

  it('finds a cut end by what another segment witnessed', async () => {
    const path = await twoSegments();
    const text = await readFile(path, 'utf8');
    await truncate(path, text.lastIndexOf('\n', text.length - 2) + 1);
    expect(problemsOf(await verifyAuditFolder(folder))).toEqual([
      '21: the segment had 21 records and has 20: its end was cut',
    ]);
  });

  it('finds half a line', async () => {
    const path = await twoSegments();
    await appendFile(path, '{"hash":"');
    expect(problemsOf(await verifyAuditFolder(folder))).toEqual([
      '22: the line has no end: it was cut, or writing it broke off',
    ]);
  });

  it('finds a missing segment', async () => {
    await unlink(await twoSegments());
    expect(problemsOf(await verifyAuditFolder(folder))).toEqual([
      'undefined: another segment names it, but it is missing',
    ]);
  });

  it('finds bytes that are no text', async () => {
    const path = await twoSegments();
    const bytes = await readFile(path);
    bytes[40] = 0xff;
    await writeFile(path, bytes);
    expect(problemsOf(await verifyAuditFolder(folder))).toEqual(['1: the segment is not text in UTF-8']);
  });
});
