import { t } from "../../i18n/translate.ts";
import { CopyButton } from "../../kit/copy-button.tsx";
import { language } from "../../kit/preferences.ts";

const SAMPLES = {
  zh: {
    question: "年假有几天？",
    answer: "入职满一年有10天年假，没休完的可以折成现金。",
    contexts: ["入职满一年的员工每年有10天带薪年假。", "未休完的年假最多结转5天到次年。"],
  },
  en: {
    question: "How long is the warranty?",
    answer: "The warranty is three years and repairs are free.",
    contexts: ["The warranty is two years.", "Repairs within the warranty are free."],
  },
} as const;

export function CurlExample() {
  const command = () => `curl ${location.origin}/api/score/async \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(SAMPLES[language()], null, 2)}'`;
  return (
    <div class="relative">
      <pre class="code pt-9">{command()}</pre>
      <CopyButton
        text={command()}
        class="button button-quiet absolute top-1 right-1 min-h-7 px-2 text-xs"
        name={`${t().app.copy}: curl`}
      />
    </div>
  );
}
