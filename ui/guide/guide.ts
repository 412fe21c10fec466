import "./guide.css";
import type { Found } from "../../src/contract/guide.ts";
import type { Hit } from "./search-index.ts";

// Of the guide's pages, which are whole without it: the way to one's language, and the search.

const LANGUAGE_KEY = "touchstone.language";
const MOST = 12;
const PREVIEW_CHARACTERS = 120;

function recallLanguage(): "zh" | "en" {
  try {
    const kept = localStorage.getItem(LANGUAGE_KEY);
    if (kept === "zh" || kept === "en") return kept;
  } catch {
    // Storage is switched off.
  }
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

if (document.documentElement.dataset.choose !== undefined) {
  location.replace(`/guide/${recallLanguage()}/`);
}
for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-language]")) {
  link.addEventListener("click", () => {
    try {
      localStorage.setItem(LANGUAGE_KEY, link.dataset.language ?? "en");
    } catch {
      // Storage is switched off.
    }
  });
}

const input = document.querySelector<HTMLInputElement>("#search");
const list = document.querySelector<HTMLUListElement>("#found");
if (input && list) searchBy(input, list);

/** A combobox over a list of links; the index is read when somebody first comes near. */
function searchBy(input: HTMLInputElement, list: HTMLUListElement): void {
  let search: Promise<(query: string) => Hit[]> | undefined;
  let chosen = -1;
  const load = () => {
    search ??= loadSearch();
    return search;
  };
  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];

  function choose(at: number): void {
    const all = options();
    chosen = all.length === 0 ? -1 : (at + all.length) % all.length;
    for (const [n, option] of all.entries())
      option.setAttribute("aria-selected", String(n === chosen));
    const active = all[chosen];
    if (active) {
      input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }
  function close(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }
  async function show(): Promise<void> {
    const query = input.value.trim();
    if (query === "") return close();
    const hits = (await load())(query).slice(0, MOST);
    // Somebody typed on meanwhile.
    if (query !== input.value.trim()) return;
    list.replaceChildren(...(hits.length > 0 ? hits.map(toOption) : [nothingFound(list)]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(0);
  }

  input.addEventListener("focus", () => void load());
  input.addEventListener("input", () => void show());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      const address = options()[chosen]?.dataset.address;
      if (address) location.assign(address);
    } else if (event.key === "Escape") close();
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => {
    const option =
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-address]") : null;
    if (!option?.dataset.address) return;
    event.preventDefault();
    location.assign(option.dataset.address);
  });
  input.addEventListener("blur", close);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
}

async function loadSearch(): Promise<(query: string) => Hit[]> {
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const [{ createSearch }, answer] = await Promise.all([
    import("./search-index.ts"),
    fetch(`/guide/${language}/search.json`),
  ]);
  const found: Found[] = await answer.json();
  return createSearch(found);
}

function toOption({ page, heading, body, address }: Hit, at: number): HTMLElement {
  const option = document.createElement("li");
  option.id = `found-${at}`;
  option.role = "option";
  option.dataset.address = address;
  const title = document.createElement("b");
  title.textContent = heading;
  const place = document.createElement("small");
  place.textContent = page;
  const preview = document.createElement("span");
  preview.textContent =
    body.length > PREVIEW_CHARACTERS ? `${body.slice(0, PREVIEW_CHARACTERS)}…` : body;
  option.append(title, place, preview);
  return option;
}

function nothingFound(list: HTMLElement): HTMLElement {
  const line = document.createElement("li");
  line.className = "none";
  line.role = "option";
  line.ariaDisabled = "true";
  line.textContent = list.dataset.none ?? "";
  return line;
}
