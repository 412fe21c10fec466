import { addressAt, operatorDestination } from "../../net/destination.ts";
import { AnswerTooLarge, fetchWithin } from "../../net/read-answer.ts";
import { parseObject } from "../chat/endpoint/error-body.ts";
import {
  readFailure,
  readTroubleInside,
  type Trouble,
  tooLarge,
  UNREACHABLE,
} from "../chat/endpoint/provider-errors.ts";
import { createSlots } from "../chat/endpoint/send-in-slot.ts";
import { CALL_TIMEOUT_MS, JUDGE_SLOTS } from "../chat/endpoint/settings.ts";
import { waitOrThrow, wordsOf } from "../chat/endpoint/wait-or-throw.ts";
import { DIALECT } from "./dialects.ts";
import type { DecisionEndpoint, DecisionSettings } from "./endpoint.ts";

/** Probabilities of 64 questions with 255 options each. */
const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/** Which settings may be wrong when nothing works. */
const SETTINGS = "DECISION_BASE_URL, DECISION_API_KEY, DECISION_MODEL, DECISION_DIALECT";

/** Sends typed questions in one of five slots, retries once what may pass, and reads whatever comes back. */
export function connectDecisions(settings: DecisionSettings): DecisionEndpoint {
  const dialect = DIALECT[settings.dialect];
  const { model, apiKey, headers = {} } = settings;
  const base = operatorDestination(settings.baseURL);
  const address = addressAt(base, dialect.path(model)).href;
  const send = fetchWithin(base, LARGEST_ANSWER_BYTES, settings.fetch);
  const sendInSlot = createSlots(
    settings.slots ?? JUDGE_SLOTS,
    settings.timeoutMs ?? CALL_TIMEOUT_MS,
    readThrown,
  );

  return {
    async decide(state, questions, signal) {
      const body = JSON.stringify(dialect.toBody(model, state, questions));
      for (let failures = 0; ; ) {
        const sent = await sendInSlot(
          (stop) =>
            send(address, {
              method: "POST",
              headers: {
                ...headers,
                "content-type": "application/json",
                ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
              },
              body,
              signal: stop,
            }).then(async (response) => ({ response, text: await response.text() })),
          signal,
        );
        if (sent.kind === "cancelled") return sent;
        let trouble: Trouble;
        if (sent.kind === "reply") {
          const { response, text } = sent.value;
          const value = parseObject(text) ?? text;
          const read = response.ok ? dialect.fromBody(value, questions) : null;
          if (read) return { kind: "answers", ...read };
          trouble = response.ok ? readTroubleInside(value) : readFailure(response, value);
        } else ({ trouble } = sent);
        if (trouble.kind === "too_long") return { kind: "too_long" };
        if (trouble.kind === "refused") {
          return { kind: "refused", words: wordsOf(settings, trouble, [body]) };
        }
        failures += 1;
        await waitOrThrow(
          { ...settings, names: SETTINGS },
          trouble,
          { failures, sentTexts: [body] },
          signal,
        );
      }
    },
  };
}

function readThrown(error: unknown): Trouble {
  return error instanceof AnswerTooLarge ? tooLarge(error) : UNREACHABLE;
}
