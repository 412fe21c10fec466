import { collectBytes } from "../../net/collect-bytes.ts";
import { OTLP_LIMITS, OtlpError } from "../span.ts";

/** Bytes this isolate holds of such bodies at this moment. */
let held = 0;

/**
 * Gives `work` the bytes of a body as they were before they were packed. They are counted on both sides of unpacking
 * while they come, so neither an endless body nor a small one that swells is ever held, and those of all requests
 * together: `busy` when an isolate has enough of them.
 * @throws OtlpError, and what `work` throws
 */
export async function withOtlpBody<Result>(
  request: Request,
  work: (bytes: Uint8Array) => Promise<Result>,
): Promise<Result> {
  const { rawBytes, inflatedBytes } = OTLP_LIMITS;
  if (Number(request.headers.get("content-length") ?? 0) > rawBytes) {
    throw new OtlpError("too_much");
  }
  const hold = new Hold();
  try {
    const body = unpack(request, hold);
    const bytes = await collectBytes(body, inflatedBytes).catch((error) => {
      throw error instanceof OtlpError ? error : new OtlpError("malformed", error);
    });
    if (bytes === null) throw new OtlpError("too_much");
    return await work(bytes);
  } finally {
    hold.release();
  }
}

class Hold {
  #mine = 0;

  add(bytes: number): void {
    if (held + bytes > OTLP_LIMITS.isolateBytes) throw new OtlpError("busy");
    held += bytes;
    this.#mine += bytes;
  }

  release(): void {
    held -= this.#mine;
    this.#mine = 0;
  }
}

function unpack(request: Request, hold: Hold): ReadableStream<Uint8Array> | null {
  const packing = (request.headers.get("content-encoding") ?? "").trim().toLowerCase();
  if (request.body === null) return null;
  const counted = request.body.pipeThrough(
    counter((raw) => {
      if (raw > OTLP_LIMITS.rawBytes) throw new OtlpError("too_much");
    }),
  );
  const keep = counter((_total, piece) => hold.add(piece));
  if (packing === "" || packing === "identity") return counted.pipeThrough(keep);
  // `deflate` as HTTP means it: with the frame of zlib.
  const format = packing === "deflate" ? "deflate" : packing.replace(/^x-/, "");
  if (format !== "gzip" && format !== "deflate") throw new OtlpError("malformed");
  return counted.pipeThrough(new DecompressionStream(format)).pipeThrough(keep);
}

function counter(
  count: (total: number, piece: number) => void,
): TransformStream<Uint8Array, Uint8Array<ArrayBuffer>> {
  let total = 0;
  return new TransformStream({
    transform(piece, controller) {
      total += piece.byteLength;
      count(total, piece.byteLength);
      controller.enqueue(new Uint8Array(piece));
    },
  });
}
