import { BEDROCK_MODEL, type BedrockAnswer, startBedrockServer } from './bedrock-server.ts';
import { echoChat } from './echo-model.ts';
import type { RecordedRequest } from './recording-server.ts';
import { runOptions, serveUntilStopped } from './run-options.ts';

const options = runOptions(
  { port: 8001, model: BEDROCK_MODEL, fim: '' },
  'npm run server:bedrock -- [--port 8001] [--model NAME]',
);

const server = await startBedrockServer({ answer, models: [options.model], port: options.port });
const { accessKeyId, secretAccessKey, sessionToken } = server.keys;
console.log(`Bedrock's protocol at http://${server.host}, region ${server.region}, model ${options.model}.`);
console.log(
  'No model behind it: it quotes the question. Signatures are verified; these keys, made for this run, are right:',
);
console.log(
  `export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_SESSION_TOKEN=${sessionToken}`,
);
console.log(
  `endpoint in a policy: ${JSON.stringify({
    kind: 'bedrock',
    host: server.host,
    boundary: 'workstation',
    region: server.region,
    auth: { profile: 'default', method: 'environment' },
  })}`,
);
await serveUntilStopped(server);

function answer({ body }: RecordedRequest): BedrockAnswer {
  const { messages } = body as { messages?: readonly { readonly content: readonly { readonly text?: string }[] }[] };
  return {
    text: echoChat(
      messages
        ?.at(-1)
        ?.content.map((block) => block.text ?? '')
        .join('\n') ?? '',
    ),
  };
}
