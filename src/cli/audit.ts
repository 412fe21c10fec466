import { spawnSync } from "node:child_process";
import * as z from "zod";

// `npm run audit`: known weaknesses of what is deployed. Without a registry that answers it says so and fails nothing.

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.string(), range: z.string() }),
  ),
});
const SEVERE = ["high", "critical"];

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const report = Report.safeParse(parse(stdout));
if (!report.success) {
  console.log(
    "The registry gave no audit, so nothing was checked. · 未能从软件源取得审计结果，本次未检查。",
  );
  process.exit(0);
}
const found = Object.values(report.data.vulnerabilities);
for (const { name, severity, range } of found) console.log(`${severity}  ${name} ${range}`);
const severe = found.filter(({ severity }) => SEVERE.includes(severity));
console.log(
  `Weaknesses of runtime packages: ${found.length}, severe: ${severe.length}. · 运行时依赖的已知漏洞：${found.length}，其中严重：${severe.length}。`,
);
process.exit(severe.length > 0 ? 1 : 0);

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
