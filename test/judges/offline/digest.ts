import injections from "../../fixtures/injections.json" with { type: "json" };
import { fill } from "./scene.ts";

/** Texts of every kind the judge treats differently; numbers, dates, both languages, noise. */
const TEXTS = [
  "The Orn bridge was opened on 25 December 1931 by Tessa Vole; it cost 1.2 million crowns and is not a toll bridge.",
  "青岩美术馆于1998年建成，由建筑师周岚设计。馆内收藏了三百二十件瓷器，门票涨了百分之三点五。",
  "I'm not sure, but I do know that the ferry closed in the 1930s. Sales rose in spring, then fell!",
  "臺北的圖書館星期一不開放，館長無法回答這個問題。",
  "GAN模型 beats the U.S. team 3-1 🎉 \ud800 naïve café",
  ...injections.map(({ text }) => text),
];

/** SHA-256 over the tables of every text against its neighbours: the same on every engine, or the judge is not. */
export async function digestTables(): Promise<string> {
  const tables: string[] = [];
  for (let i = 0; i < TEXTS.length; i++) {
    const at = (step: number) => TEXTS[(i + step) % TEXTS.length] ?? "";
    const answer = `${at(0)} ${at(1)}`;
    tables.push(
      JSON.stringify(
        await fill({
          question: at(3),
          answer,
          passages: [at(1), at(2), TEXTS[0] ?? ""],
          reference: at(4),
        }),
      ),
    );
  }
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(tables.join("\n")));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
