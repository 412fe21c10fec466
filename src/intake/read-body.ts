import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";
import { JSON_DEPTH, nestsDeeperThan, readJsonText } from "./parse-json.ts";
import { readBytes } from "./read-bytes.ts";

const JSON_TYPE = /^(?:application|text)\/(?:[\w.+-]{1,100}\+)?json$/;
const ACCEPTED =
  "application/json, application/x-www-form-urlencoded, multipart/form-data or text/plain holding JSON";

/**
 * The fields of a body, whatever its content type. A field sent several times becomes an array.
 * Throws `body_too_large`, `unsupported_media_type` or `body_unreadable`; what the fields mean is not asked here.
 */
export async function readBody(request: Request): Promise<unknown> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase();
  if (encoding && encoding !== "identity") {
    throw new AppError(said("unsupported_media_type.compressed"));
  }
  const header = request.headers.get("content-type") ?? "";
  const type = (header.split(";", 1)[0] ?? "").trim().toLowerCase();
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) {
    throw new AppError(said("body_unreadable.empty"));
  }
  if (type === "multipart/form-data") return readMultipart(bytes, header);
  if (type === "application/x-www-form-urlencoded") return readForm(bytes);
  if (JSON_TYPE.test(type) || type === "text/plain") return readJson(decode(bytes, header));
  return readUnlabelled(bytes, header);
}

function readJson(text: string): unknown {
  if (nestsDeeperThan(text, JSON_DEPTH)) {
    throw new AppError(said("body_unreadable.deep", { levels: JSON_DEPTH }));
  }
  try {
    return readJsonText(text);
  } catch (cause) {
    throw new AppError(said("body_unreadable.no_json_of_dify"), { cause });
  }
}

/** Clients that forget the header still mean JSON; anything else cannot be guessed. */
function readUnlabelled(bytes: Uint8Array, header: string): unknown {
  try {
    return readJson(decode(bytes, ""));
  } catch (cause) {
    const how = header.trim() === "" ? "unnamed" : "unknown";
    throw new AppError(said(`unsupported_media_type.${how}`, { accepted: ACCEPTED }), { cause });
  }
}

function readForm(bytes: Uint8Array): Record<string, unknown> | unknown {
  const text = decode(bytes, "");
  // `curl -d '{…}'` labels JSON as a form.
  if (/^\s*\{/.test(text)) return readJson(text);
  const fields = [...new URLSearchParams(text)];
  const isReplaced = fields.some(
    ([name, value]) => name.includes(BROKEN) || value.includes(BROKEN),
  );
  if (isReplaced && !/%EF%BF%BD|\uFFFD/i.test(text)) throw notUtf8();
  return collect(fields);
}

async function readMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  header: string,
): Promise<Record<string, unknown>> {
  const fields: [string, string][] = [];
  try {
    const form = await new Response(bytes, { headers: { "content-type": header } }).formData();
    for (const [name, value] of form) {
      fields.push([name, typeof value === "string" ? value : await value.text()]);
    }
  } catch (cause) {
    throw new AppError(said("body_unreadable.multipart"), { cause });
  }
  return collect(fields);
}

/** `contexts[]` is how some form clients name a list. `fromEntries` keeps `__proto__` a plain key. */
function collect(pairs: readonly [string, string][]): Record<string, unknown> {
  const fields = new Map<string, string | string[]>();
  for (const [sentName, value] of pairs) {
    const name = sentName.endsWith("[]") ? sentName.slice(0, -2) : sentName;
    const known = fields.get(name);
    if (Array.isArray(known)) known.push(value);
    else if (known !== undefined) fields.set(name, [known, value]);
    else fields.set(name, name === sentName ? value : [value]);
  }
  return Object.fromEntries(fields);
}

const BROKEN = "\uFFFD";

function decode(bytes: Uint8Array, header: string): string {
  const charset =
    /;\s{0,20}charset\s{0,20}=\s{0,20}"?([\w.:-]{1,40})/i.exec(header)?.[1] ?? "utf-8";
  const decoder = openDecoder(charset);
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw notUtf8(cause);
  }
}

function openDecoder(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: false });
  } catch (cause) {
    throw new AppError(said("unsupported_media_type.charset"), { cause });
  }
}

function notUtf8(cause?: unknown): AppError {
  return new AppError(said("body_unreadable.no_utf8"), { cause });
}
