import { announces, begins } from '../rule.ts';

const hasDigit = (value: string): boolean => /\d/.test(value);

export const aiRules = [
  // https://docs.claude.com/en/api/overview
  begins('anthropic/key', 'ANTHROPICKEY', 'sk-ant-', /[\w-]{20,}/),
  // https://platform.openai.com/docs/api-reference/authentication
  begins('openai/key', 'OPENAIKEY', ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-service-', 'sk-None-'], /[\w-]{20,}/),
  begins('openai/session', 'OPENAIKEY', 'sess-', /[0-9A-Za-z]{40}/),
  // https://openrouter.ai/docs/api-reference/authentication
  begins('openrouter/key', 'OPENROUTERKEY', 'sk-or-', /[\w-]{20,}/),
  // https://langfuse.com/docs/api-and-data-platform/features/public-api
  begins('langfuse/key', 'LANGFUSEKEY', ['sk-lf-', 'pk-lf-'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  // OpenAI's older keys, DeepSeek (https://api-docs.deepseek.com), Stability, Moonshot, DashScope, LiteLLM: `sk-` and a random run
  begins('ai/sk-key', 'AIKEY', 'sk-', { body: /[\w-]{20,}/, check: hasDigit }),
  begins('ai/sk-underscore-key', 'AIKEY', 'sk_', /[0-9a-f]{40,}/),
  // https://huggingface.co/docs/hub/security-tokens
  begins('huggingface/token', 'HUGGINGFACETOKEN', ['hf_', 'api_org_'], /[0-9A-Za-z]{30,}/),
  // https://replicate.com/docs/topics/security/api-tokens
  begins('replicate/token', 'REPLICATETOKEN', 'r8_', /[0-9A-Za-z]{37,}/),
  // https://console.groq.com/docs/quickstart, https://docs.x.ai/docs/overview, https://docs.perplexity.ai
  begins('groq/key', 'GROQKEY', 'gsk_', /[0-9A-Za-z]{40,}/),
  begins('xai/key', 'XAIKEY', 'xai-', /[0-9A-Za-z]{60,}/),
  begins('perplexity/key', 'PERPLEXITYKEY', 'pplx-', /[0-9A-Za-z]{40,}/),
  // https://docs.nvidia.com/nim/
  begins('nvidia/key', 'NVIDIAKEY', 'nvapi-', /[\w-]{40,}/),
  // https://docs.together.ai, https://docs.fireworks.ai
  begins('together/key', 'TOGETHERKEY', 'tgp_v1_', /[\w-]{40,}/),
  begins('fireworks/key', 'FIREWORKSKEY', 'fw_', { body: /[0-9A-Za-z]{20,}/, check: hasDigit }),
  // https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key
  begins('langsmith/key', 'LANGSMITHKEY', ['lsv2_pt_', 'lsv2_sk_', 'ls__'], /[0-9a-f]{32}(?:_[0-9a-f]{10})?/),
  // https://docs.pinecone.io/guides/projects/manage-api-keys
  begins('pinecone/key', 'PINECONEKEY', 'pcsk_', /\w{40,}/),
  announces('pinecone/old-key', 'PINECONEKEY', 'pinecone', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  // https://docs.wandb.ai/support/find_api_key/
  announces('wandb/key', 'WANDBKEY', 'wandb', /[0-9a-f]{40}/),
  begins('wandb/new-key', 'WANDBKEY', 'wandb_v1_', /\w{40,}/),
  // https://inference-docs.cerebras.ai, https://jina.ai, https://docs.voyageai.com, https://docs.tavily.com
  begins('cerebras/key', 'CEREBRASKEY', 'csk-', /[0-9a-z]{40,}/),
  begins('jina/key', 'JINAKEY', 'jina_', /[\w-]{40,}/),
  begins('voyage/key', 'VOYAGEKEY', ['pa-'], { body: /[\w-]{43}(?![\w-])/, check: hasDigit }),
  begins('tavily/key', 'TAVILYKEY', 'tvly-', /[\w-]{20,}/),
  begins('firecrawl/key', 'FIRECRAWLKEY', 'fc-', /[0-9a-f]{32}/),
  begins('e2b/key', 'E2BKEY', 'e2b_', /[0-9a-f]{40}/),
  // https://llama.developer.meta.com/docs/authentication
  begins('llama/key', 'LLAMAKEY', 'LLM|', /\d{10,20}\|[\w-]{20,}/),
  begins('llamacloud/key', 'LLAMACLOUDKEY', 'llx-', /[0-9A-Za-z]{40,}/),
  begins('helicone/key', 'HELICONEKEY', ['pk-helicone-', 'sk-helicone-'], /[\w-]{20,}/),
  begins('apify/key', 'APIFYKEY', 'apify_api_', /[0-9A-Za-z]{30,}/),
  begins('roboflow/key', 'ROBOFLOWKEY', 'rf_', { body: /[0-9A-Za-z]{20,}/, check: hasDigit }),
  begins('friendli/key', 'FRIENDLIKEY', 'flp_', /[0-9A-Za-z]{40,}/),
  // https://modal.com/docs/reference/modal.config
  begins('modal/token', 'MODALTOKEN', ['ak-', 'as-'], { body: /[0-9A-Za-z]{22}(?![\w-])/, check: hasDigit }),
  // https://docs.cohere.com, https://docs.mistral.ai, https://elevenlabs.io/docs, https://developers.deepgram.com: a name and a random run
  announces('cohere/key', 'COHEREKEY', ['cohere', 'co_api_key'], { body: /[0-9A-Za-z]{40}/, check: hasDigit }),
  announces('mistral/key', 'MISTRALKEY', 'mistral', { body: /[0-9A-Za-z]{32}/, check: hasDigit }),
  announces(
    'elevenlabs/key',
    'ELEVENLABSKEY',
    ['elevenlabs', 'eleven_labs', 'xi-api-key', 'xi_api_key'],
    /[0-9a-f]{32}|sk_[0-9a-f]{48}/,
  ),
  announces('deepgram/key', 'DEEPGRAMKEY', 'deepgram', /[0-9a-f]{40}/),
  announces('assemblyai/key', 'ASSEMBLYAIKEY', ['assemblyai', 'assembly_ai'], /[0-9a-f]{32}/),
  announces('clarifai/key', 'CLARIFAIKEY', 'clarifai', /[0-9a-f]{32}/),
];
