/**
 * Geographies of Bedrock's cross-region inference profiles, as the first label of a model id.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
const GEOGRAPHY = /^(?:global|us|us-gov|eu|apac|ap|jp|au|ca|sa|me|af|il|mx|in|uk)\./;

/** Vendors of base models; whatever stands before one of them is a geography, also one that is not known yet. */
const BEFORE_VENDOR =
  /^[a-z-]+\.(?:amazon|anthropic|meta|mistral|cohere|ai21|deepseek|openai|qwen|stability|writer|luma|twelvelabs|google|nvidia|minimax|moonshot|moonshotai|zai)\./;

/** Why a Bedrock model id may leave a region, in words; undefined when it stays inside. Opaque profiles may leave it. */
export function geographyOf(modelId: string, region: string): string | undefined {
  const arn = /^arn:[^:]*:bedrock:([^:]*):[^:]*:([^/]+)\/(.+)$/.exec(modelId);
  if (arn) {
    const [, arnRegion = '', kind = '', id = ''] = arn;
    if (arnRegion !== '' && arnRegion !== region) return `its ARN is of ${arnRegion}`;
    if (kind === 'application-inference-profile') return 'its inference profile may reach other regions';
    return geographyOf(id, region);
  }
  if (modelId.startsWith('arn:')) return 'its ARN does not say which region it stays in';
  const prefixed = GEOGRAPHY.test(modelId) || BEFORE_VENDOR.test(modelId);
  return prefixed ? `its id is the cross-region profile ${modelId.slice(0, modelId.indexOf('.'))}` : undefined;
}
