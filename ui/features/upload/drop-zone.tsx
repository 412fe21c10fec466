import Papa from "papaparse";
import { createSignal } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { language } from "../../kit/preferences.ts";
import { saveFile } from "../../kit/save-file.ts";
import { EXAMPLES } from "../submission/draft.ts";

const ACCEPTED = ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx,text/csv,application/json";

/** A file comes in by hand or by mouse; the button is a real file field, so keyboards reach it. */
export function DropZone(props: { onFile: (file: File) => void }) {
  const [isOver, setIsOver] = createSignal(false);
  function take(files: FileList | null | undefined): void {
    const file = files?.[0];
    if (file) props.onFile(file);
  }
  return (
    <div class="mt-6">
      <label
        class="flex cursor-pointer flex-col items-center gap-3 rounded-card border-2 border-dashed px-6 py-12 text-center focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-(--focus)"
        classList={{
          "border-accent-fill bg-accent-wash": isOver(),
          "border-line-strong bg-surface hover:bg-raised": !isOver(),
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <Icon name="download" class="size-7 rotate-180 text-accent" />
        <span class="text-lg font-medium">{t().upload.drop}</span>
        <span id="upload-formats" class="max-w-[60ch] text-sm text-soft">
          {t().upload.formats}
        </span>
        <input
          type="file"
          class="sr-only"
          accept={ACCEPTED}
          aria-describedby="upload-formats"
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            currentTarget.value = "";
          }}
        />
      </label>
      <p class="mt-3 max-w-[75ch] text-sm text-soft">
        {t().upload.understood}{" "}
        <button type="button" class="link" onClick={saveTemplate}>
          {t().upload.template}
        </button>
      </p>
    </div>
  );
}

const HEADS = {
  zh: ["编号", "问题", "回答", "上下文1", "上下文2", "上下文3", "参考答案"],
  en: ["id", "question", "answer", "context_1", "context_2", "context_3", "ground_truth"],
} as const;

/** A table to fill in, with one row that shows how. */
function saveTemplate(): void {
  const { question, answer, contexts, groundTruth } = EXAMPLES[language()];
  const text = Papa.unparse({
    fields: [...HEADS[language()]],
    data: [["1", question, answer, ...contexts.slice(0, 3), groundTruth]],
  });
  saveFile("touchstone-template.csv", `\uFEFF${text}\r\n`, "text/csv;charset=utf-8");
}
