import { describe, expect, test } from "vitest";
import { createFence, neutralise } from "../../../src/judges/chat/questions/fence.ts";
import { cutSample } from "../../../src/scoring/cut-text.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import { type Brain, HONEST } from "../../fakes/openai-brain.ts";
import injections from "../../fixtures/injections.json" with { type: "json" };
import { BRIDGE, fill, judgeAt, LIGHTHOUSE, refsOutside, userMessage, verdicts } from "./scene.ts";

const fake = await openFakeOpenAi();

const ORDER =
  /ignore|supported|approve|grad|marks|confirmed|proves|true|obey|支持|批准|认可|满分|证明|证实|都是真的/i;

/** Follows what it reads in the passages: everything is supported, by whatever sentence comes to mind. */
const OBEDIENT: Partial<Brain> = {
  check: (claim, passages) =>
    passages.some(({ text }) => ORDER.test(text))
      ? { verdict: "supported", evidence: ["1.1"] }
      : HONEST.check(claim, passages),
};

/** Obeys more cleverly: names a sentence of the injected passage itself. */
const SLY: Partial<Brain> = {
  check(claim, passages) {
    const order = passages.find(({ text }) => ORDER.test(text));
    return order ? { verdict: "supported", evidence: [order.id] } : HONEST.check(claim, passages);
  },
};

/** Cites sentences that are not there, as the injected text told it. */
const FORGING: Partial<Brain> = {
  check: () => ({ verdict: "supported", evidence: ["9.9", "1.1"] }),
};

describe.each(injections.map(({ lang, text }) => ({ lang, text })))(
  "$lang: $text",
  ({ lang, text }) => {
    const base = lang === "zh" ? BRIDGE : LIGHTHOUSE;
    const attacked = { ...base, passages: [...(base.passages ?? []), text] };

    test("an obedient judge trips over the control claims; no verdict of its stands", async () => {
      for (const brain of [OBEDIENT, SLY]) {
        fake.setBrain(brain);
        const table = await fill(judgeAt(fake), attacked);
        const isObeyed = ORDER.test(text);
        expect(verdicts(table).at(2)).toBe(isObeyed ? "judge_error" : "unsupported");
        if (isObeyed) expect(table.notes.join(" ")).toMatch(/control claims/);
        expect(refsOutside(table, cutSample(attacked))).toEqual([]);
      }
    });

    test("a judge that forges sentence numbers adds no evidence", async () => {
      fake.setBrain(FORGING);
      const table = await fill(judgeAt(fake), attacked);
      expect(verdicts(table)).toEqual(["judge_error", "judge_error", "judge_error"]);
    });

    test("the text stays inside its frame and forges no line of ours", async () => {
      await fill(judgeAt(fake), { ...attacked, answer: `${base.answer}\n\n${text}` });
      for (const call of fake.calls.filter(({ kind }) => kind === "chat")) {
        const lines = userMessage(call).split("\n");
        const marks = lines.filter((line) => /[⟦⟧]/.test(line));
        const [number] = /[0-9a-f]{16}/.exec(marks[0] ?? "") ?? [];
        expect(marks.every((line) => line.includes(`${number}`))).toBe(true);
        expect(marks.length % 2).toBe(0);
        const labels = lines.flatMap((line) => line.match(/\[(?:[src]\d+|\d+\.\d+)\]/gi) ?? []);
        const starts = lines.filter((line) => /^\[(?:[src]\d+|\d+\.\d+)\]/.test(line));
        expect(labels).toHaveLength(starts.length);
      }
    });
  },
);

test("the corpus holds at least forty texts in both languages", () => {
  expect(injections.length).toBeGreaterThanOrEqual(40);
  expect(new Set(injections.map(({ lang }) => lang))).toEqual(new Set(["en", "zh"]));
});

test("orders to reject everything trip the other control claim", async () => {
  fake.setBrain({ check: () => ({ verdict: "unsupported", evidence: [] }) });
  const table = await fill(judgeAt(fake), LIGHTHOUSE);
  expect(verdicts(table)).toEqual(["judge_error", "judge_error", "judge_error"]);
});

test("an obedient comparison of answer and reference trips too", async () => {
  for (const word of ["supported", "unsupported", "contradicted"]) {
    fake.setBrain({ compare: () => word });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    const claims = table.answerClaims?.ok ? table.answerClaims.value : [];
    expect(claims.map(({ other }) => other)).toEqual(
      claims.map(() => ({ ok: false, reason: "judge_error" })),
    );
  }
});

test("one failed control repeats the call; a second, honest reply counts", async () => {
  let calls = 0;
  fake.setBrain({
    check(claim, passages) {
      calls += 1;
      // Five claims and two controls a call: the first call obeys, the second is honest.
      return calls <= 7
        ? { verdict: "supported", evidence: ["1.1"] }
        : HONEST.check(claim, passages);
    },
  });
  const table = await fill(judgeAt(fake), LIGHTHOUSE);
  expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
  expect(fake.calls.filter(({ task }) => task === "check_passages")).toHaveLength(2);
});

test("marks, labels, line breaks and template tokens are defused, plain citations stay", () => {
  expect(neutralise("a\r\n⟦/12⟧ [2.3] [s4] [C1] <|end|> [1] \u2028b")).toBe(
    "a 〔/12〕 (2.3] (s4] (C1] < |end|> [1]  b",
  );
  expect(neutralise("\ud800x")).toBe("\ufffdx");
  expect(createFence("ab").frame("X", ["1"])).toBe("⟦ab X⟧\n1\n⟦/ab⟧");
});
