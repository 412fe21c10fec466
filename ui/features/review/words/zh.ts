import type { Dictionary } from "../../../i18n/en.ts";

export const reviewing: Dictionary["reviewing"] = {
  title: "复核",
  intro: "最近七天最需要人看一眼的回答。打开一条，逐条确认评判是否正确。",
  progress: (mine, total) => `你已复核 ${mine} / ${total}`,
  anybody: (n) => `所有人共 ${n} 条`,
  people: "参与的人",
  samples: (n) => `${n} 条`,
  nobody: "还没有人复核过。",
  withJudge: "人与评判一致",
  betweenPeople: "人与人一致",
  agreement: (rate, n) => `${n} 处中 ${rate}`,
  kappa: (value) => `κ 系数 ${value}`,
  none: "没有等你复核的回答，新的会自动出现在这里。",
  empty: "最近七天没有评分。",
  reasons: {
    disliked: "用户点了踩",
    judged_twice: "评判前后不一",
    low_confidence: "把握低",
    drawn: "本周抽中",
  },
  seenBy: (names) => `${names} 看过`,
};
