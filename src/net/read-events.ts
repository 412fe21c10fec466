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
  let rest = "";
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      size += value?.byteLength ?? 0;
      if (size > allBytes || rest.length > eventBytes) throw new AnswerTooLarge(eventBytes);
      rest += value === undefined ? decoder.decode() : decoder.decode(value, { stream: true });
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      if (done) blocks.push(rest);
      for (const block of blocks) {
        const event = readBlock(block);
        if (event !== null) yield event;
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** null: it says nothing, as what only keeps the connection open. */
function readBlock(block: string): StreamEvent | null {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ""] = /^(data|event): ?(.*)$/s.exec(line) ?? [];
    if (name === "event") event = value;
    else if (name === "data") data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join("\n") };
}
