import { field, type LanguageTable } from '../language.ts';

export const yaml: LanguageTable = {
  symbols: {
    block_mapping_pair: {
      kind: 'key',
      name: (node) => field('key')(node)?.replace(/^(["'])(.*)\1$/s, '$2'),
      body: (node) => {
        const value = node.childForFieldName('value');
        return value?.type === 'block_node' ? value : null;
      },
      members: true,
    },
    flow_pair: { kind: 'key', name: field('key') },
  },
  wrappers: ['document', 'block_node', 'block_mapping'],
  blocks: ['block_sequence_item'],
  imports: {},
  indented: true,
};
