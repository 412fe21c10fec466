import type { MiddlewareHandler } from "hono";
import { readConfiguration } from "../config.ts";
import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";
import type { AppEnv } from "./http-context.ts";

/** Names that public DNS never answers for. */
const LOCAL_ENDINGS = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
/** Where `npm start -- --tunnel` is found. Only Cloudflare answers for names of this zone, and with its own addresses. */
const TUNNEL_ENDING = ".trycloudflare.com";

/**
 * An open server asks nobody who they are, so a page of any site could read it by DNS rebinding: its own name, led to
 * this machine, makes the browser take us for that site. It therefore answers only to names nobody else can lead here.
 * Rebinding needs a name with a dot that its attacker answers for: an address is none, nor is a name of the local network.
 */
export const refuseForeignNames: MiddlewareHandler<AppEnv> = async function refuseForeignNames(
  http,
  next,
) {
  const configuration = readConfiguration(http.env);
  if (configuration.ok && configuration.settings.accessMode === "open") {
    const name = new URL(http.req.url).hostname;
    if (!isOurName(name, configuration.settings.openHosts)) throw refusal(name);
  }
  await next();
};

/** `hostname` as URL gives it: lower case, addresses in their usual form, IPv6 in brackets. */
function isOurName(hostname: string, openHosts: readonly string[]): boolean {
  const name = hostname.replace(/\.$/, "");
  const isAddress = name.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(name);
  if (isAddress || !name.includes(".")) return true;
  const isLocal = LOCAL_ENDINGS.some((ending) => name.endsWith(ending));
  return isLocal || name.endsWith(TUNNEL_ENDING) || openHosts.includes(name);
}

function refusal(name: string): AppError {
  const setting = `OPEN_HOSTS=${name.replace(/\.$/, "").slice(0, 253)}`;
  return new AppError(said("misdirected_request.other_name", { setting }));
}
