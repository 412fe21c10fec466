import { type ChatJudgeSettings, createChatJudge } from "../../../src/judges/chat/chat-judge.ts";
import { createCapabilityMemory } from "../../../src/judges/chat/endpoint/capabilities.ts";
import { type ReadReply, readReplies } from "../../../src/judges/chat/questions/read-reply.ts";
import { cutSample } from "../../../src/scoring/cut-text.ts";
import type { Judge, JudgedTable, Needs } from "../../../src/scoring/judge.ts";
import type { CutSample, Sample } from "../../../src/scoring/sample.ts";
import type { SeenCall } from "../../fakes/openai-call.ts";
import type { FakeOpenAi } from "../../fakes/openai-server.ts";
import { ALL_NEEDS } from "../all-needs.ts";

const EMPTY = { referencePassages: null, retrievedIds: null, referenceIds: null };

/** Three answer claims (two supported, one invented), two reference claims (one in the passages). */
export const LIGHTHOUSE: Sample = {
  ...EMPTY,
  question: "When was the Norrholm lighthouse built and how tall is it?",
  answer:
    "The Norrholm lighthouse was built in 1874. It stands 31 metres tall. Its keeper wrote three novels.",
  passages: [
    "The Norrholm lighthouse was built in 1874 by the harbour board. Its lamp burned whale oil.",
    "The tower stands 31 metres tall. It stands on granite.",
    "Ferries to the island leave twice a day.",
  ],
  reference: "The Norrholm lighthouse was built in 1874. Visitors pay five crowns.",
};

export const BRIDGE: Sample = {
  ...EMPTY,
  question: "青石桥是哪一年建成的？",
  answer: "青石桥建成于1892年。桥长四十六米。设计者后来移居海外。",
  passages: [
    "青石桥建成于1892年，由当地商会出资。",
    "青石桥的桥长四十六米，有三个桥孔。",
    "附近有一座茶馆。",
  ],
  reference: "青石桥建成于1892年。门票为十元。",
};

/** The first object of a reply; null: there is none. */
export function readReply(text: string, isTruncated: boolean): ReadReply | null {
  const first = readReplies(text, isTruncated).next();
  return first.done ? null : first.value;
}

/** What was judged, without what it took to judge it. */
export function judgedIn({ usage, calls, controls, ...judged }: JudgedTable): object {
  return judged;
}

export function judgeAt(fake: FakeOpenAi, more: Partial<ChatJudgeSettings> = {}): Judge {
  return createChatJudge({
    baseURL: fake.url,
    apiKey: "sk-test",
    model: "fake-judge",
    embeddingModel: "fake-embedding",
    capabilities: createCapabilityMemory(),
    retryPauseMs: 5,
    ...more,
  });
}

export function fill(
  judge: Judge,
  sample: Sample,
  needs: Partial<Needs> = {},
): Promise<JudgedTable> {
  return judge.fill(cutSample(sample), { ...ALL_NEEDS, ...needs });
}

/** Verdicts against the passages in reading order; the reason where a cell failed. */
export function verdicts(table: JudgedTable, of: "answer" | "reference" = "answer"): string[] {
  const claims = of === "answer" ? table.answerClaims : table.referenceClaims;
  if (!claims) return ["not asked"];
  if (!claims.ok) return [claims.reason];
  return claims.value.map(({ passages }) => {
    if (!passages) return "not checked";
    return passages.ok ? passages.value.verdict : passages.reason;
  });
}

export function otherVerdicts(table: JudgedTable, of: "answer" | "reference" = "answer"): string[] {
  const claims = of === "answer" ? table.answerClaims : table.referenceClaims;
  if (!claims?.ok) return [claims?.reason ?? "not asked"];
  return claims.value.map(({ other }) => {
    if (!other) return "not checked";
    return other.ok ? other.value : other.reason;
  });
}

export function evidenceOf(table: JudgedTable): string[][] {
  if (!table.answerClaims?.ok) return [];
  return table.answerClaims.value.map(({ passages }) =>
    passages?.ok
      ? passages.value.evidence.map(({ passage, sentence }) => `${passage + 1}.${sentence + 1}`)
      : [],
  );
}

/** Every evidence reference of a table must name a sentence that is there. */
export function refsOutside(table: JudgedTable, sample: CutSample): string[] {
  const claims = [table.answerClaims, table.referenceClaims].flatMap((side) =>
    side?.ok ? side.value : [],
  );
  return claims.flatMap(({ passages }) =>
    passages?.ok
      ? passages.value.evidence
          .filter(({ passage, sentence }) => !sample.passages?.[passage]?.sentences[sentence])
          .map(({ passage, sentence }) => `${passage}.${sentence}`)
      : [],
  );
}

/** The user message of a call: frames, and the ids asked for in the last line. */
export function userMessage(call: SeenCall | undefined): string {
  const messages = (call?.body.messages ?? []) as { role: string; content: string }[];
  return messages.find(({ role }) => role === "user")?.content ?? "";
}
