import type { Dictionary } from "../../../i18n/en.ts";

export const palette: Dictionary["palette"] = {
  placeholder: "页面、命令、问题中的词或编号",
  results: "符合的内容",
  page: "页面",
  help: "帮助",
  nothing: "没有符合的内容。",
  searching: "正在搜索…",
  searchFailed: "无法搜索问题和运行。",
  recent: "最近",
  open: "打开",
  command: "命令",
  copyLink: "复制本页地址",
  linkCopied: "地址已复制",
  usage: "↑ ↓ 选择 · Enter 打开 · Esc 关闭",
};

export const keyboard: Dictionary["keyboard"] = {
  title: "键盘操作",
  everywhere: "任何页面",
  evidence: "样本的证据中",
  letters: "使用单键快捷键",
  lettersHint:
    "关闭后，单个字母以及 / 和 ? 不再触发操作，适合语音输入等场景；仍可在查找（Ctrl K）中打开本说明。",
  keys: {
    palette: "查找页面、问题、运行和命令",
    search: "到本页的搜索框",
    help: "打开这份说明",
    undo: "撤销刚才的删除",
    close: "关闭打开的窗口",
    walk: "下一条和上一条记录",
    tick: "勾选；按住 Shift 连选到上次勾选处",
    untick: "取消全部勾选",
    claims: "在论断之间移动，对应的证据会高亮",
    ends: "第一条和最后一条论断",
    quote: "显示论断所依据的原句",
    cross: "从论断到证据，再回来",
    opinion: "同意、不同意、说不准：你对论断的看法",
    whole: "对整条样本的看法",
    takeBack: "撤销上一个看法",
    samples: "下一条和上一条样本；在报告里移动行",
    problem: "下一个问题",
    review: "在报告里：从第一条样本开始复核",
  },
};
