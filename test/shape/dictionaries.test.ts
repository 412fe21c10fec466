import { describe, expect, test } from "vitest";
import { en } from "../../ui/i18n/en.ts";
import { zh } from "../../ui/i18n/zh.ts";

const HAN = /\p{Script=Han}/u;
const LETTERS = /\p{L}/u;
/** Handed to every word that is a function: found again in what it says. */
const ARGUMENTS = ["⟦1⟧", "⟦2⟧", "⟦3⟧", "⟦4⟧"];
/** Names and formulas that read the same in both. */
const SAME_IN_BOTH = new Set([
  "Dify",
  "RAGFlow",
  "FastGPT",
  "n = ⟦1⟧",
  "Cloudflare Access",
  "Ctrl Z / ⌘ Z",
  "RAGChecker",
  "Slack",
  "Teams",
  "Webhook",
  "Langfuse",
]);

/** The server's warnings and failures are English as they come, so only the Chinese dictionary has words for them. */
const isOfServer = (key: string) => /^(warnings\.known|failures)\./.test(key);
const english = new Map(wordsIn(en));
const everyChinese = new Map(wordsIn(zh));
const chinese = new Map([...everyChinese].filter(([key]) => !isOfServer(key)));

describe("both dictionaries, at run time", () => {
  test("have the same keys", () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect(english.size).toBeGreaterThan(300);
  });

  test("say something under each", () => {
    const empty = [...english, ...chinese].filter(([, word]) => word.trim() === "");
    expect(empty).toEqual([]);
  });

  test("are in their own language", () => {
    const untranslated = [...chinese].filter(
      ([key, word]) => LETTERS.test(word) && word === english.get(key) && !SAME_IN_BOTH.has(word),
    );
    expect(untranslated).toEqual([]);
    const foreign = [...english].filter(([, word]) => HAN.test(word));
    expect(foreign).toEqual([]);
  });

  test("put what they are given into the sentence", () => {
    const lost = [...english].flatMap(([key, word]) => {
      const given = (text: string) => ARGUMENTS.filter((argument) => text.includes(argument));
      const [here, there] = [given(word), given(chinese.get(key) ?? "").toSorted()];
      return here.toSorted().join() === there.join() ? [] : [`${key}: ${here} and ${there}`];
    });
    expect(lost).toEqual([]);
  });
});

/** `section.key` and its text; lists and groups are walked. */
function* wordsIn(value: unknown, path = ""): Generator<[string, string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "function") yield [path, String(value(...ARGUMENTS))];
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* wordsIn(inner, path === "" ? key : `${path}.${key}`);
    }
  } else throw new Error(`${path} is ${typeof value}`);
}
