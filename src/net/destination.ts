import ipaddr from "ipaddr.js";
import { type Said, said } from "../words/said.ts";

/** Somewhere this server may send to. Every outgoing address is built from one, by `addressAt` alone. */
export interface Destination {
  readonly origin: string;
  /** Path and query as they were given, each with its mark. */
  readonly path: string;
  readonly query: string;
  /** To be looked up before sending; null: an IP address, or a place the operator named. */
  readonly name: string | null;
}

/** Where somebody who is not the operator may send this server. */
export interface Reach {
  /** A server open to its own machine may also ask it, by plain http. */
  isLocalhostAllowed: boolean;
  /** Exact origins the operator named: any scheme, port and range. */
  namedOrigins: readonly string[];
}

/** Ports that may be asked; any other is more likely a service inside. */
const PORTS = ["", "443", "8443"];
/** Endings of names that mean a machine of one's own network. */
const LOCAL_ENDINGS = [
  "localhost",
  "local",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "home.arpa",
];
const PRIVATE = said("address_private");

/** A place somebody wishes, or why this server will not go there, as the end of a sentence. */
export function openDestination(url: string, reach: Reach): Destination | Said {
  if (!URL.canParse(url)) return said("address_unreadable");
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "") return said("address_with_user");
  if (reach.namedOrigins.includes(parsed.origin)) return placeOf(parsed, null);
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  if (reach.isLocalhostAllowed && parsed.protocol === "http:" && isLoopback(host)) {
    return placeOf(parsed, null);
  }
  if (parsed.protocol !== "https:") return said("address_no_https");
  if (!PORTS.includes(parsed.port)) return said("address_port");
  // URL parsing has written every notation of an IPv4 address (decimal, octal, hexadecimal, short) in the usual one.
  if (isAddress(host)) return isPublicAddress(host) ? placeOf(parsed, null) : PRIVATE;
  if (host.endsWith(".")) return said("address_dot");
  const isLocal = LOCAL_ENDINGS.some((ending) => host === ending || host.endsWith(`.${ending}`));
  return isLocal || !host.includes(".") ? PRIVATE : placeOf(parsed, host);
}

/** What an operator may set: any host and port, but no user that would be lost on the way. */
export function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}

/** A place the operator set; it is a web address. */
export function operatorDestination(url: string): Destination {
  return placeOf(new URL(url), null);
}

/**
 * Why a name may not be asked now, as a sentence; null: it may. Looked up shortly before every sending: a name may lead
 * elsewhere by now.
 */
export async function findLookupProblem(
  { name }: Destination,
  resolve: (host: string) => Promise<string[]>,
): Promise<Said | null> {
  if (name === null) return null;
  const addresses = await resolve(name).catch(() => []);
  if (addresses.length === 0) return said("name_unresolved", { name });
  return addresses.every(isPublicAddress) ? null : said("name_private", { name });
}

/** The address of something at or below a destination. Whatever the path holds, the origin stays the checked one. */
export function addressAt(
  { origin, path, query }: Destination,
  below = "",
  parameters: Readonly<Record<string, string>> = {},
): URL {
  const url = new URL(origin);
  url.pathname = below === "" ? path : `${path.replace(/\/+$/, "")}/${below}`;
  url.search = query;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  assertOrigin(url.href, origin);
  return url;
}

/** The last look before an address is used: as it will be read again, it leads where it was checked to lead. */
export function assertOrigin(address: string, origin: string): void {
  const { origin: found, username, password } = new URL(address);
  if (found !== origin || username !== "" || password !== "") {
    throw new Error(`an outgoing address left ${origin}`);
  }
}

function placeOf({ origin, pathname, search }: URL, name: string | null): Destination {
  return { origin, path: pathname, query: search, name };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "::1";
}

/** What the registries give out as public IPv6; everything else is reserved, or another name of something inside. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3");

/**
 * False for private, loopback, link-local, shared, multicast and reserved ranges, also inside IPv6 forms of them, and
 * for all of IPv6 outside 2000::/3.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || parsed.match(GLOBAL_IPV6));
}

function isAddress(host: string): boolean {
  return ipaddr.isValid(host);
}
