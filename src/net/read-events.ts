import { createParser } from "eventsource-parser";
import { AnswerTooLarge } from "./read-answer.ts";

export interface StreamEvent {
  event: string;
  data: string;
}

/**
 * The events of a stream of server-sent events, as they come. Nothing beyond the limit of one event is held.
 * @throws AnswerTooLarge, and what the stream throws
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  { eventBytes, allBytes }: { eventBytes: number; allBytes: number },
): AsyncGenerator<StreamEvent> {
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.getReader();
  const decoder = new TextDecoder();
  let events: StreamEvent[] = [];
  let isTooLarge = false;
  const parser = createParser({
    onEvent: ({ event = "message", data }) => events.push({ event, data }),
    onError: ({ type }) => {
      isTooLarge ||= type === "max-buffer-size-exceeded";
    },
    maxBufferSize: eventBytes,
  });
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      size += value?.byteLength ?? 0;
      if (size <= allBytes) {
        // A stream that ends in the middle of an event has said it all the same.
        parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      }
      if (isTooLarge || size > allBytes) throw new AnswerTooLarge(eventBytes);
      yield* events;
      events = [];
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
