import type { Dictionary } from "../../../i18n/en.ts";

export const recipes: Dictionary["recipes"] = {
  method: "方法与地址",
  authorization: "鉴权（需要密钥的服务器）",
  body: "请求体：x-www-form-urlencoded",
  header: "请求头（重复的请求只评一次）",
};
