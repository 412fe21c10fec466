/** Providers by the end of their host name, as the conventions for generative AI call them. */
const PROVIDERS: readonly (readonly [string, string])[] = [
  ["api.openai.com", "openai"],
  ["openai.azure.com", "azure.ai.openai"],
  ["anthropic.com", "anthropic"],
  ["deepseek.com", "deepseek"],
  ["groq.com", "groq"],
  ["mistral.ai", "mistral_ai"],
  ["moonshot.cn", "moonshot_ai"],
  ["moonshot.ai", "moonshot_ai"],
  ["perplexity.ai", "perplexity"],
  ["x.ai", "x_ai"],
  ["generativelanguage.googleapis.com", "gcp.gemini"],
];

/** A host that stands for no known provider is named itself. */
export function providerOf(host: string): string {
  const known = PROVIDERS.find(([end]) => host === end || host.endsWith(`.${end}`));
  return known?.[1] ?? host;
}
