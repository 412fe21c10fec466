/** What to do after a deployment: `url` where it answers, `secrets` the names of those that are set. */
export function nextSteps(url: string | null, secrets: ReadonlySet<string>): string {
  const origin = url ?? "https://YOUR-WORKER.workers.dev";
  const steps = [
    ...(secrets.has("ADMIN_KEY")
      ? []
      : [
          "Set the first key, long and random; until then the API answers 503. 设置第一个密钥：",
          "  openssl rand -base64 24                # makes one; keep it",
          "  npx wrangler secret put ADMIN_KEY      # asks for it",
        ]),
    ...(secrets.has("OPENAI_API_KEY")
      ? []
      : [
          "To score with a model instead of the offline judge. 改用模型评判：",
          "  npx wrangler secret put OPENAI_API_KEY",
        ]),
    "Sign in with the key, make one for each client, connect Dify. 登录、创建密钥、接入 Dify：",
    `  ${origin}/settings   ${origin}/connect`,
    "What is still missing stands in. 检查还缺什么：",
    `  ${origin}/api/health`,
  ];
  return [
    "",
    `  Deployed    ${url ?? "see `npx wrangler deployments list` for the address"}`,
    "",
    ...steps.map((line) => `  ${line}`),
    "",
  ].join("\n");
}
