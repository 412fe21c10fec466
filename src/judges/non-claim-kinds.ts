/** What stands in an answer and states nothing that could be true or false: one list for every judge. */
const NON_CLAIM_KINDS = {
  greeting: { en: "greetings and words of address", zh: "问候与称呼" },
  thanks: { en: "thanks and apologies", zh: "感谢与道歉" },
  closing: {
    en: "offers of further help, good wishes and other closings",
    zh: "表示愿意继续帮助、祝愿等结束语",
  },
  agreement: { en: "a word of agreement that answers no question", zh: "不回答问题的应答语" },
  lead_in: {
    en: "lead-ins that announce what follows, and headings, labels and list numbers alone",
    zh: "引出下文的话，单独的标题、标签和序号",
  },
  disclaimer: {
    en: "disclaimers about the answer or its author",
    zh: "关于回答或回答者的免责声明",
  },
  meta: {
    en: "sentences about the passages or the answer itself, and pointers to sources",
    zh: "谈论段落或回答本身的话，以及出处说明",
  },
  absence: {
    en: "sentences that say the passages do not mention something",
    zh: "说段落没有提到某事的话",
  },
} as const;

export type NonClaimKind = keyof typeof NON_CLAIM_KINDS;

/** For a prompt. */
export function listNonClaims(language: "en" | "zh"): string {
  return Object.values(NON_CLAIM_KINDS)
    .map((words) => words[language])
    .join(language === "en" ? "; " : "；");
}
