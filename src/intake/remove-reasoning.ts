import { removeHarmony } from "./remove-harmony.ts";

/** How models mark their reasoning; group 1 of a tag is there where it closes. */
interface Family {
  tag: RegExp;
  /** A word people use as well: only at the beginning of an answer it is reasoning. */
  isLeading?: boolean;
}

const FAMILIES: readonly Family[] = [
  { tag: /<(\/?)(?:seed:|longcat_)?think(?:\s[^<>]{0,200})?>/gi },
  // Kimi, Magistral, OpenThinker, Cohere.
  { tag: /◁(\/?)think▷/g },
  { tag: /\[(\/?)THINK\]/g },
  { tag: /<\|begin_of_thought\|>|(<\|end_of_thought\|>)/g },
  { tag: /<\|START_THINKING\|>|(<\|END_THINKING\|>)/g },
  {
    tag: /<(\/?)(?:ant_?)?(?:thinking|thoughts?|reasoning(?:_content)?|reason|reflection)(?:\s[^<>]{0,200})?>/gi,
    isLeading: true,
  },
  // Granite.
  {
    tag: /Here(?:'s| is) my thought process:|(Here(?:'s| is) my response:)/g,
    isLeading: true,
  },
];

/** What such models put around the answer itself. */
const AROUND_ANSWER = /<\|(?:START_RESPONSE|END_RESPONSE|begin_of_solution|end_of_solution)\|>/g;

const DETAILS = /<(\/?)details(?:\s[^<>]{0,500})?>/gi;
/** What Dify and Open WebUI wrote above folded thoughts. Any other summary is the answer's own. */
const THOUGHT_SUMMARY =
  /\s{0,99}<summary[^<>]{0,200}>\s{0,99}(?:thinking|thoughts?|thought process|thought for [^<]{1,40}|reasoning(?: process)?|思考中?|思考过程|推理过程|已?(?:深度)?思考[^<]{0,20})\s{0,9}(?:\.{3}|…{1,2})?\s{0,99}<\/summary>/iy;
const TYPED_DETAILS = /\stype\s{0,9}=\s{0,9}["']?reasoning\b/i;

interface Tag {
  start: number;
  end: number;
  isClosing: boolean;
}

interface Block {
  start: number;
  end: number;
  isClosed: boolean;
}

interface Removal {
  text: string;
  isCut: boolean;
}

/**
 * The answer without the model's reasoning: `<think>…</think>` and what other models and clients write for it. A tag
 * behind a backtick is talked about, not used. Reasoning that never ends is removed only where it begins a line;
 * `isCut` tells that it was.
 */
export function removeReasoning(answer: string): Removal {
  const harmony = removeHarmony(answer);
  let { text, isCut } = cutOut(harmony.text, findDetails(harmony.text));
  for (const family of FAMILIES) {
    const removal = cutOut(text, findBlocks(text, family));
    if (removal.text !== text) text = removal.text.replace(AROUND_ANSWER, "");
    isCut ||= removal.isCut;
  }
  return { text, isCut: isCut || harmony.isCut };
}

function cutOut(answer: string, blocks: readonly Block[]): Removal {
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
  return { text: text + answer.slice(at), isCut: blocks.some((block) => !block.isClosed) };
}

function findBlocks(answer: string, { tag, isLeading = false }: Family): Block[] {
  const tags = findTags(answer, tag);
  if (tags.length === 0) return [];
  if (!isLeading) return pairNested(tags) ?? pairFlat(answer, tags);
  const [first] = tags;
  if (!first || first.isClosing || answer.slice(0, first.start).trim() !== "") return [];
  return (pairNested(tags) ?? pairFlat(answer, tags)).slice(0, 1);
}

function findTags(answer: string, pattern: RegExp): Tag[] {
  const tags: Tag[] = [];
  for (const match of answer.matchAll(pattern)) {
    if (match.index > 0 && answer[match.index - 1] === "`") continue;
    tags.push({
      start: match.index,
      end: match.index + match[0].length,
      isClosing: Boolean(match[1]),
    });
  }
  return tags;
}

/** Folded blocks whose summary says that they are thoughts, with what is folded inside them. */
function findDetails(answer: string): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let open: Tag | null = null;
  for (const tag of findTags(answer, DETAILS)) {
    if (tag.isClosing) depth = Math.max(0, depth - 1);
    else if (depth++ === 0 && holdsThought(answer, tag)) open = tag;
    if (depth > 0 || !open) continue;
    blocks.push({ start: open.start, end: tag.end, isClosed: true });
    open = null;
  }
  if (open && beginsLine(answer, open.start)) {
    blocks.push({ start: open.start, end: answer.length, isClosed: false });
  }
  return blocks;
}

function holdsThought(answer: string, { start, end }: Tag): boolean {
  THOUGHT_SUMMARY.lastIndex = end;
  return TYPED_DETAILS.test(answer.slice(start, end)) || THOUGHT_SUMMARY.test(answer);
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
