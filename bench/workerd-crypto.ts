import { createHash, timingSafeEqual } from "node:crypto";

// The two things of workerd's `crypto` the code asks for that Node lacks.

/** A SHA-256 of what is written to it. */
class DigestStream extends WritableStream<Uint8Array> {
  readonly digest: Promise<ArrayBuffer>;

  constructor() {
    const hash = createHash("sha256");
    let finish: (digest: ArrayBuffer) => void;
    super({
      write: (chunk) => void hash.update(chunk),
      close: () => finish(new Uint8Array(hash.digest()).buffer),
    });
    this.digest = new Promise((resolve) => {
      finish = resolve;
    });
  }
}

Object.assign(crypto, { DigestStream });
Object.assign(crypto.subtle, { timingSafeEqual });
