import { describe, expect, it } from 'vitest';
import { redactedDocument } from '../../support/redacted-document.ts';

/** What of a text is replaced under a policy with these words. */
const replaced = (text: string, words: readonly string[]): string =>
  redactedDocument(text, { words }).text.text.replace(/REDACTED_[A-Z]+_[0-9a-f]{8}_/g, '■');

describe('words of a policy', () => {
  it.each([
    ['const falcon = 1;', ['Falcon'], 'const ■ = 1;'],
    ['falconry', ['Falcon'], 'falconry'],
    ['проект Сокол', ['сокол'], 'проект ■'],
    ['この計画アルファは', ['計画アルファ'], 'この■は'],
    ['Projekt “FALKE” läuft', ['Projekt “Falke”'], '■ läuft'],
    ['dossier L’Aigle', ['L’Aigle'], 'dossier ■'],
    ['計画アルファ版', ['計画ア', '計画アルファ'], '■版'],
    ['東京計画局', ['東京計画', '計画局'], '■'],
    ['ΟΔΥΣΣΕΎΣ’ ἈΘΗΝΑ', ['ἀθηνα'], 'ΟΔΥΣΣΕΎΣ’ ■'],
    ['ΟΔΥΣΣΕΎΣ, Οδυσσεύς', ['Οδυσσεύς'], '■, ■'],
    ['KIRMIZI, FALCON INN', ['kırmızı', 'falcon inn'], '■, ■'],
    ['Weiß und WEISS', ['weiß'], '■ und ■'],
    ['Ⱥlfa ⱥLFA', ['Ⱥlfa'], '■ ■'],
    ['cafe\u0301 noir', ['Café Noir'], '■'],
    ['CAFÉ NOIR', ['cafe\u0301 noir'], '■'],
    ['ship ❤\ufe0f Rosa', ['❤\ufe0f rosa'], 'ship ■'],
    [`${'あ'.repeat(1022)}計画アルファ`, ['計画アルファ'], `${'あ'.repeat(1022)}■`],
    ['a-b – c', ['b – c'], 'a-■'],
    ['a+b – c (x)', ['– c (x)'], 'a+b ■'],
  ])('%s with %j', (text, words, expected) => expect(replaced(text, words)).toBe(expected));
});
