import { CAUSE_WORDS, REASON_WORDS } from "../../../src/words/outcome-words.ts";
import type { Dictionary } from "../en.ts";

export const app: Dictionary["app"] = {
  name: "试金石",
  tagline: "为 RAG 回答打分，并指出该改什么",
  skip: "跳到正文",
  navigation: "主导航",
  find: "搜索与命令",
  language: "语言",
  theme: "外观",
  themes: { light: "浅色", dark: "深色", system: "跟随系统" },
  loading: "正在加载",
  refresh: "刷新",
  retry: "重试",
  loadMore: "加载更多",
  chooseFile: "选择文件",
  listed: (...names) => names.join("、"),
  copy: "复制",
  copied: "已复制",
  cancel: "取消",
  close: "关闭",
  back: "返回",
  none: "无",
  updateFailed: "刷新失败，当前显示的是之前的数据。",
  undo: "撤销",
  undoKey: "Ctrl Z / ⌘ Z",
  signOut: "退出登录",
  offline: "网络已断开，显示的内容可能不是最新的。",
};

export const nav: Dictionary["nav"] = {
  jobs: "评分记录",
  runs: "运行列表",
  review: "复核",
  testSets: "测试集",
  submit: "提交",
  connect: "接入",
  notifications: "通知",
  settings: "设置",
  report: "报告详情",
};

export const status: Dictionary["status"] = {
  queued: "排队中",
  running: "评分中",
  completed: "已完成",
  failed: "失败",
  cancelled: "已取消",
};

export const score: Dictionary["score"] = {
  higher: "越高越好",
  lower: "越低越好",
  interval: (low, high) => `介于 ${low} 与 ${high} 之间`,
  intervalMean: (low, high) => `95% 区间 ${low} 至 ${high}`,
  noInterval: "样本太少，没有区间",
  noIntervalOne: "只有一条样本，没有区间",
  notApplicable: "不适用",
  failed: "失败",
  methods: {
    llm: "由模型评判",
    decision: "由决策模型评判",
    offline: "离线评判，未用模型",
    embedding: "由向量计算",
    text: "由文本比较得出",
  },
  confidence: { high: "把握高", medium: "把握中等", low: "把握低" },
  lowConfidence: "低把握",
  levels: { bad: "低", warn: "偏弱", fair: "尚可", good: "好" },
  legend: "颜色表示好坏：低于 0.50 为低，低于 0.70 为偏弱，低于 0.85 为尚可，其余为好",
};

export const reasons = REASON_WORDS.zh;

export const tokens: Dictionary["tokens"] = {
  unknown: "未知",
  unknownAbout: (estimate) => `未知（估计约 ${estimate}）`,
};

export const causes = CAUSE_WORDS.zh;

export const trouble: Dictionary["trouble"] = {
  judge: (reason, next) => `${reason}将在 ${next} 再试，期间任务排队等待。`,
  toJudge: "查看评判",
  alerts: (n) => `${n} 条告警已触发。`,
  toAlerts: "查看告警",
  backlog: (n, oldest) => `${n} 条任务在排队，最早的已等 ${oldest}。`,
  toQueue: "查看排队",
  lost: (n) => `最近 24 小时有 ${n} 行没有评出分数。`,
  toLost: "查看是哪些",
};

export const notFound: Dictionary["notFound"] = {
  title: "这里没有页面",
  text: (path) => `${path} 没有内容。`,
  hint: "也许你要找的是：",
};

export const error: Dictionary["error"] = {
  title: "没有成功",
  network: "服务器没有响应。请检查它是否在运行、网络是否正常。",
  unreadable: "服务器的答复无法理解。",
  requestId: "请求编号",
  code: "代码",
  details: "给服务器管理员的详情",
  report: "反馈问题时请附上这几行：它们指明该查哪里，不含样本的文字。",
  copyDetails: "复制详情",
  crashed: "页面出错了，服务器上的数据是安全的。",
  outdated: "这一部分没能加载。多半是页面打开期间部署了新版本，请重新加载。",
  reload: "重新加载页面",
  keyTitle: "这台服务器需要密钥",
  keyText: "密钥只用来换取会自动过期的登录状态，页面不保存密钥。",
  key: "密钥",
  keySave: "继续",
  keyWrong: "服务器不接受这个密钥。",
};
