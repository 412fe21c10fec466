import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressAt,
  findLookupProblem,
  isPublicAddress,
  openDestination,
  operatorDestination,
} from "../../src/net/destination.ts";
import { INSIDE_HOSTS } from "./notations.ts";

const CLOSED = { isLocalhostAllowed: false, namedOrigins: [] };
const OPEN = { isLocalhostAllowed: true, namedOrigins: [] };

function open(url: string, reach: Parameters<typeof openDestination>[1] = CLOSED) {
  const place = openDestination(url, reach);
  if ("code" in place) throw new Error(place.code);
  return place;
}

describe("where somebody may send this server", () => {
  it("knows sixty notations and more", () => {
    expect(new Set(INSIDE_HOSTS).size).toBeGreaterThanOrEqual(60);
  });

  it.each(INSIDE_HOSTS)("not to %s", (host) => {
    for (const url of [`https://${host}/`, `https://${host}:8443/v1`, `https:\\\\${host}\\v1`]) {
      expect(openDestination(url, CLOSED), url).toMatchObject({
        code: expect.stringMatching(/^address_(private|dot|unreadable)$/),
      });
    }
    for (const url of [`http://${host}/`, `https://${host}:9000/`, `https://a.example@${host}/`]) {
      expect(openDestination(url, CLOSED), url).toMatchObject({
        code: expect.stringMatching(/^address_/),
      });
    }
  });

  it("an open server also asks its own machine, under three names and no other", () => {
    const allowed = INSIDE_HOSTS.filter(
      (host) => "origin" in openDestination(`http://${host}:9000/v1`, OPEN),
    );
    const origins = new Set(allowed.map((host) => open(`http://${host}:9000/v1`, OPEN).origin));
    expect([...origins].sort()).toEqual([
      "http://127.0.0.1:9000",
      "http://[::1]:9000",
      "http://localhost:9000",
    ]);
  });

  it("an origin the operator named is reached as it is named, and nothing beside it", () => {
    const reach = { isLocalhostAllowed: false, namedOrigins: ["http://10.0.0.7:8080"] };
    expect(open("http://10.0.0.7:8080/v1", reach)).toMatchObject({
      origin: "http://10.0.0.7:8080",
      name: null,
    });
    for (const url of [
      "https://10.0.0.7:8080/v1",
      "http://10.0.0.7/v1",
      "http://10.0.0.7:80801/v1",
      "http://10.0.0.8:8080/v1",
      "http://u@10.0.0.7:8080/v1",
      "http://10.0.0.7:8080@10.0.0.8/v1",
      "http://10.0.0.7:8080.evil.example/v1",
    ]) {
      expect(openDestination(url, reach), url).toMatchObject({
        code: expect.stringMatching(/^address_/),
      });
    }
  });

  it.each([
    "https://例子.中国/v1",
    "https://api.dify.ai/v1",
    "https://hooks.example.com:8443/x?a=1",
  ])("%s is looked up before it is asked", async (url) => {
    const place = open(url);
    expect(place.name).toBe(new URL(url).hostname);
    const answer = (addresses: string[]) => findLookupProblem(place, async () => addresses);
    expect(await answer(["93.184.216.34", "2606:2800:220:1::1"])).toBeNull();
    expect(await answer([])).toMatchObject({ code: "name_unresolved" });
    for (const inside of ["127.0.0.1", "10.0.0.1", "::1", "::7f00:1", "4000::1", "fd00::1"]) {
      expect(await answer(["93.184.216.34", inside]), inside).toMatchObject({
        code: "name_private",
      });
    }
    expect(await findLookupProblem(place, () => Promise.reject(new Error("no")))).toMatchObject({
      code: "name_unresolved",
    });
  });

  it("public IPv6 is what the registries give out", () => {
    for (const address of ["2606:2800:220:1::1", "2a00:1450::1", "3fff:ffff::1"]) {
      expect(isPublicAddress(address), address).toBe(true);
    }
    for (const address of ["4000::1", "::7f00:1", "1fff::1", "2001:db8::1", "2002:7f00:1::", "x"]) {
      expect(isPublicAddress(address), address).toBe(false);
    }
  });
});

describe("an outgoing address", () => {
  const OTHER = "127.0.0.1:9443";
  const PATHS = [
    `//${OTHER}/v1`,
    `/\\${OTHER}/v1`,
    `\\\\${OTHER}\\v1`,
    `/.//${OTHER}/v1`,
    `/..//${OTHER}/v1`,
    `/a/../..//${OTHER}`,
    `/%2e%2e//${OTHER}/v1`,
    `///${OTHER}/v1`,
    `/@${OTHER}/v1`,
    `/:@${OTHER}/`,
    `/http://${OTHER}/v1`,
    `/v1?x=//${OTHER}`,
    `/v1#@${OTHER}`,
    `/%2f%2f${OTHER}`,
    `/\t//${OTHER}/`,
    `/\n/${OTHER}/`,
  ];

  it.each(PATHS)("stays where it was checked: %j", (path) => {
    for (const origin of ["https://api.example.com", "http://127.0.0.1:9001"]) {
      const place = open(`${origin}${path}`, OPEN);
      for (const below of ["", "conversations", "/conversations", `//${OTHER}/x`, "..", "\\\\x"]) {
        const address = addressAt(place, below, { user: `//${OTHER}`, "a#b": "?@/" });
        expect(new URL(address.href).origin).toBe(origin);
        expect(address.searchParams.get("user")).toBe(`//${OTHER}`);
      }
    }
  });

  it("stays there whatever is put together", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "/",
        "\\",
        "//",
        ".",
        "..",
        "@",
        ":",
        "?",
        "#",
        "%2f",
        "%2e",
        "\t",
        OTHER,
        "http:",
      ),
      fc.string({ maxLength: 6 }),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, text, text, (path, below, value) => {
        const place = openDestination(`https://api.example.com/${path}`, CLOSED);
        if ("code" in place) return;
        const address = addressAt(place, below, { q: value });
        expect(new URL(address.href).origin).toBe("https://api.example.com");
        expect(address.username).toBe("");
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps path and query of what was given, byte for byte", () => {
    const url = "https://oapi.example.com/robot/send%20it?access_token=%2Babc&sign=a%2Fb";
    expect(addressAt(open(url)).href).toBe(url);
    expect(addressAt(operatorDestination("http://collector:4318/otlp/?k=1"), "v1/logs").href).toBe(
      "http://collector:4318/otlp/v1/logs?k=1",
    );
  });
});
