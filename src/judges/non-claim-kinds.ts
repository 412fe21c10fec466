/** What stands in an answer and states nothing that could be true or false: one list for every judge. */
const NON_CLAIM_KINDS = {
  greeting: { en: "greetings", zh: "问候与称呼" },
  thanks: { en: "thanks", zh: "感谢与道歉" },
  closing: { en: "closings", zh: "结束语与祝愿" },
  agreement: { en: "mere agreement", zh: "应答语" },
  lead_in: { en: "lead-ins, headings, list numbers", zh: "引出下文的话，标题、标签和序号" },
  disclaimer: { en: "disclaimers", zh: "免责声明" },
  meta: { en: "talk about passages, answer or sources", zh: "谈论段落、回答或出处的话" },
  absence: { en: "what the passages lack", zh: "说段落没有提到什么的话" },
} as const;

export type NonClaimKind = keyof typeof NON_CLAIM_KINDS;

/** For a prompt. */
export function listNonClaims(language: "en" | "zh"): string {
  return Object.values(NON_CLAIM_KINDS)
    .map((words) => words[language])
    .join(language === "en" ? "; " : "；");
}
