import createDOMPurify from "dompurify";
import { Marked } from "marked";
import { createEffect } from "solid-js";

const TAGS = [
  ...["h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "del", "code", "pre"],
  ...["blockquote", "hr", "br", "a", "table", "thead", "tbody", "tr", "th", "td"],
];

// The page has its own two levels of headings above the document.
const marked = new Marked({
  gfm: true,
  async: false,
  walkTokens(token) {
    if (token.type === "heading") token.depth = Math.min(6, token.depth + 2);
  },
});

const purifier = createDOMPurify(window);
// Texts in the document come from strangers: a link out of here is shown as text and leads nowhere.
purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node instanceof HTMLAnchorElement && node.origin !== location.origin) {
    node.removeAttribute("href");
  }
});

/** Markdown as nodes. Only these tags and attributes get through: no image, no style, no script, no foreign link. */
export default function MarkdownDocument(props: { text: string }) {
  let article: HTMLElement | undefined;
  createEffect(() => {
    const html = marked.parse(props.text, { async: false });
    const nodes = purifier.sanitize(html, {
      ALLOWED_TAGS: TAGS,
      ALLOWED_ATTR: ["href", "start"],
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    });
    article?.replaceChildren(nodes);
  });
  return <article ref={article} class="document card mt-4 p-6" />;
}
