// Runs before `npm start` and `npm run deploy`. Plain JavaScript, because it must run where nothing is installed:
// the Node 24 that reads the other scripts comes with the packages.
import { existsSync } from "node:fs";

const isInstalled = existsSync("node_modules/wrangler") && existsSync("node_modules/vite");
if (!isInstalled || !process.features.typescript) {
  console.error(
    isInstalled
      ? "The Node of node_modules is missing: run `npm ci` again and allow the install scripts of its packages. · 请允许安装脚本后重新运行 npm ci。"
      : "The packages are not installed: run `npm ci` first. · 请先运行 npm ci。",
  );
  process.exit(1);
}
