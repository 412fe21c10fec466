import { WorkerEntrypoint } from "cloudflare:workers";

/**
 * The binding to Workers AI as the Worker sees it: `run` by RPC, with a raw response where that is asked for. It leads
 * to the fake server that speaks all forms.
 */
export default class FakeAi extends WorkerEntrypoint<{ FAKE_URL: string }> {
  async run(
    model: string,
    inputs: unknown,
    options?: { returnRawResponse?: boolean },
  ): Promise<unknown> {
    const response = await fetch(`${this.env.FAKE_URL}/run/${model}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(inputs),
    });
    if (options?.returnRawResponse) return response;
    const { result } = await response.json<{ result: unknown }>();
    return result;
  }
}
