import * as z from "zod";

/** What the first lines need of `GET /api/health`. */
export const Health = z.object({
  access: z.enum(["keys", "open"]),
  judge: z.object({ name: z.string(), model: z.string().nullable() }),
  problems: z.array(z.string()),
});

/** What a server that answers says of itself: where it is, who judges, what is still wrong, a first request to copy. */
export function announcement(origin: string, { access, judge, problems }: z.infer<typeof Health>) {
  const isDefault = origin === "http://localhost:8787";
  const key = access === "open" ? "" : " -H 'Authorization: Bearer YOUR_KEY'";
  const demo = `npm run demo${isDefault ? "" : ` -- --url ${origin}`}`;
  const judgeLine =
    judge.name === "offline"
      ? "offline, without a model; set OPENAI_API_KEY in .dev.vars for one · 离线评判，填入密钥后改用模型"
      : (judge.model ?? judge.name);
  return `
  Dashboard · 控制台   ${origin}
  API                  ${origin}/docs
  Dify · 接入          ${origin}/connect
  Judge · 评判         ${judgeLine}
${problems.map((problem) => `  Problem · 问题       ${problem}\n`).join("")}
  Score a first answer · 给第一个回答打分:

  curl -s ${origin}/api/score/async${key} -H 'Content-Type: application/json' -d '{
    "question": "How long is the warranty of the X200?",
    "answer": "The X200 has a warranty of three years, and repairs are free.",
    "contexts": ["The X200 comes with a two-year warranty.", "Repairs within the warranty are free of charge."],
    "ground_truth": "Two years; repairs within it are free."
  }'

  Ten samples, in a second terminal · 另开终端提交十个样本:  ${demo}
  Stop · 停止:  Ctrl+C
`;
}
