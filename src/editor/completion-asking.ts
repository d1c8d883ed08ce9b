import * as vscode from 'vscode';
import type { AskedChunk, AskedPlace } from '../core/completion/completion.ts';
import type { Section } from '../core/context/section.ts';
import type { Question } from '../core/gate/question.ts';
import { type DataClass, dataClasses } from '../core/policy/schema.ts';
import { buildCompletionPrompt, buildLocalCompletionPrompt, type CompletionPlace } from '../core/prompt/completion.ts';
import { classOf, compose, type RedactedDocument, type RedactedText } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { Gate } from './gate.ts';

/** Asks for what the completion engine wants to know, through the gate. */
export interface CompletionAsking {
  /** A document as it was read for a completion; the engine may ask about it some keystrokes later. */
  remember(document: RedactedDocument): void;
  ask(place: AskedPlace, signal: AbortSignal): AsyncIterable<AskedChunk>;
  /** The request that was made for a place, if one was. */
  requestOf(place: AskedPlace): string | undefined;
}

/** Reads that a request may still refer to: it waits 600 ms at most, and nobody types faster than this. */
const MOST_REMEMBERED = 24;

export function createCompletionAsking(gate: Gate, vault: Vault): CompletionAsking {
  const remembered: RedactedDocument[] = [];
  const requests = new WeakMap<AskedPlace, string>();
  return {
    remember(document) {
      remembered.push(document);
      if (remembered.length > MOST_REMEMBERED) remembered.shift();
    },
    async *ask(place, signal) {
      const found = findPlace(remembered, place);
      const assumed = found && (await assumedText(gate, vault, place));
      if (!found || !assumed) {
        yield { failed: true };
        return;
      }
      const { document, offset } = found;
      const sections = await gate.gather(document, offset, { task: 'completion', vault }, signal);
      const question = questionFor(document, { offset, assumed, sections });
      for await (const event of gate.ask(question, signal)) {
        if (event.type === 'routed') requests.set(place, event.request.id);
        if (event.type === 'text') yield event.text;
        const failed =
          event.type === 'refused' || event.type === 'error' || (event.type === 'end' && event.reason === 'aborted');
        if (failed) yield { failed: true };
      }
    },
    requestOf: (place) => requests.get(place),
  };
}

/** The read that a place was made of, and where in it. */
function findPlace(
  remembered: readonly RedactedDocument[],
  place: AskedPlace,
): { readonly document: RedactedDocument; readonly offset: number } | undefined {
  const offset = place.prefix.length - place.assumed.length;
  const length = offset + place.suffix.length;
  const document = remembered.findLast(
    ({ uri, text }) =>
      uri === place.uri &&
      text.length === length &&
      text.text.endsWith(place.suffix) &&
      place.prefix.startsWith(text.text.slice(0, offset)),
  );
  return document && { document, offset };
}

/** What the person is expected to type is a model's text: it goes through redaction like anything else. */
async function assumedText(gate: Gate, vault: Vault, place: AskedPlace): Promise<RedactedText | undefined> {
  if (place.assumed === '') return compose``;
  const read = await gate.readTyped(place.assumed, vscode.Uri.parse(place.uri), 'completion', vault);
  return 'kind' in read ? undefined : read.text;
}

interface Around {
  readonly offset: number;
  readonly assumed: RedactedText;
  readonly sections: readonly Section[];
}

function questionFor(document: RedactedDocument, { offset, assumed, sections }: Around): Question {
  const place: CompletionPlace = {
    path: document.path,
    languageId: document.languageId,
    prefix: compose`${document.text.slice(0, offset)}${assumed}`,
    suffix: document.text.slice(offset),
    sections,
  };
  return {
    task: 'completion',
    class: higher(document.class, classOf(assumed)),
    surface: 'inline',
    promptFor: ({ endpoint, model }) =>
      endpoint.kind === 'local' ? buildLocalCompletionPrompt(place) : buildCompletionPrompt(place, model),
  };
}

const higher = (one: DataClass, other: DataClass): DataClass =>
  dataClasses.indexOf(one) >= dataClasses.indexOf(other) ? one : other;
