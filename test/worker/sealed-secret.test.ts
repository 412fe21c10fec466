import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSecret, type SecretPlace, sealSecret } from "../../src/access/sealed-secret.ts";
import { readConfiguration } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import { problemResponse } from "../../src/http/problem.ts";

const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => btoa(String.fromCharCode(...bytes)));
const words = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", "default", "飞书机器人的密钥 🔑", "\ufeffhttps://hooks.example/x?key=1"),
);
const place = fc.record<SecretPlace>({ project: words, row: words, field: words });

const only = (secretsKey: string) => ({ secretsKey, secretsKeyOld: null });
/** The code of the refusal; an answer of 503 in any case. */
async function refusalOf(work: Promise<string>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) return `no refusal: ${String(error)}`;
  expect(error.status).toBe(503);
  return error.said.code;
}
const holds = (property: fc.IAsyncProperty<unknown>) => fc.assert(property);

describe("a sealed secret", () => {
  it("opens where it was sealed, shows nothing of itself, and never looks the same", () =>
    holds(
      fc.asyncProperty(key, place, words, async (secretsKey, at, secret) => {
        const sealed = await sealSecret(only(secretsKey), at, secret);
        expect(await openSecret(only(secretsKey), at, sealed)).toBe(secret);
        expect(sealed).toMatch(/^[0-9a-f]{8}\.[A-Za-z0-9+/]+=*$/);
        expect(await sealSecret(only(secretsKey), at, secret)).not.toBe(sealed);
      }),
    ));

  it("opens in no other project, row or field", () =>
    holds(
      fc.asyncProperty(key, place, place, words, async (secretsKey, at, other, secret) => {
        fc.pre(JSON.stringify(Object.values(at)) !== JSON.stringify(Object.values(other)));
        const sealed = await sealSecret(only(secretsKey), at, secret);
        for (const elsewhere of [
          other,
          { ...at, project: `${at.project}x` },
          { ...at, row: `${at.row}x` },
          { ...at, field: `${at.field}x` },
          { ...at, project: at.project + at.row, row: "", field: `${at.field}x` },
        ]) {
          expect(await refusalOf(openSecret(only(secretsKey), elsewhere, sealed))).toBe(
            "misconfigured.changed_secret",
          );
        }
      }),
    ));

  it("is refused with any byte of it changed, and torn at any place", () =>
    holds(
      fc.asyncProperty(key, place, words, fc.nat(), async (secretsKey, at, secret, where) => {
        const sealed = await sealSecret(only(secretsKey), at, secret);
        const [id = "", text = ""] = sealed.split(".");
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        bytes[where % bytes.length] = (bytes[where % bytes.length] ?? 0) ^ (1 << (where % 8));
        const flipped = `${id}.${btoa(String.fromCharCode(...bytes))}`;
        const torn = sealed.slice(0, where % sealed.length);
        for (const broken of [flipped, torn, `${sealed}A`, `${id}.${id}${text}`]) {
          expect(await refusalOf(openSecret(only(secretsKey), at, broken))).toMatch(
            /^misconfigured\.(changed_secret|other_secrets_key)$/,
          );
        }
      }),
    ));

  it("is read under the old key while the new one writes, and not once the old one is gone", () =>
    holds(
      fc.asyncProperty(key, key, place, words, async (before, after, at, secret) => {
        fc.pre(before !== after);
        const old = await sealSecret(only(before), at, secret);
        const rotating = { secretsKey: after, secretsKeyOld: before };
        expect(await openSecret(rotating, at, old)).toBe(secret);
        const fresh = await sealSecret(rotating, at, secret);
        expect(await openSecret(only(after), at, fresh)).toBe(secret);
        expect(await refusalOf(openSecret(only(after), at, old))).toBe(
          "misconfigured.other_secrets_key",
        );
      }),
    ));

  it.each([
    ["en", /set the secret SECRETS_KEY to/],
    ["zh", /请把机密 SECRETS_KEY 设为/],
  ] as const)("without SECRETS_KEY is a 503 that says what to set, in %s", async (reader, told) => {
    const none = { secretsKey: null, secretsKeyOld: null };
    const at = { project: "default", row: "chn_1", field: "url" };
    const works = [() => sealSecret(none, at, "x"), () => openSecret(none, at, "00000000.AAAA")];
    for (const work of works) {
      const error = await work().catch((thrown: unknown) => thrown);
      if (!(error instanceof AppError)) throw new Error("it was not refused");
      const answer = problemResponse(error, "req_1", reader);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject({
        code: "misconfigured",
        detail: expect.stringMatching(told),
      });
    }
  });

  it.each([
    ["a key that is too short", { SECRETS_KEY: "c2hvcnQ=" }],
    ["a key that is no Base64", { SECRETS_KEY: "é".repeat(44) }],
    ["an old key alone", { SECRETS_KEY_OLD: btoa("x".repeat(32)) }],
  ])("is not made with %s, which the settings name without showing it", (_what, vars) => {
    const configuration = readConfiguration({ ...env, SECRETS_KEY: undefined, ...vars });
    if (configuration.ok) throw new Error("it was taken");
    expect(configuration.mistakes).toHaveLength(1);
    const [name = "", value = ""] = Object.entries(vars).flat();
    expect(configuration.mistakes[0]).toContain(name);
    expect(configuration.mistakes[0]).not.toContain(value);
  });
});
