import { deepEqual, ok } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { figures } from './host-result.ts';

const ID = 'postern.postern';

describe('activation', () => {
  it('succeeds', async () => {
    const extension = vscode.extensions.getExtension(ID);
    ok(extension, `${ID} is not installed`);
    await extension.activate();
    ok(extension.isActive);
  });

  it('registers every command that package.json contributes', async () => {
    const contributed: { command: string }[] =
      vscode.extensions.getExtension(ID)?.packageJSON.contributes?.commands ?? [];
    ok(contributed.length > 0);
    const missing = async (): Promise<string[]> => {
      const registered = new Set(await vscode.commands.getCommands(true));
      return contributed.map(({ command }) => command).filter((command) => !registered.has(command));
    };
    // What a person opens is registered by a chunk that loads after activation.
    for (let attempt = 0; attempt < 100 && (await missing()).length > 0; attempt++) await wait(100);
    deepEqual(await missing(), []);
  });

  it('is in the statistics of the host', async () => {
    const { load, call, finish } = await activationTimes();
    figures['activation: load'] = load;
    figures['activation: load, call and finish'] = load + call + finish;
    console.log(`[test]   activation by the host's own clock: load ${load} ms, call ${call} ms, finish ${finish} ms`);
  });
});

interface ActivationTimes {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/**
 * The row of Postern in "Developer: Startup Performance", whose table of extensions has the columns Extension, Eager,
 * Load Code, Call Activate, Finish and two more. There is no API for these figures.
 */
async function activationTimes(): Promise<ActivationTimes> {
  await vscode.commands.executeCommand('perfview.show');
  for (let attempt = 0; attempt < 50; attempt++) {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const row = text.split('\n').find((line) => line.includes(`| ${ID} `));
    if (row) {
      const [load = Number.NaN, call = Number.NaN, finish = Number.NaN] = row.split('|').slice(3, 6).map(Number);
      ok(Number.isFinite(load + call + finish), row);
      return { load, call, finish };
    }
    await wait(200);
  }
  throw new Error('Startup Performance has no row for Postern');
}
