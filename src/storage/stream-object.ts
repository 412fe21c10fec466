import { bytesToHex } from "@noble/hashes/utils.js";

/** Size of a part; R2 wants all parts but the last of one size, at least 5 MiB. */
const PART_BYTES = 5 * 1024 * 1024;

export interface WrittenObject {
  etag: string;
  size: number;
  /** SHA-256 in hex. */
  sha256: string;
}

/**
 * Writes an object of unknown length piece by piece: never more than one part is in memory. A small object is one
 * plain put. Nothing exists under the key until `finish`; after `abort` nothing ever will.
 */
export class ObjectWriter {
  readonly #bucket: R2Bucket;
  readonly #key: string;
  readonly #contentType: string;
  readonly #digest = new crypto.DigestStream("SHA-256");
  readonly #hashing = this.#digest.getWriter();
  readonly #encoder = new TextEncoder();
  #part = new Uint8Array(64 * 1024);
  #used = 0;
  #size = 0;
  #upload: R2MultipartUpload | null = null;
  readonly #parts: R2UploadedPart[] = [];

  constructor(bucket: R2Bucket, key: string, contentType: string) {
    this.#bucket = bucket;
    this.#key = key;
    this.#contentType = contentType;
  }

  get size(): number {
    return this.#size;
  }

  writeText(text: string): Promise<void> {
    return this.write(this.#encoder.encode(text));
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (bytes.byteLength === 0) return;
    this.#size += bytes.byteLength;
    // The digest may hold on to what it is given, so it gets bytes of its own.
    await this.#hashing.write(bytes.slice());
    let from = 0;
    while (from < bytes.byteLength) {
      const room = PART_BYTES - this.#used;
      const piece = bytes.subarray(from, from + room);
      this.#grow(this.#used + piece.byteLength);
      this.#part.set(piece, this.#used);
      this.#used += piece.byteLength;
      from += piece.byteLength;
      if (this.#used === PART_BYTES) await this.#flush();
    }
  }

  async finish(): Promise<WrittenObject> {
    await this.#hashing.close();
    const sha256 = bytesToHex(new Uint8Array(await this.#digest.digest));
    const httpMetadata = { contentType: this.#contentType };
    if (this.#upload === null) {
      const body = this.#part.subarray(0, this.#used);
      const object = await this.#bucket.put(this.#key, body, { httpMetadata });
      return { etag: object.httpEtag, size: this.#size, sha256 };
    }
    if (this.#used > 0) await this.#flush();
    const object = await this.#upload.complete(this.#parts);
    return { etag: object.httpEtag, size: this.#size, sha256 };
  }

  async abort(): Promise<void> {
    await this.#upload?.abort().catch(() => undefined);
  }

  #grow(needed: number): void {
    if (needed <= this.#part.byteLength) return;
    const grown = new Uint8Array(Math.min(PART_BYTES, Math.max(needed, this.#part.byteLength * 2)));
    grown.set(this.#part.subarray(0, this.#used));
    this.#part = grown;
  }

  async #flush(): Promise<void> {
    this.#upload ??= await this.#bucket.createMultipartUpload(this.#key, {
      httpMetadata: { contentType: this.#contentType },
    });
    const body = this.#part.slice(0, this.#used);
    this.#parts.push(await this.#upload.uploadPart(this.#parts.length + 1, body));
    this.#used = 0;
  }
}
