import { describe, expect, test } from "vitest";
import { findCharset, warnOfCharset } from "../../src/intake/charset.ts";
import { kindOfUpload } from "../../src/intake/upload-kind.ts";
import { said } from "../../src/words/said.ts";
import { encodeText } from "./encode-text.ts";

const ZH = [
  "保修期是几年？",
  "年假10天，逾期作废。",
  "错误信息为“额度已用完”，请联系管理员。",
  "温度范围：－20℃～60℃，误差±0.5%。",
  "第一步：打开盖子；第二步：按下复位键。",
  "《员工手册》第3章：试用期三个月。",
];
const ZH_TW = [
  "保固期是幾年？",
  "請聯絡系統管理員。",
  "員工每年有十天特休假。",
  "這項設定預設為關閉。",
];
const WESTERN = ["Où est le café ?", "Größe über Maß", "El año próximo", "résumé, naïve, façade"];
const EN = "How long is the warranty of the X200?";

async function find(bytes: Uint8Array, size = 7, declared: string | null = null) {
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  return findCharset(open, bytes.subarray(0, 4096), declared);
}

/** One line among many in English, or the whole file. */
function tablesOf(lines: readonly string[]): string[] {
  const english = Array.from({ length: 40 }, (_, n) => `${EN} (${n}),two years,"[""p""]"`);
  return [
    ...lines.map((line) => `question,answer,contexts\r\n${line},${line},"[""${line}""]"\r\n`),
    ...lines.map((line) => ["question,answer,contexts", ...english, `${line},a,c`].join("\r\n")),
    [`question,answer`, ...lines.map((line) => `${line},${line}`)].join("\n"),
  ];
}

describe("the charset of a file that names none", () => {
  const inputs = [
    ...tablesOf(ZH).flatMap((text) =>
      ["utf-8", "gb18030", "utf-16le", "utf-16be"].map((charset) => ({ text, charset })),
    ),
    ...tablesOf(ZH_TW).map((text) => ({ text, charset: "big5" })),
    ...tablesOf(WESTERN).map((text) => ({ text, charset: "windows-1252" })),
    ...tablesOf([EN]).flatMap((text) =>
      ["utf-8", "utf-16le"].map((charset) => ({ text, charset })),
    ),
  ];

  test("there are enough of them", () => expect(inputs.length).toBeGreaterThanOrEqual(60));

  test.each(inputs)("$charset, $text: every character comes back", async ({ text, charset }) => {
    const bytes = encodeText(text, charset);
    expect(kindOfUpload(bytes.subarray(0, 4096))).toBe("text");
    const found = await find(bytes);
    expect(found).toBe(charset);
    expect(new TextDecoder(found ?? "").decode(bytes)).toBe(text);
  });

  test("traditional text in GBK, four-byte characters and a file cut in a character", async () => {
    const gbk = encodeText("question,answer\n這項設定預設為關閉,請聯絡系統管理員\n", "gb18030");
    expect(await find(gbk)).toBe("gb18030");
    // 㐀, which only four bytes hold.
    const rare = new Uint8Array([...encodeText("名字,", "gb18030"), 0x81, 0x39, 0xee, 0x39]);
    expect(await find(rare)).toBe("gb18030");
    expect(new TextDecoder("gb18030").decode(rare)).toBe("名字,㐀");
    for (const size of [1, 2, 3, 64]) expect(await find(gbk, size)).toBe("gb18030");
  });

  test("what is declared is believed as far as it fits; a mark is believed more", async () => {
    const gbk = encodeText(ZH[0] ?? "", "gb18030");
    expect(await find(gbk, 7, "gbk")).toBe("gbk");
    expect(await find(gbk, 7, "utf-8")).toBe("gb18030");
    expect(await find(encodeText("é", "windows-1252"), 7, "iso-8859-2")).toBe("iso-8859-2");
    expect(await find(encodeText(EN, "utf-16be"), 7, "utf-16le")).toBe("utf-16be");
  });

  test("bytes that are no text have none", async () => {
    const bytes = new Uint8Array([0x41, 0, 0xff, 0xfe, 0xd8, 0, 0xdc]);
    expect(await find(bytes)).toBeNull();
  });

  test("another charset than that it came under is said", () => {
    expect(warnOfCharset("utf-8", null)).toBeNull();
    expect(warnOfCharset("gbk", "gbk")).toBeNull();
    expect(warnOfCharset("gb18030", null)).toEqual(
      said("charset_guessed.unnamed", { charset: "GB18030" }),
    );
    expect(warnOfCharset("gb18030", "utf-8")).toEqual(
      said("charset_guessed.named", { declared: "utf-8", charset: "GB18030" }),
    );
  });
});

describe("what a file is by its bytes", () => {
  test.each([
    ["%PDF-1.7", "binary"],
    ["\x1f\x8b\x08", "binary"],
    ["\x89PNG", "binary"],
    ["PAR1", "binary"],
    ["PK\x03\x04", "xlsx"],
    ["\xd0\xcf\x11\xe0", "oldExcel"],
    ["", "empty"],
    ["  <html><table>", "binary"],
    ['<?xml version="1.0"?>', "binary"],
    ["a\x00b", "binary"],
    ["<question>,answer", "text"],
    ["[", "text"],
  ])("%j is %s", (text, kind) => {
    expect(kindOfUpload(Uint8Array.from(text, (sign) => sign.charCodeAt(0)))).toBe(kind);
  });

  test.each([4095, 4096, 60_000])(
    "a zero byte at %i is of a file that is none, or a slip",
    (at) => {
      const bytes = new TextEncoder().encode("question,answer\n年假几天？,十天\n".repeat(3000));
      bytes[at] = 0;
      expect(kindOfUpload(bytes)).toBe(at < 4096 ? "binary" : "text");
      expect(kindOfUpload(bytes.subarray(0, 64 * 1024))).toBe(at < 4096 ? "binary" : "text");
    },
  );
});
