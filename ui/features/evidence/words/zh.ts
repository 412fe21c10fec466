import type { Dictionary } from "../../../i18n/en.ts";

export const review: Dictionary["review"] = {
  agree: "同意",
  disagree: "不同意",
  unsure: "说不准",
  ofClaim: (id) => `你对论断 ${id} 的看法`,
  ofSample: "对这条样本的整体评判对吗？",
  ofSampleCause: (cause) => `把这条样本诊断为“${cause}”，对吗？`,
  ofSampleFine: "评判没有发现这条样本的问题，对吗？",
  progress: (done, all) => `已复核 ${done} / ${all} 条论断`,
  allDone: "这条样本的论断都已复核。",
  undo: "撤销",
  undone: "已撤销",
  keys: "y 同意 · n 不同意 · ? 说不准 · ↑ ↓ 换论断 · → 看证据 · u 撤销 · [ ] 换样本 · Y N 评整条样本",
  instead: "应该是",
  insteadNone: "只是不对",
  note: "备注",
  notePlaceholder: "为什么？团队都能看到。",
  saveCase: "存为用例",
  saveCaseMeaning:
    "把这条样本和应有的结论存成本机上的一个文件，可以发给维护者，用来改进评判。文件里有问题、回答和段落的原文。",
  peopleDisagree: "看法不一",
  by: (name, word) => `${name}：${word}`,
  someone: "某人",
  failed: "你的看法没有保存成功，这里也已还原。",
  mayNot: "你只能阅读这份报告，不能复核，看法没有保存。",
  gone: "这份报告刚刚被删除，你的看法无法保存。",
};

export const trust: Dictionary["trust"] = {
  judge: "评判",
  agreement: "人与评判",
  rate: (share, n) => `在 ${n} 条论断中有 ${share} 一致`,
  ofSamples: (share, n) => `在 ${n} 条整体样本中有 ${share} 一致`,
  interval: (low, high) => `介于 ${low} 与 ${high} 之间`,
  kappa: "Cohen κ 系数",
  kappaNone: "无法计算：有一方的回答总是相同",
  kappaMeaning: "扣除偶然后的一致程度：0 等于碰巧，1 为完全一致。通常约 0.6 以上的评判值得信任。",
  unsure: (n) => `另有 ${n} 条说不准或意见持平`,
  notMeasured: "尚未测量",
  how: "打开一条样本，对每条论断按 y、n 或 ?。一致率立即显示；满 20 条论断后，均值会据此校正。",
  more: (n) => `回答中的论断满 ${n} 条后，均值也会据此校正`,
  start: "开始复核",
  corrected: (mean, low, high, labels) =>
    `按人的判断为 ${mean}（${low} 至 ${high}），依据 ${labels} 条论断`,
  steadiness: "再问一次",
  offlineSteady: "结果总是相同：这个评判没有随机成分",
  flips: (share) => `${share} 的结论会改变`,
  askedTwice: (asked, flipped) => `问过两次的有 ${asked} 条，其中 ${flipped} 条结论不同`,
  askTwice: "尚未测量：在设置或请求中打开一致性检查",
  cost: "开销",
  calls: "评判调用",
  callsCached: (n) => `另有 ${n} 次来自缓存`,
  tokens: "词元",
  tokensOf: (prompt, completion) => `输入 ${prompt}，输出 ${completion}`,
  noModel: "无：没有调用模型",
  time: "用时",
  timeEach: (duration) => `每条样本 ${duration}`,
  controls: "对照题",
  controlsHeld: (held, asked) => `${asked} 次回复中通过 ${held} 次`,
  unreliable: "评判模型分不清真假，本次运行的数字不可依赖。",
  costOf: (usd, day) => `约 ${usd} 美元（${day} 的价格）`,
  money: "费用",
};

export const scatter: Dictionary["scatter"] = {
  title: "每条样本的两个指标",
  intro: "每个点是两个刻度上的一处，点越大样本越多。选中一个点即可打开其中的样本。",
  x: "横轴",
  y: "纵轴",
  label: (x, y, n) => `${y}对${x}，${n} 条样本`,
  keys: "方向键在点之间移动，回车打开第一条样本。",
  at: (n, x, y) => `此处 ${n} 条：${x}，${y}`,
  none: "没有样本同时有这两个分数。",
  everyNth: (n, step) => `显示 ${n} 条样本，每 ${step} 条取一条。`,
  low: (metric) => `${metric}低`,
  high: (metric) => `${metric}高`,
  half: "低：低于刻度中点。",
  more: (n) => `另有 ${n} 条`,
};

export const find: Dictionary["find"] = {
  label: "搜索问题与编号",
  gain: "改进空间最大在前",
  overall: "总分，最弱在前",
  metric: "只看",
  anyMetric: "任意分数",
  atMost: "不高于",
  bounds: (metric, low, high) => `${metric} ${low} 至 ${high}`,
  below: (metric, high) => `${metric}不高于 ${high}`,
  remove: (what) => `去掉：${what}`,
  gainOf: (gain) => `可提高 ${gain}`,
  feedback: "用户反馈，踩的在前",
  feedbackOf: { like: "用户：赞", dislike: "用户：踩" },
  gainMeaning: "消除该原因后，这条样本的总分最多能提高多少",
  intro: "修好后收益最大的排在前面。打开一条，看看由哪些句子决定。",
};

export const advise: Dictionary["advise"] = {
  show: (n) => `查看以此为主因的样本：${n} 条`,
  more: "怎么做",
  less: "收起",
};

export const reading: Dictionary["reading"] = {
  back: "回到报告",
  at: (at, all) => `第 ${at} / ${all} 条`,
};
