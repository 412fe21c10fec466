import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BOTS, type BotKind } from "../../src/channels/kinds.ts";
import { describeEvent, describeMany } from "../../src/channels/notice.ts";
import { type BotLog, botAddress, startFakeBots } from "../fakes/bots.ts";
import { HOSTILE_TEXTS } from "./hostile-texts.ts";
import { EVENT, eventOf, ORIGIN } from "./scene.ts";

const KINDS = ["feishu", "dingtalk", "wecom", "slack", "teams"] as const;
const REPORT = `${ORIGIN}/runs/run_01HZX`;
const OURS = [REPORT, `${ORIGIN}/`];

/** Every text of a message that people see, by what reads it, and every address a button leads to. */
function take(message: unknown, found = { texts: [] as string[], links: [] as string[] }) {
  if (Array.isArray(message)) for (const one of message) take(one, found);
  else if (typeof message === "object" && message !== null) {
    for (const [key, value] of Object.entries(message)) {
      if (["type", "$schema", "contentType"].includes(key)) continue;
      if (typeof value === "string") (key === "url" ? found.links : found.texts).push(value);
      else take(value, found);
    }
  }
  return found;
}

/** What the clients of a bot read out of a text besides letters. */
const READERS: Readonly<Record<BotKind, readonly RegExp[]>> = {
  feishu: [/<at\b/i],
  dingtalk: [/@/, /!\[/, /<\w/, /^\s{0,3}(?:[-*+]|\d+\.)\s/m],
  wecom: [/<@/, /@all/, /!\[/, /<(?!font color="comment">|\/font>)/],
  slack: [/<[!@#]/],
  teams: [/\{\{/, /\$\{/],
};

function findHarm(kind: BotKind, message: object): string[] {
  const { texts, links } = take(message);
  const harm = links.filter((link) => !OURS.includes(link));
  for (const text of texts) {
    const own = OURS.reduce((left, link) => left.replaceAll(`](${link})`, ""), text);
    // A client makes a link of a scheme, or of what looks like a host.
    if (/:\/\/|\]\(|(?:mailto|tel|javascript):/i.test(own)) harm.push(own);
    if (/[a-z\d-][.．][a-z\u4e00-\u9fff]{2,}/i.test(own)) {
      harm.push(own);
    }
    for (const reads of READERS[kind]) if (reads.test(own)) harm.push(`${reads}: ${own}`);
    // Nothing turns, ends or halves the line it stands in.
    if (/[\p{Bidi_Control}\p{Cs}\p{Cc}]/u.test(own.replaceAll("\n", ""))) harm.push(own);
  }
  return harm;
}

let server: Awaited<ReturnType<typeof startFakeBots>>;
beforeAll(async () => {
  server = await startFakeBots();
});
afterAll(() => server.close());

/** Sends a message as it is and says what the bot made of it. */
async function deliver(kind: BotKind, message: object): Promise<BotLog> {
  const id = `${kind}-${crypto.randomUUID()}`;
  const control = `${server.url}/_bots/${id}`;
  await fetch(control, { method: "PUT", body: JSON.stringify({ kind, keyword: "试金石" }) });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(message);
  await fetch(botAddress(server.url, kind, id), { method: "POST", headers, body });
  return (await (await fetch(control)).json()) as BotLog;
}

describe.each(KINDS)("%s", (kind) => {
  it("60 hostile texts call nobody, lead nowhere and break no card", async () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(60);
    for (const text of HOSTILE_TEXTS) {
      for (const language of ["zh", "en"] as const) {
        const event = eventOf(text);
        const one = BOTS[kind].build(describeEvent(event, { language, origin: ORIGIN }));
        const many = BOTS[kind].build(
          describeMany(Array(20).fill(event), { language, origin: null }),
        );
        for (const message of [one, many]) {
          expect(findHarm(kind, message), JSON.stringify(text.slice(0, 80))).toEqual([]);
          const log = await deliver(kind, message);
          expect(log.refused, JSON.stringify(text.slice(0, 80))).toEqual([]);
          expect(log.shown).toEqual([{ at: expect.any(Number), message }]);
        }
      }
    }
  });

  it("whatever the texts, a message stays within the limits of the bot, whole and readable", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.string({ unit: fc.constantFrom("长", "👍🏽", "é", "&", "<", "\\", '"'), maxLength: 9000 }),
      fc.constantFrom(...HOSTILE_TEXTS),
    );
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 40 }), (subject, question, n) => {
        const event = { ...eventOf(question), subject };
        const messages = [
          describeEvent(event, { language: "zh", origin: ORIGIN }),
          describeMany(Array(n).fill(event), { language: "en", origin: ORIGIN }),
        ].map((notice) => BOTS[kind].build(notice));
        for (const message of messages) {
          expect(findHarm(kind, message)).toEqual([]);
          const body = JSON.stringify(message);
          expect(Buffer.byteLength(body)).toBeLessThanOrEqual(BOTS[kind].mostBytes);
          expect(body).not.toMatch(/\\ud[89a-f]/i);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("the message of a plain event arrives too", async () => {
    const { shown } = await deliver(
      kind,
      BOTS[kind].build(describeEvent(EVENT, { language: "zh", origin: ORIGIN })),
    );
    expect(JSON.stringify(shown)).toContain("0.550");
    expect(JSON.stringify(shown)).toContain(REPORT);
  });
});
