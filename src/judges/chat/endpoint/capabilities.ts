/** What an endpoint was seen to understand. Starts at the best and steps down on the endpoint's own refusals. */
export interface Capabilities {
  /** `schema`: strict JSON schema; `json`: JSON mode; `text`: JSON asked for in words. */
  format: "schema" | "json" | "text";
  lengthLimit: "max_completion_tokens" | "max_tokens" | "none";
  temperature: boolean;
  /** Asked for by name; null: nothing is said about it. */
  effort: Effort | null;
  /** By which name thinking is switched off; `unsaid`: by none. */
  thinking: "unsaid" | "enable_thinking" | "thinking" | "chat_template_kwargs";
  /** The shape stands in the prompt too: the schema steers the writing, the model itself never sees it. */
  showsShape: boolean;
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
  showsShape: false,
  system: "own",
  embeddings: true,
};

/**
 * What known hosts honour, by name (and port). It spares the refused calls of finding out, and tells what no refusal
 * would: thinking that is on by default costs many times the tokens, without an error. Who is not here is found out by
 * its refusals, and so is what has changed since.
 */
const KNOWN_HOSTS: readonly (readonly [RegExp, Partial<Capabilities>])[] = [
  [/^api\.openai\.com$/, { lengthLimit: "max_completion_tokens" }],
  [/^api\.deepseek\.com$/, { format: "json", thinking: "thinking" }],
  // 百炼, in every region.
  [/\.aliyuncs\.com$/, { thinking: "enable_thinking" }],
  [/^(open\.bigmodel\.cn|api\.z\.ai)$/, { format: "json" }],
  [
    /^(api\.cloudflare\.com|workers-ai\.invalid)$/,
    { lengthLimit: "max_completion_tokens", thinking: "chat_template_kwargs", showsShape: true },
  ],
  [/^gateway\.ai\.cloudflare\.com$/, { showsShape: true }],
  // Its compatible face takes a schema and does not keep to it.
  [/^api\.anthropic\.com$/, { format: "text" }],
  // Ollama and llama.cpp by the ports they open.
  [/:(11434|8080)$/, { showsShape: true }],
];

/** What is tried first. */
export function startWith(baseURL: string, effort: Effort | null): Capabilities {
  const { hostname, host } = new URL(baseURL);
  const known = KNOWN_HOSTS.find(([name]) => name.test(hostname) || name.test(host));
  return { ...BEST, ...known?.[1], effort, temperature: effort === null || effort === "none" };
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
      if (capabilities.thinking === "unsaid")
        return { ...capabilities, thinking: "enable_thinking" };
      // Qwen's hosts complain until it is said; who complains of another name is asked without.
      return capabilities.thinking === "enable_thinking"
        ? null
        : { ...capabilities, thinking: "unsaid" };
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
