import type { Dictionary } from "../en.ts";

export const runs: Dictionary["runs"] = {
  title: "运行列表",
  intro: "每份报告一行。圆点是均值，身后的线是 95% 区间。",
  name: "运行",
  time: "完成时间",
  judge: "评判方式",
  samples: "样本",
  advice: "首要建议",
  noAdvice: "未发现需要改的",
  coverage: (share) => `已评 ${share}`,
  coverageMeaning: "该指标适用的样本中成功评判的比例，其余评判失败",
  unnamed: "未命名的运行",
  single: "单条",
  batch: "批量",
  session: "会话",
  sampleCount: (_, text) => `${text} 条样本`,
  emptyTitle: "还没有运行",
  emptyText: "每个完成的评分都会留下一次运行和它的报告。先评一条吧。",
  emptyAction: "提交一条样本",
  open: "打开报告",
  noValue: "没有分数",
};
