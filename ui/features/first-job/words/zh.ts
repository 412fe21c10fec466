import type { Dictionary } from "../../../i18n/en.ts";

export const firstJob: Dictionary["firstJob"] = {
  title: "还没有评分记录",
  text: "提交一个问题、它的回答和检索到的段落，片刻之后这里就会出现分数，以及分数所依据的原句。",
  byHand: "先在这里试试",
  byHandText: "载入 40 个问题改动前后的回答，或填一张表单。",
  loadSamples: "载入示例数据",
  submit: "提交样本",
  connect: "全部设置和其他接入办法",
  byCurl: "命令行",
  byCurlText: "复制到终端运行，再回到这里看结果。",
  byDify: "Dify 工作流",
  byDifyText: "在回答之后加一个 HTTP 请求节点：",
};

export const recipes: Dictionary["recipes"] = {
  method: "方法与地址",
  authorization: "鉴权（需要密钥的服务器）",
  body: "请求体：x-www-form-urlencoded",
  header: "请求头（重复的请求只评一次）",
};
