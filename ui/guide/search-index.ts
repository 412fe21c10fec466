import MiniSearch from "minisearch";
import type { Found } from "../../src/contract/guide.ts";

const HAN = /\p{Script=Han}/u;

/** Words of Latin letters and digits; Chinese, which has no spaces, by two characters at a time. */
function tokenize(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/\p{Script=Han}+|[\p{L}\p{N}_]+?(?=\p{Script=Han}|[^\p{L}\p{N}_]|$)/gu) ?? []
  ).flatMap((run) => {
    const characters = [...run];
    if (!HAN.test(run) || characters.length < 2) return [run];
    return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  });
}

export interface Hit extends Found {
  id: number;
}

export function createSearch(found: readonly Found[]): (query: string) => Hit[] {
  const index = new MiniSearch<Hit>({
    fields: ["heading", "page", "body"],
    storeFields: [],
    tokenize,
    processTerm: (term) => term,
  });
  const hits = found.map((one, id) => ({ ...one, id }));
  index.addAll(hits);
  return (query) => {
    const results = index.search(query, {
      boost: { heading: 6, page: 2 },
      prefix: true,
      // A slip of the finger in a long word; two Chinese characters have none to spare.
      fuzzy: (term: string) => !HAN.test(term) && term.length > 4 && 0.2,
    });
    // What has most of the words comes before what has one of them often.
    const words = new Set(tokenize(query)).size;
    return results
      .map(({ id, score, queryTerms }) => ({ id, score: score * (queryTerms.length / words) ** 2 }))
      .sort((a, b) => b.score - a.score)
      .flatMap(({ id }) => hits[Number(id)] ?? []);
  };
}
