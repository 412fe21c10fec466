/** The binding to Workers AI, as far as it is used; the types of the platform know not all of it. */
export interface AiRunner {
  run(model: string, inputs: unknown, options?: unknown): Promise<unknown>;
}

/** Stands where other models have an address; nothing is ever sent to it. */
export const BINDING_ADDRESS = "https://workers-ai.invalid/v1";

const NOT_HERE =
  "Workers AI answers where the Worker is deployed, not on your own machine. · Workers AI 在部署后可用，本机不可用。";

/**
 * A `fetch` that asks the binding instead of an address: typed questions, chat completions and embeddings go the same
 * way as to any other host, with the same slots, retries and readers. Texts are neither cached nor logged by a gateway.
 */
export function fetchFromBinding(ai: AiRunner, gatewayId: string | null): typeof fetch {
  return async function fetchFromAi(input, init) {
    const { pathname } = new URL(input instanceof Request ? input.url : String(input));
    const { model: named, ...inputs } = JSON.parse(String(init?.body ?? "{}"));
    const [, path] = /\/run\/(.+)$/.exec(pathname) ?? [];
    const options = {
      returnRawResponse: true,
      rejectIfBusy: true,
      ...(gatewayId === null
        ? {}
        : { gateway: { id: gatewayId, skipCache: true, collectLog: false } }),
    };
    const isEmbedding = pathname.endsWith("/embeddings");
    const body = path ? { model: named, ...inputs } : isEmbedding ? { text: inputs.input } : inputs;
    try {
      const answer = await Promise.race([
        ai.run(path ?? named, body, options),
        whenAborted(init?.signal),
      ]);
      const response = answer instanceof Response ? answer : Response.json(answer);
      return isEmbedding && response.ok ? asEmbeddings(await response.json()) : response;
    } catch (error) {
      if (init?.signal?.aborted) throw error;
      return refusal(error instanceof Error ? error.message : String(error));
    }
  };
}

/** A signal does not travel to a binding; whoever waits is let go. */
function whenAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** `{data: number[][]}`, bare or under `result`, in the form OpenAI gave embeddings. */
function asEmbeddings(body: unknown): Response {
  const result = fieldOf(body, "result") ?? body;
  const rows = fieldOf(result, "data");
  if (!Array.isArray(rows)) return Response.json(body);
  return Response.json({ data: rows.map((embedding, index) => ({ index, embedding })) });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** What the binding throws has no status: `4006: you have used up …`, or that it does not work here. */
function refusal(message: string): Response {
  if (/needs to be run remotely/.test(message)) {
    return Response.json({ errors: [{ message: NOT_HERE }] }, { status: 404 });
  }
  const [, code, words = message] = /^(\d{4,5}): (.*)$/s.exec(message) ?? [];
  return Response.json({ errors: [{ code: Number(code), message: words }] }, { status: 502 });
}
