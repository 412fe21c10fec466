/**
 * How answers decline: everyday forms of chat assistants, by language. Tested on one folded sentence in lower case. Those
 * of `ABSENCE` speak of the texts ("the context does not mention"); inside a longer answer they are no claims. A
 * statement that something does not exist ("there is no evidence of water") is a fact, not a refusal.
 */
const SOURCE =
  "(?:context|contexts|passages?|documents?|docs?|text|texts|sources?|articles?|excerpts?|materials?|records?|files?|information|knowledge base|search results?|database)";
const GIVEN =
  "(?:the |this |these |my |our |your |any (?:of the )?)?(?:given |provided |above |available |retrieved |supplied |current |attached |following )?";

export const ABSENCE: readonly RegExp[] = [
  new RegExp(
    `\\b${SOURCE}(?: (?:provided|given|above|available|supplied|you provided|i have))? (?:do|does|did|is|are|was|has|have)(?: not|n't) (?:explicitly |directly |specifically |actually |clearly |seem to |appear to )?(?:contain|mention|mentioned|provide|say|state|specify|include|enough|sufficient|answer|address|discuss|give|have|indicate|describe|reveal|cover|any|list)`,
    "u",
  ),
  new RegExp(
    `\\b(?:not|isn't|aren't|wasn't|never) (?:\\w+ )?(?:mentioned|provided|specified|stated|given|found|available|discussed|answered|included|described|listed|covered|addressed|indicated) (?:anywhere )?(?:in|by|within|from) ${GIVEN}${SOURCE}`,
    "u",
  ),
  /\b(?:there (?:is|was|are)|there's|i (?:have|found|find|see|could find)|has|have) (?:no|not enough|insufficient|no sufficient|no relevant|not any|no specific) (?:relevant |specific |further |additional |direct |enough )?(?:information|mention|details?|context|answer|reference|results?)\b/u,
  new RegExp(
    `\\bno (?:\\w+ )?(?:information|mention|details?|evidence|data|answer|results?)\\b.{0,60}\\b(?:in|within|from) ${GIVEN}${SOURCE}`,
    "u",
  ),
  /^no (?:relevant |matching |such )?(?:information|results?|answer|data|documents?)(?: (?:was|were|is|are))?(?: (?:found|available|provided))?\b.{0,20}$/u,
  /\b(?:not enough|insufficient|no sufficient) (?:information|evidence|data|context|detail)/u,
  /(?:上下文|文中|原文|文档|文章|资料|材料|内容|信息|知识库|片段|段落|文本|数据库|检索结果|参考)(?:里|中|内|部分|库)?[^，,。]{0,4}(?:并|也|均|都|暂|尚)?(?:没有|没|未|不|无)(?:直接|明确|具体|曾|有)?(?:找到|提到|提及|提供|说明|给出|涉及|包含|包括|明确|足以|足够|记载|相关|描述|指出|显示|列出)/u,
  /(?:没有|没|未|未能)(?:能)?(?:找到|查到|检索到|搜索到|查询到|搜到|提供|提及|足够|任何)[^，,。]{0,10}(?:信息|资料|内容|答案|依据|结果|数据|记录|文档)/u,
  /(?:暂时|目前|当前|暂|尚)?(?:没有|无|暂无|没)(?:任何|更多|足够)?(?:的)?(?:相关|有关|对应|匹配)(?:的)?(?:信息|资料|数据|答案|内容|记录|结果)/u,
  /(?:信息|资料|内容|数据)(?:不足|不够)|^(?:暂无|无)(?:信息|资料|数据|答案|结果)$/u,
];

export const REFUSALS: readonly RegExp[] = [
  // English
  /\bi (?:do not|don't|can't|cannot|could not|couldn't|am unable to|'m unable to|am not able to|wasn't able to|was not able to|was unable to|have no (?:idea|clue|way of knowing)|won't be able to|will not be able to) ?(?:really |actually |currently )?(?:$|(?:know|answer|find|say|tell|provide|determine|give|confirm|help|assist|locate|verify|have (?:any |enough |sufficient |access|the |information|that|specific))\b)/u,
  /\bi have no (?:idea|clue|information|knowledge|answer|data)\b/u,
  /\bi(?:'m| am) (?:not sure|unsure)(?:$|,| (?:what|who|when|where|how|why|which|if|whether|about)\b)|\bi(?:'m| am) (?:unable|afraid i|not aware|not able|not familiar|sorry, (?:but )?i)\b/u,
  /\b(?:unable|not able|impossible) to (?:answer|find|determine|provide|say|confirm|give|help|locate)\b/u,
  /\bcan(?:not|'t| not) be (?:answered|determined|found|confirmed|verified|established)(?: (?:from|based|with|using)\b|$)/u,
  /\b(?:is not|isn't|not) something (?:i|we) (?:can|am able|could|know)\b/u,
  /\b(?:outside|beyond|out) (?:of )?(?:my|the|our) (?:scope|knowledge|expertise|area|abilities|capabilit)/u,
  /^(?:idk|dunno|unknown|n\/a|na|none|no answer|unanswerable|i don't know|not sure|no idea|no clue|sorry|not found|not available|not applicable|not mentioned|not specified|not stated|not provided|no information|beats me|cannot answer|can't answer|can't say|hard to say)$/u,
  // Chinese
  /(?:无法|没法|没办法|不能|未能)(?:直接|准确|确切|具体|为您|给您|明确|从.{0,12}|根据.{0,20}|提供)*(?:回答|确定|得知|提供|给出|得出|找到|判断|获取|确认|查询|查到|解答|作答|答复)/u,
  /(?:查|找|搜|检索|搜索)不到|没(?:有)?(?:查到|搜到|找到|检索到|搜索到)|答不(?:上来|出来|了)|回答不(?:了|上来)|帮不(?:了|上)|未(?:找到|查到|检索到)/u,
  /(?:我|这个|对此)(?:也|并|还|暂时|真的)?(?:不知道|不清楚|不确定|不了解|不太清楚|不太了解|不明白|不太确定)|^(?:不知道|不清楚|不确定|不了解|不详|未知|没有答案|不晓得|不好说|难以回答|暂不清楚)/u,
  /超出(?:了)?(?:我|本|该|当前)?(?:的)?[^，,。]{0,8}(?:范围|能力|知识)|^(?:很?抱歉|对不起|非常抱歉)$|恕我|爱莫能助|不在(?:我|本).{0,6}范围/u,
  // Japanese
  /(?:分|わ)かり(?:ません|かねます)|(?:分|わ)からない|知り?ません|存じません|お答え(?:できません|できかねます|いたしかねます)|回答(?:できません|できかねます|することができ)|見つかりません|見つけられません|(?:情報|記載|記述|言及)(?:が|は)(?:あり|ござい)ません|不明です/u,
  // Korean
  /모르(?:겠|ㅂ니다|겠습니다)|모릅니다|몰라|알 수 없|(?:답변|대답|답)(?:할|드릴|을 드릴)? ?수 (?:없|가 없)|찾을 수 (?:없|가 없)|정보가 (?:없|부족)|확인할 수 없/u,
  // Spanish, Portuguese
  /\bno (?:lo )?(?:se|sabria)\b(?! (?:puede|debe|permite|admite|acepta|incluye|ha|han|trata|encuentra en))|\bno (?:puedo|podemos|pude) (?:responder|contestar|encontrar|ayudar|determinar)|\bno (?:tengo|hay|dispongo de|encontre|encuentro|he encontrado) (?:suficiente |ninguna |la |esa )?informacion|\bdesconozco\b|\bni idea\b/u,
  /\b(?:eu )?nao (?:o )?sei\b|\bnao (?:posso|consigo|pude) (?:responder|encontrar|ajudar|determinar)|\bnao (?:tenho|ha|encontrei|existe) (?:nenhuma |essa )?informac/u,
  // French
  /\bje ne (?:le )?sais pas\b|\bje l'ignore\b|\bje (?:ne (?:peux|puis) pas|suis incapable de|suis dans l'incapacite de) (?:repondre|trouver|vous)|\b(?:pas|aucune) (?:assez |suffisamment )?(?:d'|d )?informations?\b|\baucune idee\b|\bje n'ai pas (?:d'|la |cette |trouve)/u,
  // German
  /\b(?:das )?wei(?:ß|ss) ich (?:leider |das )?nicht\b|\bich wei(?:ß|ss) (?:es |das )?(?:leider )?nicht\b|\b(?:kann|konnte) ich (?:leider )?(?:nicht|keine|dazu)\b.{0,40}|\bich kann (?:diese|die|das|dies|dazu|ihnen|dir).{0,30}(?:nicht|keine).{0,20}(?:beantworten|finden|sagen|geben|machen|helfen)|\bkeine (?:ahnung|informationen|angaben|antwort)\b.{0,30}$/u,
  // Russian
  /(?:^|\s)(?:я )?не знаю(?:$|[\s,.])|не могу (?:ответить|найти|сказать|определить|помочь)|нет (?:информации|данных|ответа)|неизвестно$|не (?:найдено|указано|упоминается)/u,
  // Arabic
  /لا (?:اعرف|أعرف|اعلم|أعلم|ادري|أدري|استطيع|أستطيع|يمكنني) ?(?:الاجابة|الإجابة|العثور)?|لا (?:توجد|تتوفر|يوجد) معلومات|ليس لد(?:ي|ى) (?:معلومات|فكرة)/u,
  // Thai
  /ไม่ทราบ|ไม่รู้|ไม่แน่ใจ|ไม่สามารถตอบ|ไม่พบข้อมูล|ไม่มีข้อมูล/u,
  // Vietnamese
  /(?:toi|minh|em) khong (?:biet|ro|chac|the tra loi|tim thay)|khong (?:the tra loi|tim thay|co thong tin|co du lieu|ro)\b|khong biet$/u,
  // Hindi
  /(?:नही|नहीं) (?:पता|मालूम|जानता|जानती|जानते|मिला|मिली)|उत्तर नही|जानकारी (?:उपलब्ध )?(?:नही|नहीं)|(?:पता|मालूम) (?:नही|नहीं)/u,
];
