/** What an endpoint was seen to understand. Starts at the best and steps down on the endpoint's own refusals. */
export interface Capabilities {
  /** `schema`: strict JSON schema; `json`: JSON mode; `text`: JSON asked for in words. */
  format: "schema" | "json" | "text";
  lengthLimit: "max_completion_tokens" | "max_tokens" | "none";
  temperature: boolean;
  /** Asked for by name; null: nothing is said about it. */
  effort: Effort | null;
  /** `off`: thinking is switched off by the name Qwen's hosts gave it. */
  thinking: "unsaid" | "off";
  /** `folded`: the instructions stand at the head of the user's message, for models without a system role. */
  system: "own" | "folded";
  embeddings: boolean;
}

export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
export type Effort = (typeof EFFORTS)[number];

export type Feature = "format" | "lengthLimit" | "temperature" | "effort" | "thinking" | "system";

/** Remembers capabilities by endpoint and model, for as long as its owner keeps it. */
export interface CapabilityMemory {
  get(key: string): Capabilities | undefined;
  set(key: string, capabilities: Capabilities): void;
}

/** `max_tokens` first: more endpoints know it than its successor, and OpenAI's refusal names the successor. */
export const BEST: Capabilities = {
  format: "schema",
  lengthLimit: "max_tokens",
  temperature: true,
  effort: null,
  thinking: "unsaid",
  system: "own",
  embeddings: true,
};

/** What is tried first. OpenAI's own address is known: its models that reason refuse what is left out here. */
export function startWith(baseURL: string, effort: Effort | null): Capabilities {
  const isOpenAi = URL.canParse(baseURL) && new URL(baseURL).hostname === "api.openai.com";
  return {
    ...BEST,
    effort,
    ...(isOpenAi ? { lengthLimit: "max_completion_tokens" } : {}),
    temperature: effort === null || effort === "none",
  };
}

/** The memory of one isolate or process. */
export function createCapabilityMemory(): CapabilityMemory {
  return new Map<string, Capabilities>();
}

export const isolateMemory: CapabilityMemory = createCapabilityMemory();

/** The next thing to try after the endpoint refused `feature`, or null when there is nothing left to give up. */
export function stepDown(
  capabilities: Capabilities,
  feature: Feature,
  complaint: string,
): Capabilities | null {
  switch (feature) {
    case "format":
      if (capabilities.format === "text") return null;
      if (capabilities.format === "json") return { ...capabilities, format: "text" };
      // "response_format is not supported" means JSON mode as well; a complaint about the schema does not.
      return { ...capabilities, format: refusesAllFormats(complaint) ? "text" : "json" };
    case "lengthLimit":
      if (capabilities.lengthLimit === "none") return null;
      if (
        capabilities.lengthLimit === "max_tokens" &&
        complaint.includes("max_completion_tokens")
      ) {
        return { ...capabilities, lengthLimit: "max_completion_tokens" };
      }
      return { ...capabilities, lengthLimit: "none" };
    case "temperature":
      return capabilities.temperature ? { ...capabilities, temperature: false } : null;
    case "effort":
      if (capabilities.effort === null) return null;
      return { ...capabilities, effort: nextEffort(capabilities.effort, complaint) };
    case "thinking":
      return capabilities.thinking === "unsaid" ? { ...capabilities, thinking: "off" } : null;
    case "system":
      return capabilities.system === "own" ? { ...capabilities, system: "folded" } : null;
    default:
      return feature satisfies never;
  }
}

/** Where `none` is refused, the least that the complaint itself offers; else nothing is sent. */
function nextEffort(refused: Effort, complaint: string): Effort | null {
  if (refused !== "none") return null;
  const offered: ReadonlySet<string> = new Set(complaint.match(/[a-z]+/g));
  const least: readonly Effort[] = ["minimal", "low"];
  return least.find((effort) => offered.has(effort)) ?? null;
}

function refusesAllFormats(complaint: string): boolean {
  const namesSchema = complaint.includes("schema");
  return complaint.includes("response_format") && !namesSchema && complaint.includes("unknown");
}

/** A refusal that names nothing: give up one thing after the other, the dearest last. */
export function stepDownBlindly(capabilities: Capabilities): Capabilities | null {
  if (capabilities.effort !== null) return { ...capabilities, effort: null };
  if (capabilities.format === "schema") return { ...capabilities, format: "json" };
  if (capabilities.format === "json") return { ...capabilities, format: "text" };
  if (capabilities.temperature || capabilities.lengthLimit !== "none") {
    return { ...capabilities, temperature: false, lengthLimit: "none" };
  }
  if (capabilities.system === "own") return { ...capabilities, system: "folded" };
  return null;
}
