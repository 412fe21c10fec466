import { OWN_PAGE_HEADER } from "../../src/contract/own-page-header.ts";

// Of `/docs`: each route can be asked where it is described, with a key that no longer is known once the page is left.

const WORDS = {
  en: {
    key: "Key (else who is signed in)",
    query: "Query, as name=value&…",
    body: "Body, JSON",
    send: "Send",
    away: "No answer:",
  },
  zh: {
    key: "密钥（不填则用当前登录）",
    query: "查询参数，形如 name=value&…",
    body: "请求体，JSON",
    send: "发送",
    away: "没有应答：",
  },
};
const words = document.documentElement.lang.startsWith("zh") ? WORDS.zh : WORDS.en;
const LONGEST_SHOWN = 100_000;

let key = "";

for (const part of document.querySelectorAll<HTMLDetailsElement>("details.try")) {
  part.hidden = false;
  part.addEventListener("toggle", () => part.querySelector("form") || part.append(formOf(part)), {
    once: true,
  });
}

function formOf({ dataset: { method = "GET", path = "/", body } }: HTMLElement): HTMLFormElement {
  const form = document.createElement("form");
  const keyField = fieldOf(form, words.key, "input");
  keyField.type = "password";
  keyField.autocomplete = "off";
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const places = names.map((name) => [name, fieldOf(form, name, "input")] as const);
  const query = fieldOf(form, words.query, "input");
  const text = body === undefined ? null : fieldOf(form, words.body, "textarea");
  if (text) {
    text.value = body ?? "";
    text.rows = Math.min(14, text.value.split("\n").length + 1);
  }
  const button = document.createElement("button");
  button.textContent = words.send;
  const answer = document.createElement("pre");
  answer.tabIndex = 0;
  answer.hidden = true;
  answer.setAttribute("aria-live", "polite");
  form.append(button, answer);
  keyField.addEventListener("focus", () => {
    keyField.value ||= key;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    key = keyField.value.trim() || key;
    const filled = places.reduce(
      (address, [name, { value }]) =>
        address.replace(`{${name}}`, encodeURIComponent(value.trim())),
      path,
    );
    const search = query.value.trim().replace(/^\?/, "");
    button.disabled = true;
    answer.hidden = false;
    answer.textContent = "…";
    answer.textContent = await ask(
      method,
      filled + (search ? `?${search}` : ""),
      text?.value ?? null,
    );
    button.disabled = false;
  });
  return form;
}

async function ask(method: string, address: string, body: string | null): Promise<string> {
  const headers = {
    [OWN_PAGE_HEADER.name]: OWN_PAGE_HEADER.value,
    ...(key ? { Authorization: `Bearer ${key}` } : {}),
    ...(body === null ? {} : { "Content-Type": "application/json" }),
  };
  try {
    const answer = await fetch(address, { method, headers, ...(body === null ? {} : { body }) });
    const told = await answer.text();
    return `${answer.status} ${answer.statusText}\n\n${pretty(told).slice(0, LONGEST_SHOWN)}`;
  } catch (error) {
    return `${words.away} ${error instanceof Error ? error.message : String(error)}`;
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function fieldOf<Name extends "input" | "textarea">(
  form: HTMLFormElement,
  label: string,
  name: Name,
): HTMLElementTagNameMap[Name] {
  const field = document.createElement(name);
  const line = document.createElement("label");
  line.append(label, field);
  form.append(line);
  return field;
}
