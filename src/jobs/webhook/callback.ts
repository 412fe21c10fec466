import ipaddr from "ipaddr.js";
import type { Settings } from "../../config.ts";
import type { Warning } from "../../contract.ts";
import { AppError } from "../../errors.ts";

/** Ports a webhook may go to; any other is more likely a service inside than a receiver. */
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

/** The address webhooks of a job go to, checked; with a warning and none when this server cannot sign. */
export function chooseCallback(
  settings: Pick<Settings, "webhookSecret" | "accessMode">,
  url: string | null,
): { url: string | null; warnings: Warning[] } {
  if (url === null) return { url, warnings: [] };
  const problem = findCallbackProblem(url, settings.accessMode === "open");
  if (problem !== null) {
    throw new AppError("invalid_request", `\`callback_url\` ${problem}`, {
      errors: [{ pointer: "#/callback_url", detail: problem }],
    });
  }
  if (settings.webhookSecret !== null) return { url, warnings: [] };
  const warning: Warning = {
    code: "webhook_not_configured",
    message:
      "No webhook will be sent to `callback_url`: this server has no secret to sign it with.",
    fix: "Set WEBHOOK_SECRET to whsec_ and the Base64 of 24 to 64 random bytes, or poll the job.",
  };
  return { url: null, warnings: [warning] };
}

/**
 * Why a webhook may not go there; null: it may. The host is looked at after URL parsing, which writes every notation
 * of an IPv4 address (decimal, octal, hexadecimal, short) in the usual one.
 */
export function findCallbackProblem(url: string, isLocalhostAllowed: boolean): string | null {
  if (!URL.canParse(url)) return "is not a URL.";
  const { protocol, hostname, port, username, password } = new URL(url);
  if (username !== "" || password !== "") return "must not hold a user or password.";
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isLocalhostAllowed && protocol === "http:" && isLoopback(host)) return null;
  if (protocol !== "https:") return "must begin with https://.";
  if (!PORTS.includes(port)) return "must use port 443 or 8443.";
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? null : PRIVATE;
  const labels = host.split(".");
  const isLocal = LOCAL_ENDINGS.some((ending) => host === ending || host.endsWith(`.${ending}`));
  return labels.length < 2 || isLocal ? PRIVATE : null;
}

const PRIVATE = "must lead to a public address.";

/** False for private, loopback, link-local, shared, multicast and reserved ranges, also inside IPv6 forms of them. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "::1";
}
