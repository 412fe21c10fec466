import { fold } from "./fold.ts";
import { LABELS } from "./non-claims.ts";
import { plainText } from "./plain-text.ts";

// Each stands at the beginning and says how something is known or said, never what. Closed vocabulary: a frame that
// names somebody or a number ("according to the WHO in 2019") stays, because that can be wrong.
const SOURCE_EN =
  "(?:the )?(?:given |provided |above |retrieved |available |following |supplied )?(?:context|contexts|passages?|documents?|docs|text|texts|sources?|articles?|excerpts?|information|materials?|search results|knowledge base|data)(?: (?:provided|given|above|you provided|i have|available|retrieved))?";
const SOURCE_ZH =
  "(?:您|你|我|所|已|以上|上述|现有|相关|给定|提供|给出|检索到|上传|参考|的|到|文|下|上|知识库|中|本|该|这些|此)*(?:资料|文档|内容|信息|上下文|段落|知识库|文件|原文|材料|说明|文本|文章|文中|描述|记录|检索结果)(?:内容|信息|显示|可知|来看|中|里|所述|所示|的描述|的内容|的信息|的说明|提供)*";
const FRAMES: readonly RegExp[] = [
  /^(?:yes|yeah|yep|well|oh|ah|wow|sure|right|true|ok|okay|of course|absolutely|definitely|certainly|indeed|great question|good question|hello|hi|that ?(?:'s|is) (?:true|right|great|cool|interesting|correct))\s*[,.!:]\s*/i,
  /^no\s*[,.!]\s*/i,
  new RegExp(
    `^(?:based on|according to|from|per|as (?:stated|mentioned|described|noted|indicated|shown|given) (?:in|by)|as per|in|given) ${SOURCE_EN}\\s*,\\s*`,
    "i",
  ),
  new RegExp(
    `^(?:${SOURCE_EN}|it) (?:also )?(?:says|states|mentions|indicates|shows|explains|notes|describes|suggests|tells us|say|state|mention|indicate|show|explain) that\\s+`,
    "i",
  ),
  /^(?:in (?:summary|conclusion|short|brief|other words|fact|general|addition)|to (?:summari[sz]e|conclude|sum up|answer your question)|overall|additionally|furthermore|moreover|also|finally|lastly|therefore|thus|hence|specifically|in particular|for example|for instance|that is|i\.e\.|firstly|secondly|thirdly|first of all|please note|(?:the )?answer is|a)\s*[,:：]\s*/i,
  new RegExp(`^(?:the )?(?:${LABELS.en})\\s*[:：]\\s*`, "i"),
  /^(?:(?:please )?note that|it is (?:important|worth) (?:to note|noting|mentioning) that|it should be noted that|keep in mind that|the answer is(?: that)?)(?:\s*[,:：])?\s+/i,
  /^i\s+(?:(?:do|also|just|really)\s+)?(?:know|think|believe|heard|read|guess|found|see)\s+(?:that\s+)?/i,
  /^(?:您好|你好|好的|当然|当然可以|没问题|是的|对|对的|没错|嗯|总之|综上(?:所述)?|总的来说|总而言之|简而言之|简单来说|换句话说|另外|此外|同时|其中|首先|其次|最后|因此|所以|具体来说|具体而言|例如|比如|也就是说|总结(?:一下|如下)|答案(?:是|为|如下)|结论(?:是|为)|请注意|需要注意的是|注意|值得注意的是|值得一提的是|补充一点)[呀啊哦呢]?\s*[,，:：、!！。]\s*/,
  new RegExp(`^(?:${LABELS.zh})\\s*[:：]\\s*`),
  new RegExp(
    `^(?:根据|依据|按照|依照|基于|参考|从|由|据|在|如)${SOURCE_ZH}(?:提到|指出|说明|显示|表明|记载|规定)?\\s*[,，:：]\\s*`,
  ),
  new RegExp(
    `^(?:根据|依据|按照|基于|据)${SOURCE_ZH}(?=\\p{Script=Han})(?:提到|指出|说明|显示|表明)`,
    "u",
  ),
  new RegExp(
    `^${SOURCE_ZH}(?:中|里)?(?:提到|指出|说明|显示|表明|写道|明确|记载)(?:了)?\\s*[,，:：]?\\s*`,
  ),
];
const FRAME_LIMIT = 160;
const ROUNDS = 5;

const SPEAKER = /^(?:i|my|i'm|i've)\b/i;
/** Characters a clause about the speaker may be long. */
const CLAUSE_LIMIT = 120;
/** A clause that says how little the speaker knows asserts nothing itself; "I think he died at 30" does. */
const UNKNOWING =
  /^i\b.{0,24}(?:\bnot\b|n't\b|\bnever\b|\bno\b).{0,16}\b(?:sure|know|heard|seen|fan|expert|familiar|certain|aware|remember|recall|read|tell|say|remember)\b|^i(?:'ve| have) (?:only )?heard of\b/i;

/** The claim without the speaker's frame around it ("I'm not sure, but I do know that …", 根据资料，…). */
export function stripFrame(text: string): string {
  let rest = fold(plainText(text)).trim();
  rest = stripSpeaker(rest);
  for (let round = 0; round < ROUNDS; round++) {
    const before = rest;
    for (const frame of FRAMES) {
      const match = frame.exec(rest.slice(0, FRAME_LIMIT));
      if (match) rest = rest.slice(match[0].length);
    }
    if (rest === before) break;
  }
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

/** "I'm not sure about that, but …": dropped only when nothing in it could be the claim. */
function stripSpeaker(text: string): string {
  if (!SPEAKER.test(text)) return text;
  const turn = / but /i.exec(text.slice(0, CLAUSE_LIMIT));
  if (!turn) return text;
  const clause = text.slice(0, turn.index);
  return UNKNOWING.test(clause) && !/\d/.test(clause)
    ? text.slice(turn.index + turn[0].length)
    : text;
}
