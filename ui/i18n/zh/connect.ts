import type { Dictionary } from "../en.ts";

export const connect: Dictionary["connect"] = {
  title: "接入",
  intro: "把回答送来评分的各种办法，复制即可使用。",
  method: "方法与地址",
  authorization: "鉴权（需要密钥的服务器）",
  body: "请求体：x-www-form-urlencoded",
  difyTitle: "Dify 工作流",
  difyText: "在 LLM 节点之后另开一条分支，加一个 HTTP 请求节点，评分就不会拖慢回答。",
  optionalTitle: "如果有这些数据",
  difyNotes: [
    "请求体请选表单。Dify 不会转义写进 JSON 的内容，回答里的引号会破坏请求。",
    "节点会立刻得到任务编号，分数稍后出现在评分记录里。",
    "段落要取自 LLM 节点用作上下文的同一个节点。",
    "把节点的异常处理设为默认值，评分失败就不会影响对话。",
  ],
  toolTitle: "Dify 自定义工具",
  toolText: "把这份描述导入为自定义工具，各个调用就成了现成的节点。",
  curlText: "或者任何能发 POST 请求的程序。答复里有任务编号和地址。",
  agentTitle: "智能体（MCP）",
  agentText: "基于可流式 HTTP 的模型上下文协议：score、get_job、get_report、list_runs。",
  docs: "整套接口，一页看完",
};
