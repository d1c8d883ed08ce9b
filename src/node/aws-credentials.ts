import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { fromEnv, fromIni, fromProcess, fromSSO } from '@aws-sdk/credential-providers';
import type { Endpoint } from '../core/policy/schema.ts';

export type BedrockEndpoint = Extract<Endpoint, { readonly kind: 'bedrock' }>;
export type Credentials = NonNullable<BedrockRuntimeClientConfig['credentials']>;

/**
 * Credentials by the one method that policy names, never by the SDK's chain, which would take whatever it finds first.
 * The services that issue them are asked at AWS's own addresses, whatever AWS_ENDPOINT_URL or a profile says.
 */
export function awsCredentials({ auth, region }: BedrockEndpoint): Credentials {
  const { profile, method } = auth;
  const clientConfig = { region, ignoreConfiguredEndpointUrls: true };
  switch (method) {
    case 'sso':
      return fromSSO({ profile, clientConfig: { ignoreConfiguredEndpointUrls: true } });
    case 'profile':
    case 'assume-role':
      return fromIni({ profile, clientConfig });
    case 'credential-process':
      return fromProcess({ profile });
    case 'environment':
      return fromEnv();
  }
}
