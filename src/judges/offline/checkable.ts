import { fold } from "./fold.ts";
import { backgroundWeight } from "./term-weight.ts";
import { tokenize } from "./tokens.ts";

/** A word from this weight on says something that could be true or false. */
const TELLING = 0.3;

// How far the speaker knows, not what is known: "Yes, I think …", "I do know that …".
const COURTESY =
  /^(?:yes|yeah|yep|no|well|oh|ah|wow|sure|right|true|ok|okay|of course|absolutely|definitely|that ?(?:'s|is) (?:true|right|great|cool|interesting))\s*[,.!]\s*/i;
const KNOWING =
  /^i\s+(?:(?:do|also|just)\s+)?(?:know|think|believe|heard|read|guess)\s+(?:that\s+)?/i;
const SPEAKER = /^(?:i|my|i'm|i've)\b/i;
/** Characters a clause about the speaker may be long. */
const CLAUSE_LIMIT = 120;

/** The claim without the speaker's frame around it ("I'm not sure, but I do know that …"). */
export function stripFrame(text: string): string {
  let rest = fold(text).trim().replace(COURTESY, "");
  if (SPEAKER.test(rest)) {
    const turn = / but /i.exec(rest.slice(0, CLAUSE_LIMIT));
    if (turn) rest = rest.slice(turn.index + turn[0].length);
  }
  rest = rest.replace(KNOWING, "");
  return rest.trim().includes(" ") || /\p{Script=Han}/u.test(rest) ? rest : text;
}

/** Does the sentence state something? Questions and pure courtesy ("You should!") do not. */
export function isCheckable(sentence: string): boolean {
  if (/[?？]["”'）)\s]*$/.test(sentence.slice(-12))) return false;
  return tokenize(sentence).some((token) => backgroundWeight(token) >= TELLING);
}
