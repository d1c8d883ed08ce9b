import type { FimFamily } from '../policy/schema.ts';
import { compose, type RedactedText } from '../redaction/redact.ts';

/** The two halves of the code around the cursor, and what comes before them, ready for a template. */
export interface Parts {
  /** Rendered context sections; empty text when there are none. */
  readonly context: RedactedText;
  readonly prefix: RedactedText;
  readonly suffix: RedactedText;
}

export interface Family {
  /** Renders the template. The order inside it is the model's; context always comes first, so that a server's prefix cache keeps it. */
  readonly render: (parts: Parts) => RedactedText;
  /** Header of another file in the context, where the model was trained with one; otherwise files stand as comments. */
  readonly fileHeader?: (path: RedactedText) => RedactedText;
  /** Control tokens that end an answer. Source text that holds one is neutralised before it enters the template. */
  readonly markers: readonly string[];
}

type TemplateFamily = Exclude<FimFamily, 'hole'>;

/** Templates as the model cards and the vendors' repositories document them. */
export const families: Readonly<Record<TemplateFamily, Family>> = {
  // https://github.com/QwenLM/Qwen2.5-Coder#3-file-level-code-completion-fill-in-the-middle
  qwen: {
    render: ({ context, prefix, suffix }) =>
      compose`${context}<|fim_prefix|>${prefix}<|fim_suffix|>${suffix}<|fim_middle|>`,
    fileHeader: (path) => compose`<|file_sep|>${path}\n`,
    markers: [
      '<|fim_prefix|>',
      '<|fim_suffix|>',
      '<|fim_middle|>',
      '<|fim_pad|>',
      '<|repo_name|>',
      '<|file_sep|>',
      '<|endoftext|>',
      '<|im_start|>',
      '<|im_end|>',
    ],
  },
  // https://github.com/deepseek-ai/DeepSeek-Coder#2-code-insertion: full-width bars and U+2581
  deepseek: {
    render: ({ context, prefix, suffix }) =>
      compose`<｜fim▁begin｜>${context}${prefix}<｜fim▁hole｜>${suffix}<｜fim▁end｜>`,
    markers: [
      '<｜fim▁begin｜>',
      '<｜fim▁hole｜>',
      '<｜fim▁end｜>',
      '<｜end▁of▁sentence｜>',
      '<｜begin▁of▁sentence｜>',
      '<|EOT|>',
    ],
  },
  // https://github.com/meta-llama/codellama (infilling): spaces around the markers belong to the format
  codellama: {
    render: ({ context, prefix, suffix }) => compose`<PRE> ${context}${prefix} <SUF>${suffix} <MID>`,
    markers: ['<PRE>', '<SUF>', '<MID>', '<EOT>'],
  },
  // https://huggingface.co/bigcode/starcoder2-15b
  starcoder: {
    render: ({ context, prefix, suffix }) => compose`${context}<fim_prefix>${prefix}<fim_suffix>${suffix}<fim_middle>`,
    fileHeader: (path) => compose`<file_sep>${path}\n`,
    markers: [
      '<fim_prefix>',
      '<fim_suffix>',
      '<fim_middle>',
      '<fim_pad>',
      '<file_sep>',
      '<repo_name>',
      '<|endoftext|>',
    ],
  },
  // https://github.com/mistralai/mistral-common (FIM encoding): suffix first
  codestral: {
    render: ({ context, prefix, suffix }) => compose`[SUFFIX]${suffix}[PREFIX]${context}${prefix}`,
    fileHeader: (path) => compose`+++++ ${path}\n`,
    markers: ['[SUFFIX]', '[PREFIX]', '[MIDDLE]', '</s>'],
  },
  // https://huggingface.co/ByteDance-Seed/Seed-Coder-8B-Base: suffix first
  seed: {
    render: ({ context, prefix, suffix }) =>
      compose`<[fim-suffix]>${suffix}<[fim-prefix]>${context}${prefix}<[fim-middle]>`,
    markers: ['<[fim-suffix]>', '<[fim-prefix]>', '<[fim-middle]>', '<[end▁of▁sentence]>', '<[begin▁of▁sentence]>'],
  },
  // https://huggingface.co/JetBrains/Mellum-4b-base: suffix first, files before it
  mellum: {
    render: ({ context, prefix, suffix }) => compose`${context}<fim_suffix>${suffix}<fim_prefix>${prefix}<fim_middle>`,
    fileHeader: (path) => compose`<filename>${path}\n`,
    markers: ['<fim_suffix>', '<fim_prefix>', '<fim_middle>', '<filename>', '<|endoftext|>'],
  },
  // https://ai.google.dev/gemma/docs/codegemma
  codegemma: {
    render: ({ context, prefix, suffix }) =>
      compose`${context}<|fim_prefix|>${prefix}<|fim_suffix|>${suffix}<|fim_middle|>`,
    fileHeader: (path) => compose`<|file_separator|>${path}\n`,
    markers: ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|file_separator|>', '<eos>', '<end_of_turn>'],
  },
  // https://huggingface.co/ibm-granite/granite-8b-code-base-4k: StarCoder's markers
  granite3: {
    render: ({ context, prefix, suffix }) => compose`<fim_prefix>${context}${prefix}<fim_suffix>${suffix}<fim_middle>`,
    markers: ['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<fim_pad>', '<|endoftext|>'],
  },
  // https://www.ibm.com/granite/docs/models/granite#fim
  granite4: {
    render: ({ context, prefix, suffix }) =>
      compose`<|fim_prefix|>${context}${prefix}<|fim_suffix|>${suffix}<|fim_middle|>`,
    markers: [
      '<|fim_prefix|>',
      '<|fim_suffix|>',
      '<|fim_middle|>',
      '<|fim_pad|>',
      '<|end_of_text|>',
      '<|start_of_role|>',
      '<|end_of_role|>',
    ],
  },
  // https://github.com/zai-org/CodeGeeX4 and GLM-4 code models
  glm: {
    render: ({ context, prefix, suffix }) =>
      compose`<|code_prefix|>${context}${prefix}<|code_suffix|>${suffix}<|code_middle|>`,
    markers: [
      '<|code_prefix|>',
      '<|code_suffix|>',
      '<|code_middle|>',
      '<|endoftext|>',
      '<|user|>',
      '<|assistant|>',
      '<|system|>',
      '<|observation|>',
    ],
  },
};

/** Control tokens of chat templates, broken in everything that enters a chat prompt. */
export const chatMarkers: readonly string[] = [
  '<|im_start|>',
  '<|im_end|>',
  '<|endoftext|>',
  '<|begin_of_text|>',
  '<|end_of_text|>',
  '<|start_header_id|>',
  '<|end_header_id|>',
  '<|eot_id|>',
  '<|eom_id|>',
  '<|start_of_role|>',
  '<|end_of_role|>',
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<start_of_turn>',
  '<end_of_turn>',
  '<｜User｜>',
  '<｜Assistant｜>',
  '<｜begin▁of▁sentence｜>',
  '<｜end▁of▁sentence｜>',
  '[INST]',
  '[/INST]',
];

const everyMarker: readonly string[] = [
  ...new Set([...chatMarkers, ...Object.values(families).flatMap((family) => family.markers)]),
];

/** Undoes `RedactedText.neutralised` in an answer, so that code which quotes a control token comes back as it was. */
export function revealMarkers(answer: string): string {
  let text = answer;
  for (const marker of everyMarker) text = text.replaceAll(`${marker.slice(0, 1)} ${marker.slice(1)}`, marker);
  return text;
}
