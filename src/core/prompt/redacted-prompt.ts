import type { Section } from '../context/section.ts';
import { type DataClass, dataClasses } from '../policy/schema.ts';
import { classOf, type RedactedText } from '../redaction/redact.ts';

export interface CompletionBody {
  readonly kind: 'completion';
  /** The rendered template, ready for `/v1/completions`. */
  readonly text: RedactedText;
  readonly prefix: RedactedText;
  readonly suffix: RedactedText;
  readonly languageId: string;
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: RedactedText;
}

export interface ChatBody {
  readonly kind: 'chat';
  readonly system: RedactedText;
  readonly messages: readonly Message[];
}

interface Fields {
  readonly body: CompletionBody | ChatBody;
  readonly sections: readonly Section[];
  readonly stop: readonly string[];
  readonly maxTokens: number;
  readonly temperature: number;
}

let make: (fields: Fields) => RedactedPrompt;

/** A whole prompt. Only the builders of this folder make one, and only out of RedactedText. */
export class RedactedPrompt {
  readonly #body: CompletionBody | ChatBody;
  readonly sections: readonly Section[];
  readonly stop: readonly string[];
  /** Longest answer wanted, in tokens. */
  readonly maxTokens: number;
  readonly temperature: number;
  /** The highest class of anything that is in it. */
  readonly class: DataClass;

  static {
    make = (fields) => new RedactedPrompt(fields);
  }

  private constructor(fields: Fields) {
    this.#body = fields.body;
    this.sections = fields.sections;
    this.stop = fields.stop;
    this.maxTokens = fields.maxTokens;
    this.temperature = fields.temperature;
    this.class = highestClass(texts(fields.body));
  }

  get body(): CompletionBody | ChatBody {
    return this.#body;
  }

  /** Every text that leaves, in the order in which it leaves. */
  get texts(): readonly RedactedText[] {
    return texts(this.#body);
  }
}

/** For the builders of this folder alone; the architecture test holds every other importer off. */
export function assemble(fields: Fields): RedactedPrompt {
  return make(fields);
}

function texts(body: CompletionBody | ChatBody): readonly RedactedText[] {
  return body.kind === 'completion' ? [body.text] : [body.system, ...body.messages.map((message) => message.content)];
}

function highestClass(all: readonly RedactedText[]): DataClass {
  return dataClasses[Math.max(0, ...all.map((text) => dataClasses.indexOf(classOf(text))))] ?? 'restricted';
}
