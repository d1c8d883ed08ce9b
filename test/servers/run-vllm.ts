import { families } from '../../src/core/prompt/families.ts';
import { echoChat, echoCompletion } from './echo-model.ts';
import type { RecordedRequest } from './recording-server.ts';
import { runOptions, serveUntilStopped } from './run-options.ts';
import { startVllmServer, VLLM_MODEL, type VllmAnswer } from './vllm-server.ts';

const options = runOptions(
  { port: 8000, model: VLLM_MODEL, fim: 'qwen' },
  'npm run server:vllm -- [--port 8000] [--model NAME] [--fim FAMILY]',
);
const family = Object.entries(families).find(([name]) => name === options.fim)?.[1];

const server = await startVllmServer({
  answer,
  models: [options.model],
  markers: family?.markers ?? [],
  port: options.port,
});
console.log(`vLLM's protocol at ${server.url}, model ${options.model}. No model behind it: it echoes what it is sent.`);
console.log(`npm start -- FOLDER --endpoint ${server.url} --model ${options.model} --fim ${options.fim}`);
await serveUntilStopped(server);

function answer({ body }: RecordedRequest): VllmAnswer {
  const { prompt, messages } = body as { prompt?: string; messages?: readonly { readonly content: string }[] };
  if (typeof prompt === 'string') return { text: echoCompletion(prompt) };
  return { text: echoChat(messages?.at(-1)?.content ?? '') };
}
