/** Where the Worker answers, as `wrangler deploy` printed it: a domain of its own before workers.dev; null without either. */
export function findAddress(printed: string): string | null {
  const domain = printed.match(/^\s*([\w.-]+) \(custom domain/m)?.[1];
  if (domain !== undefined) return `https://${domain}`;
  return printed.match(/https:\/\/[\w.-]+\.workers\.dev/)?.[0] ?? null;
}
