import * as z from "zod";

const Named = z.array(z.object({ name: z.string() }));

/** The list of named things that wrangler printed; warnings may stand around it. */
export function readJsonList(printed: string): { name: string }[] {
  const start = printed.search(/\[\s*[\]{]/);
  const text = start < 0 ? "" : printed.slice(start, printed.lastIndexOf("]") + 1);
  try {
    return Named.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`wrangler printed no list:\n${printed}`, { cause });
  }
}

/** Where the Worker answers, as `wrangler deploy` printed it: a domain of its own before workers.dev; null without either. */
export function findAddress(printed: string): string | null {
  const domain = printed.match(/^\s*([\w.-]+) \(custom domain/m)?.[1];
  if (domain !== undefined) return `https://${domain}`;
  return printed.match(/https:\/\/[\w.-]+\.workers\.dev/)?.[0] ?? null;
}
