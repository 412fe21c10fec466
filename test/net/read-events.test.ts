import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerTooLarge } from "../../src/net/read-answer.ts";
import { readEvents } from "../../src/net/read-events.ts";

const LIMITS = { eventBytes: 100_000, allBytes: 1_000_000 };

/** A stream of these bytes, cut where it is said. */
function streamOf(text: string, cuts: readonly number[] = []): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return new ReadableStream({
    start(controller) {
      let from = 0;
      for (const end of ends) {
        controller.enqueue(bytes.subarray(from, end));
        from = end;
      }
      controller.close();
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>, limits = LIMITS) {
  const events = [];
  for await (const event of readEvents(stream, limits)) events.push(event);
  return events;
}

describe("events of a stream", () => {
  it("are the same however the bytes are cut, with every kind of line end", async () => {
    const line = fc
      .string({ unit: "grapheme", maxLength: 20 })
      .map((text) => text.replace(/[\r\n\0]/g, "年"));
    const event = fc.record({
      event: fc.constantFrom("message", "message_end", "node_finished"),
      data: fc.array(line, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 6 }),
        fc.constantFrom("\n", "\r\n"),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (events, end, cuts) => {
          const text = events
            .map(({ event, data }) =>
              [`: ping`, `event: ${event}`, ...data.map((one) => `data: ${one}`), "", ""].join(end),
            )
            .join("");
          const wanted = events.map(({ event, data }) => ({ event, data: data.join("\n") }));
          expect(await collect(streamOf(text, cuts))).toEqual(wanted);
        },
      ),
    );
  });

  it("count when the stream ends in the middle of one; what only keeps the line open does not", async () => {
    expect(await collect(streamOf("event: ping\n\n: still here\n\ndata: 五天"))).toEqual([
      { event: "message", data: "五天" },
    ]);
  });

  it.each([
    ["one event", `data: ${"长".repeat(2000)}`, { eventBytes: 1000, allBytes: 1_000_000 }],
    [
      "many lines of one event",
      "data: x\n".repeat(2000),
      { eventBytes: 1000, allBytes: 1_000_000 },
    ],
    ["all of them", "data: x\n\n".repeat(2000), { eventBytes: 1000, allBytes: 10_000 }],
  ])("that are too long are refused: %s", async (_, text, limits) => {
    await expect(collect(streamOf(text, [500, 900]), limits)).rejects.toThrow(AnswerTooLarge);
  });
});
