import type { TargetOptions } from "../contract/target.ts";
import { isRecord } from "../intake/parse-json.ts";
import { numberOf, readPath, textOf, textsOf } from "./read-path.ts";
import { type AnswerReader, NOTHING_READ, type Reading, type Refusal } from "./target-kind.ts";

interface Places {
  answer: string;
  /** The first that holds passages counts. */
  contexts: readonly string[];
  /** Where errors are told although the status is a success. */
  refusalOf: (body: unknown) => Refusal | null;
  pausedAt?: string;
  tokensAt?: string;
  /** Characters it may say beside what is mapped. */
  mostBeside?: number;
  /** Cleans what the app puts between the words. */
  clean?: (answer: string) => string;
}

/** Reads the one JSON answer of an app, where its parts stand. */
export function readJsonAnswer(options: TargetOptions, places: Places): AnswerReader {
  let reading: Reading | null = null;
  return {
    push(body) {
      reading ??= read(body, options, places);
    },
    handle: () => ({}),
    end: () => reading,
  };
}

function read(body: unknown, options: TargetOptions, places: Places): Reading {
  const told = options.error === undefined ? undefined : readPath(body, options.error);
  const isRefused = told !== undefined && told !== null && told !== false && told !== "";
  const isOk = options.ok === undefined || Boolean(readPath(body, options.ok));
  if (isRefused || !isOk) {
    const words = textOf(told) ?? JSON.stringify(told ?? null);
    return refused({ means: "row", code: "told", words });
  }
  const refusal = places.refusalOf(body);
  if (refusal !== null) return refused(refusal);
  if (places.pausedAt !== undefined && readPath(body, places.pausedAt) !== undefined) {
    return { ...NOTHING_READ, special: "paused" };
  }
  const path = options.answer ?? places.answer;
  const found = textOf(readPath(body, path));
  if (found === null) {
    const names = isRecord(body) ? Object.keys(body).slice(0, 10).join(", ") : typeof body;
    return refused({
      means: "row",
      code: "no_answer_at_path",
      words: `${path}? ${names}`.slice(0, 200),
    });
  }
  const answer = places.clean?.(found) ?? found;
  const from = options.contexts === undefined ? places.contexts : [options.contexts];
  const at = from.find((candidate) => (textsOf(readPath(body, candidate))?.length ?? 0) > 0);
  // Passages that are mapped and not there are none; where nobody said where they stand, they are unknown.
  const isKnown = at !== undefined || options.contexts !== undefined;
  const contexts = at === undefined ? [] : (textsOf(readPath(body, at)) ?? []);
  const limit = places.mostBeside ?? Number.POSITIVE_INFINITY;
  if (JSON.stringify(body).length - JSON.stringify([answer, contexts]).length > limit) {
    return refused({ means: "row", code: "too_much_beside", words: `> ${limit}` });
  }
  const ids = options.ids === undefined ? null : readPath(body, options.ids);
  return {
    ...NOTHING_READ,
    answer,
    contexts: isKnown ? contexts : null,
    retrievedIds: Array.isArray(ids) ? ids.flatMap((id) => textOf(id) ?? []) : null,
    contextsFrom: at ?? null,
    cost: {
      ...NOTHING_READ.cost,
      tokens: numberOf(readPath(body, places.tokensAt ?? "usage.total_tokens")),
    },
  };
}

function refused(refusal: Refusal): Reading {
  return { ...NOTHING_READ, refusal };
}

const QUOTA = /quota|insufficient|balance|billing|arrear|余额|额度|欠费/i;

/** What a status means where an app has no words of its own for it. */
export function refuseByStatus(status: number, body: unknown): Refusal {
  const places = ["error.message", "message", "error", "detail", "msg", "errmsg", "statusText"];
  const found = places.map((place) => textOf(readPath(body, place))).find((text) => text);
  const words = (found ?? `HTTP ${status}`).slice(0, 500);
  const code =
    textOf(readPath(body, "error.code")) ?? textOf(readPath(body, "code")) ?? `http_${status}`;
  if (status === 429)
    return { means: QUOTA.test(`${code} ${words}`) ? "stop" : "busy", code, words };
  if (status === 401 || status === 402 || status === 403) return { means: "stop", code, words };
  return { means: "row", code, words };
}
