import * as z from "zod";
import { isWebAddress } from "./net/destination.ts";

/*
 * How a setting is read: trimmed, an empty one counts as absent. A mistake is said without the value: health is public,
 * and a secret in the wrong variable would stand there. It follows the name, which `config.ts` puts before it.
 */

export const text = z
  .string()
  .trim()
  .transform((value) => value || null)
  .nullish()
  .transform((value) => value ?? null);

/** `read` gives null for what it cannot read. */
function parsed<T>(read: (value: string) => T | null, mistake: string) {
  return text.transform((value, context): T | null => {
    const found = value === null ? null : read(value);
    if (value === null || found !== null) return found;
    context.addIssue(mistake);
    return z.NEVER;
  });
}

export function oneOf<const T extends string, F extends T | null>(
  values: readonly T[],
  fallback: F,
) {
  return parsed(
    (value) => values.find((candidate) => candidate === value.toLowerCase()) ?? null,
    `must be one of: ${values.join(", ")}.`,
  ).transform((value): T | F => value ?? fallback);
}

/** Where the operator sends this server: http or https, any host and port. */
export function address<F extends string | null>(example: string, fallback: F) {
  return parsed(
    (value) => (isWebAddress(value) ? value : null),
    `must be an http or https address without user or password, such as ${example}.`,
  ).transform((value): string | F => value ?? fallback);
}

export const days = parsed(
  (value) => (/^[1-9]\d{0,4}$/.test(value) ? Number(value) : null),
  "must be a whole number of days, or empty.",
);

/** 32 bytes as Base64, as `openssl rand -base64 32` prints them. */
export const encryptionKey = parsed(
  (value) => (/^[A-Za-z0-9+/]{43}=$/.test(value) ? value : null),
  "must be the Base64 of 32 random bytes: openssl rand -base64 32.",
);

/** 24 to 64 bytes, as the Standard Webhooks specification asks. */
export const webhookSecret = parsed(
  (value) => (/^(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/.test(value) ? value : null),
  "must be whsec_ and the Base64 of 24 to 64 random bytes.",
);

export const teamDomain = parsed((value) => {
  const domain = value
    .toLowerCase()
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "");
  if (/^[a-z0-9-]{1,63}$/.test(domain)) return `${domain}.cloudflareaccess.com`;
  return /^[a-z0-9-]{1,63}\.cloudflareaccess\.com$/.test(domain) ? domain : null;
}, "must look like your-team.cloudflareaccess.com.");

export const list = text.transform(splitList);

/** Each item read by `read`; one that cannot be read is a mistake of the whole. */
function listOf<T>(read: (item: string) => T | null, mistake: string) {
  return list.transform((items, context): T[] => {
    const known = items.map(read).filter((item) => item !== null);
    if (known.length === items.length) return known;
    context.addIssue(mistake);
    return z.NEVER;
  });
}

/** Names of hosts as URL writes them. An address pasted whole counts for its name. */
export const hostNames = listOf((value) => {
  const url = value.includes("://") ? value : `http://${value}`;
  const name = URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : "";
  return name === "" || name.includes("*") ? null : name;
}, "must be names such as touchstone.example.com, comma list.");

export const origins = listOf((value) => {
  if (!isWebAddress(value)) return null;
  const { href, origin } = new URL(value);
  return href === `${origin}/` ? origin : null;
}, "must list origins such as http://dify.lan:8080, without a path.");

/** Hosts with their ports, as URL writes them. */
export const hosts = listOf((value) => {
  if (!isWebAddress(`http://${value}`)) return null;
  const { host, href } = new URL(`http://${value}`);
  return href === `http://${host}/` && !host.includes("*") ? host : null;
}, "must list hosts such as 10.0.0.5:8080, comma list.");

/** `name=value` pairs as OpenTelemetry writes them. */
export const headers = listOf((pair): [string, string] | null => {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*([ -~]*)$/.exec(pair) ?? [];
  if (name === undefined || value === undefined) return null;
  try {
    return [name, decodeURIComponent(value)];
  } catch {
    return [name, value];
  }
}, "must look like name=value,name=value.").transform(
  (pairs): Record<string, string> => Object.fromEntries(pairs),
);

function splitList(value: string | null): string[] {
  return (value ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
