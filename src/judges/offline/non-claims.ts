import type { NonClaimKind } from "../non-claim-kinds.ts";

/**
 * How the offline judge knows what states nothing: the forms that chat assistants and customer-service bots begin and
 * end with, in Chinese and English. Absences have a list of their own (`refusals.ts`).
 */
interface NonClaim {
  kind: Exclude<NonClaimKind, "absence">;
  /** Tested on a whole sentence without marks, folded, in lower case, without its last punctuation. */
  patterns: readonly RegExp[];
}

/** A word before a colon that names the part of an answer; alone it is a heading. */
export const LABELS = {
  en: "answer|short answer|final answer|response|summary|conclusion|overview|note|notes|details|explanation|key points?|in summary|in conclusion|to summari[sz]e|overall|steps?|example|results?|references?|sources?|additional information|recommendations?|tl;?dr",
  zh: "答案|回答|答|总结|小结|结论|概述|摘要|说明|备注|注意|提示|解释|详情|要点|简答|补充说明|参考答案|最终答案|问题|分析|建议",
} as const;

/** No digit and no mark that could begin a statement: what may stand inside a courtesy. */
const FREE = String.raw`[^\d,，;；:：。]`;
const POLITE_SUBJECT =
  "(?:this|that|it|the (?:above|answer|information|explanation)|my answer|these)";

function whole(...sources: string[]): RegExp[] {
  return sources.map((source) => new RegExp(`^(?:${source})$`, "u"));
}

export const NON_CLAIMS: readonly NonClaim[] = [
  {
    kind: "greeting",
    patterns: whole(
      `(?:hi|hello|hey|dear|greetings|welcome|good (?:morning|afternoon|evening))(?: (?:there|all|everyone|again|${FREE}{0,20}))?`,
      `(?:that(?:'s| is) |what )?an? (?:great|good|excellent|interesting|thoughtful|very good|really good|fantastic|wonderful) (?:question|point)${FREE}{0,20}`,
      `(?:great|good|excellent|interesting|nice) (?:question|point|choice)`,
      `(?:how|what) (?:can|may|could|else can) i (?:help|assist|do)${FREE}{0,30}`,
      `(?:您好|你好|大家好|早上好|下午好|晚上好|哈喽|嗨|hi|hello)[呀啊哦]?`,
      `(?:尊敬|亲爱)的?${FREE}{1,10}`,
      `(?:这是|这真是)?(?:一个)?(?:非常|很)?(?:好|棒|有趣)的?(?:问题|提问)`,
      `(?:请问)?(?:有什么|有哪些|需要什么)(?:可以|能|我)${FREE}{0,12}(?:帮|服务)${FREE}{0,8}`,
    ),
  },
  {
    kind: "thanks",
    patterns: whole(
      `(?:many )?(?:thanks|thank you)(?: (?:so|very) much)?(?: (?:for|again)${FREE}{0,50})?`,
      `(?:i(?:'m| am) )?(?:(?:very |so )?sorry|apologies|i apologi[sz]e|my apologies)(?: (?:for|about|to hear)${FREE}{0,50})?`,
      `you(?:'re| are) (?:very |most )?welcome`,
      `(?:非常|十分|再次|多谢|谢谢|衷心)*(?:感谢|谢谢|多谢)${FREE}{0,24}`,
      `(?:很|非常|十分)?(?:抱歉|对不起|不好意思)(?:给您|让您|打扰)?${FREE}{0,14}`,
      "不(?:客气|用谢)",
    ),
  },
  {
    kind: "closing",
    patterns: whole(
      `(?:i |we )?(?:really |sincerely )?hope (?:that )?${POLITE_SUBJECT}${FREE}{0,60}(?:help|clear|clarif|useful|answer|inform|assist)${FREE}{0,40}`,
      `hope(?:fully)? (?:this|that|it)${FREE}{0,50}`,
      `(?:please |just |so )?(?:let me know|feel free|do not hesitate|don't hesitate|contact (?:us|me)|reach out|ask (?:me|away))${FREE}{0,20}[,，]?${FREE}{0,80}`,
      `(?:if|should) you (?:have|need|want|would like|require|'d like|still)${FREE}{0,80}[,，]? ?(?:please |just |feel free|do not|don't|let me|i(?:'m| am)|i'll|we|contact|ask)${FREE}{0,70}`,
      `(?:if|should) you (?:have|need|want|require)${FREE}{0,20}(?:question|help|detail|information|assistance)s?${FREE}{0,30}`,
      `(?:i(?:'m| am)|we(?:'re| are)) (?:always )?(?:happy|glad|here|available|pleased|delighted)(?: to (?:help|assist|answer|clarify|provide|explain))?${FREE}{0,50}`,
      `(?:always )?(?:happy|glad) to (?:help|assist|answer|clarify)${FREE}{0,30}`,
      `(?:sure|of course|certainly|absolutely|yes)[,，!！. ]{1,3}(?:i(?:'m| am) )?(?:happy|glad) to (?:help|assist)${FREE}{0,30}`,
      `(?:is there )?anything else${FREE}{0,50}`,
      `(?:would you like|do you (?:want|need)) (?:me|to know|more|any|further|help)${FREE}{0,80}`,
      `(?:have a|enjoy your|wish you an?|all the best|best regards|kind regards|take care|good luck|cheers)${FREE}{0,40}`,
      `(?:希望|愿)(?:以上|这|上述|我的|此|这些|本)?${FREE}{0,14}(?:对您|对你|能|可以|有)${FREE}{0,10}(?:帮助|帮到|有用|解答|参考|解决)${FREE}{0,8}`,
      `(?:如果|如|若|假如|要是|倘若)?(?:您|你)?(?:还|仍|另|对此)?(?:有|需要|想)(?:任何|其他|其它|更多|别的|什么|进一步|疑问|不明白|问题)${FREE}{0,16}[,，]?(?:请|欢迎|可以|可|都可|也可)?${FREE}{0,30}(?:联系|咨询|告诉|提问|询问|问我|告知|帮助|反馈|留言|说明|沟通|提出)${FREE}{0,10}`,
      `(?:如果|如|若|假如|要是)(?:您|你)?(?:还|仍|另)?(?:有|需要|想)(?:任何|其他|其它|更多|别的|什么|进一步|疑问|问题)${FREE}{0,16}`,
      `(?:欢迎|请)?(?:您|你)?(?:随时|继续|再次|再)${FREE}{0,6}(?:联系|咨询|告诉|提问|询问|问我|告知|反馈|沟通|光临)${FREE}{0,12}`,
      `(?:请问)?(?:您|你)?(?:还)?(?:有|需要)(?:什么|其他|别的)${FREE}{0,20}(?:吗|么|呢)?`,
      `祝(?:您|你|愉快|好)${FREE}{0,20}`,
      `(?:很|非常)?(?:高兴|乐意|荣幸)(?:为您|能为|帮|为你)${FREE}{0,12}`,
    ),
  },
  {
    kind: "agreement",
    patterns: whole(
      "(?:(?:yes|yeah|yep|sure|ok|okay|of course|certainly|absolutely|definitely|right|exactly|indeed|got it|understood|no problem|alright|well|great|perfect|wow|oh|ah)(?: thing)?[,，!！. ]{0,3}){1,4}",
      "(?:好的?|当然(?:可以)?|没问题|明白(?:了)?|收到|了解(?:了)?|可以的|嗯|行|好嘞|没错)[呀啊哦呢]?(?:[,，](?:好的?|没问题|当然|我来|让我)[^\\d]{0,10})?",
    ),
  },
  {
    kind: "lead_in",
    patterns: whole(
      `(?:${FREE}{0,50}[,，] ?)?(?:here(?:'s| is| are)|below (?:is|are)|the following (?:is|are)|following (?:is|are))(?: (?:what|how|the|a|an|some|your|my)${FREE}{0,60})?`,
      `(?:let me|let's|i(?:'ll| will)|allow me to) (?:explain|answer|help|break|walk|look|check|summari[sz]e|clarify|provide|give|go through|start|outline)${FREE}{0,70}`,
      `(?:${LABELS.en}|step \\d{1,2})`,
      `(?:to|in order to) answer (?:your|the|this) question`,
      `the (?:answer|steps?|details?|results?|main points?|key points?)${FREE}{0,30} (?:is|are) (?:as follows|below|the following|listed below|here)`,
      `(?:${FREE}{0,24}[,，])?(?:以下|下面|如下|下列)(?:就)?(?:是|为|将|内容|信息)?${FREE}{0,24}`,
      `(?:根据|基于|依据|按照)${FREE}{1,30}[,，](?:答案|回答|结果|内容|信息|情况|具体|总结|整理|说明)${FREE}{0,8}如下`,
      `(?:${FREE}{0,14})?(?:答案|回答|步骤|结果|内容|信息|情况|具体|总结|说明|规定|流程|要点)(?:具体)?如下`,
      `(?:${LABELS.zh}|步骤[一二三四五六七八九十\\d]{0,2})`,
      `(?:我来|让我|我将|我会)(?:为您|为你|给您|来|帮您)?(?:解答|回答|说明|介绍|总结|解释|梳理|查)${FREE}{0,20}`,
      `(?:关于|针对|对于)(?:您|你)(?:的|所|提出)?${FREE}{0,10}问题`,
    ),
  },
  {
    kind: "disclaimer",
    patterns: whole(
      `(?:as|i(?:'m| am)) an? (?:ai|artificial intelligence|language model|virtual|chat ?bot|assistant)${FREE}{0,40}(?:[,，] ?i${FREE}{0,80})?`,
      `(?:please )?(?:note|be aware|keep in mind|remember) that (?:this|the (?:above|answer|information)|i(?:'m| am)|my)${FREE}{0,40}(?:information|ai|advice|model|generated|accura|change|reference|context|general)${FREE}{0,60}`,
      `(?:this|the above)(?: (?:information|answer|content|response|is))${FREE}{0,40}(?:ai|reference only|informational|general|not (?:legal|medical|financial)|generated)${FREE}{0,60}`,
      `(?:please |you should |i recommend (?:that )?you |it is (?:best|advisable) to )?(?:consult|check with|speak (?:to|with)|seek)${FREE}{0,20}(?:professional|doctor|lawyer|advis|expert|official|provider)${FREE}{0,50}`,
      `(?:以上|上述|本|此|该)?(?:内容|信息|回答|答案|结果|解释)?(?:均|都)?(?:由|来自)(?:ai|人工智能|大模型|模型|智能)${FREE}{0,16}(?:[,，]?${FREE}{0,4}仅供${FREE}{0,10})?`,
      `(?:以上|上述|本|此|该)?(?:内容|信息|回答|答案|资料|建议)?(?:均|都|仅)?仅?供(?:您|你)?(?:参考|学习)${FREE}{0,20}(?:[,，]${FREE}{0,30})?`,
      `(?:作为|我是)(?:一个|一名|一款)?(?:ai|人工智能|语言模型|智能|大模型|机器人)${FREE}{0,20}(?:[,，]我${FREE}{0,40})?`,
      `(?:具体|详情|详细(?:信息|内容|规定)|最终)?(?:情况)?(?:请|建议)?(?:以|参考|咨询|查阅|参阅)${FREE}{1,20}(?:为准|人士|官方${FREE}{0,6}|专业${FREE}{0,6}|客服${FREE}{0,6})`,
      "(?:温馨提示|友情提示|免责声明|特别说明)",
    ),
  },
  {
    kind: "meta",
    patterns: whole(
      `(?:the |this |these )?(?:given |provided |above |retrieved )?(?:context|passage|document|text|article|excerpt|source|material)s? (?:describe|discuss|mention|cover|contain|provide|include|talk about|address|deal with|focus on|give|present|outline|explain)s? (?:\\w+ ){0,4}(?:topics?|information|details|subjects?|things?|points?|aspects?|sections?|overviews?)(?: (?:about|on|of|regarding)${FREE}{0,40})?`,
      `(?:sources?|references?|citations?|see also|read more|reference|link|links)[:：]?(?: ?(?:the |from )?(?:passage|document|doc|source|context|page|chunk|chapter|section)s?${FREE}{0,10}[\\d, ]{0,12}.{0,30}| ?https?:.{0,300}| ?[\\w\\- ]{1,60}\\.(?:pdf|docx?|xlsx?|md|txt|html?|pptx?))?`,
      `(?:please )?(?:see|refer to|check(?: out)?|consult|visit|read)(?: (?:also|the|our|this|their|your))?${FREE}{0,50}(?:guide|documentation|docs|manual|page|website|site|link|section|article|faq|document|below|above|here)s?${FREE}{0,40}`,
      `(?:this|the above|that)(?: (?:answer|information|summary|response))? (?:is|was) (?:based on|taken from|according to|from|derived from) (?:the )?(?:provided |given |retrieved |above )?(?:context|passage|document|source|text|information|material)s?${FREE}{0,20}`,
      `(?:that(?:'s| is)|this is|these are|those are) (?:all|everything|the (?:information|details))${FREE}{0,60}`,
      `(?:以上|上述|这些?|上面)(?:内容)?(?:就|便|即|都|均)?(?:是|为)${FREE}{0,24}(?:规定|内容|信息|介绍|解答|回答|答案|说明|总结|全部|情况|要点|步骤)`,
      `(?:该|本|此|这|上述|提供的|所给)?(?:段落|文档|资料|文章|文本|上下文|材料)(?:主要|中)?(?:描述|介绍|讲述|涉及|讨论|包含|说明)了?[^\\d,，;；:：。]{0,10}(?:主题|内容|方面|信息|话题|部分)`,
      `(?:信息|资料|数据|答案|内容|参考)?(?:来源|出处|参考资料|参考文献|参考文档|参考|引用|链接)[:：]?(?: ?(?:文档|段落|资料|来源|第)?[\\d一二三四五六七八九十、,，页章节 ]{0,16}.{0,30}| ?https?:.{0,300})?`,
      `(?:更多|详细)?(?:信息|内容|详情|说明|步骤)?(?:请|可)(?:参见|参阅|查看|查阅|参考|访问|点击|见)${FREE}{0,40}`,
    ),
  },
];
