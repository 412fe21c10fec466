/** Question, answer and chunks as people write them, with everything that breaks naive quoting. Own texts, seeded. */
export interface GeneratedSample {
  language: "zh" | "en";
  question: string;
  answer: string;
  chunks: string[];
  summaries: (string | null)[];
  groundTruth: string | null;
}

const EN = {
  questions: [
    "How many days of leave can I carry over?",
    'What does "quota exceeded" mean?',
    "Where's the config file on Windows?",
    "Who signs the contract, and by when?",
  ],
  sentences: [
    "Employees can't carry over more than 10 days.",
    'The message "quota exceeded" means that the plan\'s limit was reached.',
    "On Windows it is C:\\temp\\new\\config.yaml, on Linux ~/.config/app.",
    "It's the supplier's duty to reply within 48 hours.",
    'Use {"mode": "strict", "retries": 3} in the settings.',
    "The fee is $1,200.50 (about 1 100 €) per year.",
    "See [1] and [2]; `None` or null disables the check.",
    "| Plan | Price |\n| --- | --- |\n| Pro | 20 |",
    "Step 1: open the lid.\r\nStep 2:\tpress 'Reset'.",
    "Température: 20 °C – naïve café ☕ 👩‍💻.",
    "A backslash at the end \\",
    "Ask \"Dr. O'Neil\", not the 'front desk'.",
  ],
};

const ZH = {
  questions: [
    "年假最多可以结转几天？",
    "“额度已用完”是什么意思？",
    "Windows 上的配置文件在哪里？",
    "合同由谁签署，最晚什么时候？",
  ],
  sentences: [
    "员工每年最多可结转10天年假，逾期作废。",
    "提示“额度已用完”表示本月的调用次数已达上限。",
    '错误信息为 "quota exceeded"，请联系管理员。',
    "供应商应在48小时内答复；否则视为违约。",
    "配置文件位于 C:\\程序\\新建\\config.yaml。",
    "费用为每年1,200.50元（不含税），详见《收费标准》。",
    "第一步：打开盖子。\n第二步：按下'复位'键。",
    "表格：\n| 套餐 | 价格 |\n| 专业版 | 20元 |",
    "全角空格\u3000与零宽字符\u200b也会出现👍。",
    "参见[1]、[2]；取值为 None 时不检查。",
    "温度范围：－20℃～60℃，误差±0.5%。",
    "他问：“为什么?” 答曰：'不知道'。",
  ],
};

export function generateSamples(count: number, seed: number): GeneratedSample[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const language = index % 2 === 0 ? "zh" : "en";
    const { questions, sentences } = language === "zh" ? ZH : EN;
    const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
    const text = (longest: number) =>
      Array.from({ length: 1 + Math.floor(random() * longest) }, () => pick(sentences)).join(
        language === "zh" ? "" : " ",
      );
    const chunks = Array.from(
      { length: 1 + Math.floor(random() * 5) },
      (_, rank) => `${rank + 1}. ${text(4)}`,
    );
    return {
      language,
      question: pick(questions),
      answer: text(3),
      chunks,
      summaries: chunks.map(() => (random() < 0.2 ? text(1) : null)),
      groundTruth: random() < 0.5 ? text(2) : null,
    };
  });
}

/** The text the LLM saw, which is what a scorer must see too. */
export function seenByModel(sample: GeneratedSample): string[] {
  return sample.chunks.map((chunk, index) => {
    const summary = sample.summaries[index];
    return summary ? `${summary}\n${chunk}` : chunk;
  });
}

/** Mulberry32: the same samples on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
