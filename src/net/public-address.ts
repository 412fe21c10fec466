import ipaddr from "ipaddr.js";

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

export function isAddress(host: string): boolean {
  return ipaddr.isValid(host);
}
