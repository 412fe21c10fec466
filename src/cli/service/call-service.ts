import { addressAt, isWebAddress, operatorDestination } from "../../net/destination.ts";
import { fetchWithin } from "../../net/read-answer.ts";

/** Evidence of the largest batch and more. */
const LARGEST_ANSWER_BYTES = 256 * 1024 * 1024;

/** Where the service is and how to get in: `--url`, `--key`, or TOUCHSTONE_URL and TOUCHSTONE_KEY. */
export interface Service {
  origin: string;
  headers: Record<string, string>;
}

/** The service could not be asked, or refused; the message says so in a sentence. */
export class ServiceError extends Error {}

export function openService(options: { url?: string; key?: string }): Service {
  const url = options.url ?? process.env.TOUCHSTONE_URL ?? "http://localhost:8787";
  const key = options.key ?? process.env.TOUCHSTONE_KEY;
  return {
    origin: url.replace(/\/+$/, ""),
    headers: key ? { Authorization: `Bearer ${key}` } : {},
  };
}

/** A successful answer; every other one is thrown in the words of the service. */
export async function callService(
  service: Service,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  if (!isWebAddress(service.origin)) {
    throw new ServiceError(`${service.origin} is not an http or https address.`);
  }
  const place = operatorDestination(service.origin);
  const ask = fetchWithin(place, LARGEST_ANSWER_BYTES);
  const address = addressAt(place, path.replace(/^\//, ""));
  const answer = await ask(address, {
    ...init,
    headers: { ...service.headers, ...init.headers },
  }).catch((cause: unknown) => {
    throw new ServiceError(`${service.origin} cannot be reached; start it with npm start.`, {
      cause,
    });
  });
  if (answer.ok) return answer;
  if (answer.status >= 300 && answer.status < 400) {
    throw new ServiceError(
      `${service.origin} answers with a redirect; use the address it leads to.`,
    );
  }
  const problem: unknown = await answer.json().catch(() => null);
  const detail =
    typeof problem === "object" && problem !== null && "detail" in problem
      ? String(problem.detail)
      : answer.statusText;
  throw new ServiceError(`${answer.status}: ${detail}`);
}
