const TAG = /<(\/?)think(?:\s[^<>]{0,200})?>/gi;

interface Tag {
  start: number;
  end: number;
  isClosing: boolean;
}

/**
 * The answer without the model's `<think>…</think>` reasoning. A tag behind a backtick is talked about, not used.
 * Reasoning that never ends is removed only where it begins a line; `isCut` tells that it was.
 */
export function removeReasoning(answer: string): { text: string; isCut: boolean } {
  const tags = findTags(answer);
  if (tags.length === 0) return { text: answer, isCut: false };
  const blocks = pairNested(tags) ?? pairFlat(answer, tags);
  let text = "";
  let at = 0;
  for (const { start, end } of blocks) {
    text += answer.slice(at, start);
    at = end;
    // The blank lines between leading reasoning and answer belong to the reasoning.
    if (text.trim() === "") {
      text = "";
      while (at < answer.length && /\s/.test(answer.charAt(at))) at++;
    }
  }
  const isCut = blocks.some((block) => !block.isClosed);
  return { text: text + answer.slice(at), isCut };
}

interface Block {
  start: number;
  end: number;
  isClosed: boolean;
}

function findTags(answer: string): Tag[] {
  const tags: Tag[] = [];
  for (const match of answer.matchAll(TAG)) {
    if (match.index > 0 && answer[match.index - 1] === "`") continue;
    tags.push({
      start: match.index,
      end: match.index + match[0].length,
      isClosing: match[1] === "/",
    });
  }
  return tags;
}

/** Blocks when every tag has its partner, else null. */
function pairNested(tags: readonly Tag[]): Block[] | null {
  const blocks: Block[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of tags) {
    if (!tag.isClosing) {
      if (depth === 0) start = tag.start;
      depth++;
      continue;
    }
    depth--;
    if (depth < 0) return null;
    if (depth === 0) blocks.push({ start, end: tag.end, isClosed: true });
  }
  return depth === 0 ? blocks : null;
}

/** Reasoning may itself mention `<think>`, and some chat templates leave the opening tag out. */
function pairFlat(answer: string, tags: readonly Tag[]): Block[] {
  const blocks: Block[] = [];
  let open: Tag | null = null;
  for (const tag of tags) {
    if (!tag.isClosing) {
      open ??= tag;
      continue;
    }
    if (open) blocks.push({ start: open.start, end: tag.end, isClosed: true });
    else if (blocks.length === 0 && endsLine(answer, tag.end)) {
      blocks.push({ start: 0, end: tag.end, isClosed: true });
    }
    open = null;
  }
  if (open && beginsLine(answer, open.start)) {
    blocks.push({ start: open.start, end: answer.length, isClosed: false });
  }
  return blocks;
}

function beginsLine(text: string, index: number): boolean {
  for (let at = index - 1; at >= 0; at--) {
    if (text[at] === "\n") return true;
    if (text[at] !== " " && text[at] !== "\t") return false;
  }
  return true;
}

function endsLine(text: string, index: number): boolean {
  return index < text.length && (text[index] === "\n" || text[index] === "\r");
}
