import { describe, expect, test } from "vitest";
import { check } from "./scene.ts";

/** What the passage says, and the same with another number or denied. */
const SENTENCES: readonly (readonly [language: string, said: string, changed: string])[] = [
  ["zh-Hant 數字", "整機保固三年。", "整機保固兩年。"],
  ["ja 数", "保証期間は三年です。", "保証期間は二年です。"],
  ["ja 否定", "サービスは月曜日に利用できます。", "サービスは月曜日に利用できません。"],
  ["ko 수", "배송은 3일 걸립니다.", "배송은 5일 걸립니다."],
  ["ko 부정", "배터리는 보증됩니다.", "배터리는 보증되지 않습니다."],
  ["de Zahl", "Die Garantie beträgt zwei Jahre.", "Die Garantie beträgt drei Jahre."],
  ["de Verneinung", "Die Batterie ist enthalten.", "Die Batterie ist nicht enthalten."],
  ["fr nombre", "La garantie est de deux ans.", "La garantie est de trois ans."],
  ["fr négation", "La garantie couvre les batteries.", "La garantie ne couvre pas les batteries."],
  ["es número", "La garantía es de dos años.", "La garantía es de tres años."],
  ["es negación", "La garantía cubre las baterías.", "La garantía no cubre las baterías."],
  ["pt número", "A garantia é de dois anos.", "A garantia é de três anos."],
  ["pt negação", "A substituição é gratuita.", "A substituição não é gratuita."],
  ["ru число", "Гарантия составляет два года.", "Гарантия составляет три года."],
  ["ru отрицание", "Гарантия продлевается.", "Гарантия никогда не продлевается."],
  ["ar عدد", "مدة الضمان 12 شهرا.", "مدة الضمان 24 شهرا."],
  ["ar نفي", "الضمان يشمل البطارية.", "الضمان لا يشمل البطارية."],
  ["th จำนวน", "สินค้ารับประกัน 2 ปี", "สินค้ารับประกัน 3 ปี"],
  ["th ปฏิเสธ", "ร้านเปิดวันอาทิตย์", "ร้านไม่เปิดวันอาทิตย์"],
  ["vi số", "Bảo hành 12 tháng.", "Bảo hành 24 tháng."],
  ["vi phủ định", "Bảo hành áp dụng cho pin.", "Bảo hành không áp dụng cho pin."],
  ["hi संख्या", "वारंटी दो साल की है।", "वारंटी तीन साल की है।"],
  ["hi निषेध", "वारंटी बैटरी पर लागू है।", "वारंटी बैटरी पर लागू नहीं है।"],
];

describe("other languages: numbers and negation are read, and no verdict is sure", () => {
  test.each(SENTENCES)("%s", async (language, said, changed) => {
    const [copy, other] = [await check(said, said), await check(changed, said)];
    expect(copy.verdict).toBe("supported");
    expect(other.support ?? 1).toBeLessThanOrEqual(0.3);
    if (language.startsWith("zh")) return;
    expect(copy.confidence).toBeLessThanOrEqual(0.7);
    expect(other.confidence).toBeLessThanOrEqual(0.7);
  });
});
