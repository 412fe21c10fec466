import type { Dictionary } from "../../../i18n/en.ts";

export const reviewing: Dictionary["reviewing"] = {
  title: "复核",
  intro: "最近七天最需要人看一眼的回答。打开一条，逐条确认评判是否正确。",
  progress: (mine, total) => `你已复核 ${mine} / ${total}`,
  anybody: (n) => `所有人共 ${n} 条`,
  people: "复核人",
  samples: (n) => `${n} 条`,
  nobody: "还没有人复核过。",
  withJudge: "与评判一致",
  betweenPeople: "复核人之间一致",
  agreement: (rate, n) => `${rate}（共 ${n} 处）`,
  kappa: (value) => `κ 系数 ${value}`,
  none: "没有等你复核的回答，新的会自动出现在这里。",
  empty: "最近七天没有评分记录。",
  reasons: {
    disliked: "用户点了踩",
    judges_differ: "两种评判不一致",
    judged_twice: "两次评判不一致",
    low_confidence: "低把握",
    drawn: "本周抽中",
  },
  seenBy: (names) => `${names} 看过`,
};
