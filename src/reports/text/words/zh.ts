import { CLAIM_BYTES_PER_TEXT, CLAIMS_PER_TEXT } from "../../../scoring/judge.ts";
import { CAUSE_WORDS, REASON_WORDS } from "../../../words/outcome-words.ts";
import type { Words } from "./en.ts";

export const zh: Words = {
  direction: { higher: "越高越好", lower: "越低越好" },
  severity: { severe: "严重", warning: "警告", improve: "待优化" },
  cause: CAUSE_WORDS.zh,
  reason: REASON_WORDS.zh,
  verdict: { supported: "有依据", contradicted: "与段落矛盾", unsupported: "无依据" },
  judge: { llm: "对话模型", decision: "决策模型", offline: "离线评判" },
  effort: {
    1: "小（改提示词或设置）",
    2: "中（改流程中的一步）",
    3: "大（改索引或文档）",
  },
  none: "–",
  colon: "：",
  aside: (text) => `（${text}）`,
  listSeparator: "、",
  percent: (share) => `${share}%`,
  reasons: (parts) => parts.map(({ reason, n }) => `${reason}（${n}）`).join("；"),

  summary: {
    title: (name) => `评测摘要：${name}`,
    scope: ({ total, valid, invalid }) =>
      invalid === 0
        ? `共 ${total} 个样本，全部完成评分。`
        : `共 ${total} 个样本：${valid} 个有评分，${invalid} 个没有任何评分。`,
    rejectedRows: (n) => `上传的文件中有 ${n} 行无法读取，不计入本报告的任何数字。`,
    times: (startedAt, finishedAt) => `开始于 ${startedAt}，完成于 ${finishedAt}（UTC）。`,
    metricsHeading: "指标",
    metricColumns: [
      "指标",
      "均值",
      "95% 区间",
      "样本数 n",
      "覆盖率",
      "可分辨的最小变化",
      "没有评分的原因",
    ],
    metricsNote:
      "覆盖率是指标适用的样本中得到评分的比例。“可分辨的最小变化”指：同样规模再跑一次，两次均值至少相差这么多，才能认为不是偶然。",
    judgedBy: (judged) =>
      `本次运行的评判没能用于全部样本。实际评判：${judged.map(({ judge, n }) => `${judge} ${n} 个样本`).join("，")}。两种评判的数字不能混在一起看；凡有两种评判的指标，上表均值是合在一起的，下面分开列出。`,
    judgeColumns: ["指标", "评判", "均值", "95% 区间", "样本数 n"],
    noMetrics: "没有请求任何指标。",
    distributionHeading: "分布",
    distribution: ({ n, low, middle, high }) =>
      `${n} 个样本中，${high} 个不低于 0.8，${middle} 个在 0.5 到 0.8 之间，${low} 个低于 0.5。`,
    band: (low, high) =>
      `部分样本评分失败；假如它们全部取最差或最好的值，均值分别为 ${low} 和 ${high}。`,
    causesHeading: "发现的问题",
    causeLine: (cause, n) => `${cause}：${n} 个样本的主要原因`,
    noCauses: "已评判的样本中没有发现薄弱原因。",
    firstAdvice: (id, title) =>
      `首要事项（${id}）：${title}。依据和步骤见 \`optimization_advice.md\`。`,
    lowestHeading: "得分最低的样本",
    lowestColumns: ["样本", "总分", "原因", "问题"],
    evidenceHeading: "得分最低的样本及其证据",
    morePassages: (n) => `另有 ${n} 个段落，见 evidence.jsonl。`,
    noLowest: "没有任何样本得到评分。",
    groupsHeading: "按标签",
    groupColumns: ["标签", "样本数"],
    moreGroups: (n) => `另有 ${n} 个标签未在此列出。`,
    errorsHeading: "未能评分的样本",
    moreErrors: (n) => `另有 ${n} 个。`,
    methodHeading: "这些数字是怎样得出的",
  },

  method: {
    judge: (name) => `评判方式：${name}。`,
    judgeModel: (model) => `评判模型：${model}。`,
    embeddingModel: (model) => `向量模型：${model}。`,
    offlineLimits:
      "离线评判只比较词语、数字、日期、名称和否定，不调用任何模型。它看不懂改写和推论，因此单条结论请谨慎看待；它适合看大量样本的均值，以及比较两个版本。",
    llmLimits:
      "结论由语言模型给出，可能有误。每条结论都指向编号的句子，可以在 evidence.jsonl 里逐条核对。",
    lowConfidence: (n) => `有 ${n} 个样本，评判的把握较低（属于已知难以判断的文本）。`,
    uncheckedClaims: (n) =>
      `有 ${n} 个样本，一段文本最多核对 ${CLAIMS_PER_TEXT} 条论断或 ${CLAIM_BYTES_PER_TEXT} 个字节，其后的论断只计数、没有核对，依据它们的指标带区间或记为失败。`,
    interval: "区间为 95% 区间，反映的是抽样的偶然性，不包括评判自身的错误。",
    intervalWithJudge:
      "区间为 95% 区间，反映抽样的偶然性，以及从重复询问中看到的评判自身的偶然性；不包括评判的系统性错误。",
    controls: (held, asked) => `${asked} 次评判回复中，有 ${held} 次通过了结论已知的对照题。`,
    measured: ({ accuracy, interval, claims, day }) =>
      `在 ${claims} 条结论已知的论断上，此评判判对 ${accuracy}（95% 区间 ${interval}），于 ${day} 在本次运行结束前测得。`,
    neverMeasured: "此评判从未在结论已知的论断上测量过，判对的比例无从得知。",
    unreliable: "没有通过的对照题太多：评判模型分不清真假，本次运行的数字不可依赖。",
    askedTwice: ({ verdicts, doubtful, random }) =>
      `对评判做了第二次询问：${verdicts} 个判定中，存疑的 ${doubtful.asked} 个、随机抽取的 ${random.asked} 个；其中结论改变的分别为 ${doubtful.flipped} 个和 ${random.flipped} 个。分数以第一次的结论为准。`,
    flipRate: (rate, interval) => `评判在全部判定上的翻转率：${rate}（95% 区间 ${interval}）。`,
    usage: ({ calls, cached, tokens, estimate }) =>
      `评判调用 ${calls} 次，由已存结论直接回答 ${cached} 次，${tokens === null ? `词元数未知，接口没有报告（估计约 ${estimate} 个）` : `共 ${tokens} 个词元`}。`,
    versions: (list) => `版本：${list}。`,
    reproduce: (runId) =>
      `如何复现：所有数字都能仅凭 evidence.jsonl 重新算出。\`POST /api/runs/${runId}/rescore\` 会重新计算，不再调用评判；各文件的哈希值见 metadata.json。`,
  },

  people: {
    heading: "人工复核",
    claims: ({ n, rate, interval, kappa }) =>
      `人工复核了 ${n} 条论断，与评判一致的占 ${rate}${interval ? `（95% 区间 ${interval}）` : ""}${kappa ? `，Cohen's κ 为 ${kappa}` : ""}。`,
    samples: ({ n, rate, interval, kappa }) =>
      `人工整体复核了 ${n} 个样本，与评判一致的占 ${rate}${interval ? `（95% 区间 ${interval}）` : ""}${kappa ? `，Cohen's κ 为 ${kappa}` : ""}。`,
    corrected: ({ raw, mean, interval, labels }) =>
      `评判给出 ${raw}，按人工标注校正后为 ${mean}（95% 区间 ${interval}，依据 ${labels} 条已标注论断）。`,
  },

  advice: {
    title: (name) => `优化建议：${name}`,
    intro: ({ causes, weak, total }) => {
      const found =
        total === 1
          ? `该样本存在薄弱环节，共发现 ${causes} 类原因。`
          : `共发现 ${causes} 类问题原因；${total} 个样本中有 ${weak} 个因此偏弱。`;
      const order = "建议按投入与收益之比排序，最划算的在前；排序时每个样本只计入它的主要原因。";
      return causes === 1 ? found : found + order;
    },
    basis: (n, total) =>
      `本建议依据 ${total} 个样本中得分最低的 ${n} 个；上方的统计数字涵盖全部样本。`,
    gainHeading: "最多能带来什么",
    gainUp: ({ metric, bound, interval, mean }) =>
      `${metric}${mean ? `目前为 ${mean}，` : ""}最多可以提高 ${bound}${interval ? `（95% 区间 ${interval}）` : ""}。`,
    gainDown: ({ metric, bound, interval, mean }) =>
      `${metric}（越低越好）${mean ? `目前为 ${mean}，` : ""}最多可以降低 ${bound}${interval ? `（95% 区间 ${interval}）` : ""}。`,
    gainNone: (metric) =>
      `即使消除该原因，${metric}也不会变化；列在这里，是因为评判结果证实了它的存在。`,
    gainNote:
      "这个上限是算出来的，不是估计值：把每个样本中属于该原因的判断改为正确，其余保持不变，再重新计算指标。",
    effortHeading: "投入",
    engineerHeading: "工程师说明（由模型撰写，数字由报告填入）",
    actionsHeading: "怎么做",
    proofHeading: "证据样本",
    gapHeading: "知识缺口清单",
    gapColumns: ["样本", "问题", "检索段落中缺少的内容"],
    moreGaps: (n) => `另有 ${n} 条，可从 evidence.jsonl 得到。`,
    checkHeading: "怎样确认有效",
    question: "问题",
    answer: "回答",
    answerSays: "回答称",
    referenceSays: "参考答案",
    passage: (rank, total) => `段落 ${rank}/${total}`,
    noSupport: "没有任何段落支持",
    carriedBy: (ranks, total) => `内容所在名次：${ranks}（共 ${total} 段）`,
    moreStatements: (n) => `该样本另有 ${n} 条论断`,
    healthyHeading: "没有发现需要修复的问题",
    healthy: (n) =>
      `${n === 1 ? "该样本不存在" : `${n} 个样本都不存在`}本报告检查的八类原因：${Object.values(CAUSE_WORDS.zh).join("、")}。`,
    healthyLimit: (n, share) =>
      `这个结论有多可靠：${n} 个样本未发现问题，但仍可能有至多 ${share} 的回答存在某种问题而没有出现在这里（95% 上限）。样本越多，这个上限越低。`,
    unjudged: "没有任何样本完成评判，因此无法判断原因。详情见 summary.md。",
    unexplainedHeading: "偏低但原因未证实",
    unexplained:
      "下列均值低于 0.85，但上文的原因都解释不了。通常是缺少能说明原因的输入（参考答案、上下文），或者该指标比较的是措辞而不是事实。",
    metricLine: ({ metric, mean, interval, n }) =>
      `${metric}：${mean}${interval ? `（95% 区间 ${interval}）` : ""}，n = ${n}`,
    blindHeading: "本建议看不到的部分",
    blindLine: ({ metric, missing, total, reasons }) =>
      `${metric}：${total} 个样本中有 ${missing} 个没有数值，${reasons}`,
    orderHeading: "优先优化次序",
    orderLine: ({ id, title, action, effort }) => `**${id} ${title}**。${action}投入：${effort}。`,
    orderNote: "每次只改一处，再用同一批问题重新评测；只有这样，差异才能归因于这处改动。",
    orderNothing: [
      "保持现有流程不变。",
      "补充真实用户会问的问题，尤其是少见的和困难的，直到上面的上限低到可以接受。",
    ],
    sendGroundTruth: "评测时一并传入 `ground_truth`：没有它，就无法判断检索或回答遗漏了什么。",
  },
};
