import type { Endpoint } from "./exchange.ts";
import type { EndpointSettings } from "./settings.ts";

/** The package that speaks with endpoints is read at the first call: an isolate that never asks a model starts without it. */
export function openEndpoint(settings: EndpointSettings): Endpoint {
  let connected: Promise<Endpoint> | null = null;
  const connect = () => {
    connected ??= import("./connect.ts").then((module) => module.connect(settings));
    return connected;
  };
  return {
    chat: async (...call) => (await connect()).chat(...call),
    embed: async (...call) => (await connect()).embed(...call),
  };
}
