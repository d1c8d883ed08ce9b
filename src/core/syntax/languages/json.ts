import { field, type LanguageTable, unquoted } from '../language.ts';

export const json: LanguageTable = {
  symbols: {
    pair: {
      kind: 'key',
      name: (node) => unquoted(field('key')(node)),
      body: (node) => {
        const value = node.childForFieldName('value');
        return value?.type === 'object' || value?.type === 'array' ? value : null;
      },
      members: true,
    },
  },
  wrappers: ['object', 'document'],
  blocks: [],
  imports: {},
};
