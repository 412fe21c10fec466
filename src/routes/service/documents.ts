import { AppError } from "../../errors.ts";
import { type Http, originOf, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { type DocumentName, PLACEHOLDER_ORIGIN } from "../../openapi/document-names.ts";
import { METRIC_CATALOGUE } from "../../scoring/metrics/registry.ts";
import { said } from "../../words/said.ts";
import type { SERVICE_ROUTES } from "./routes.ts";

export const DOCUMENT_HANDLERS = {
  list_metrics: () => ({ metrics: [...METRIC_CATALOGUE] }),

  // Importers fetch these without a key; they say nothing of this server but its address.
  openapi(http) {
    return serve(http, "openapi", "application/json");
  },

  openapi_dify(http) {
    return serve(http, "openapi-dify", "application/json");
  },

  /** The API document for people; its script and what it asks are of this server. */
  async docs(http, { query }) {
    const language = query.language ?? readerOf(http) ?? "en";
    const page = await serve(http, `docs-${language}`, "text/html; charset=UTF-8");
    page.headers.set(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    return page;
  },
} satisfies Partial<Handlers<typeof SERVICE_ROUTES>>;

/** Written ahead by the build, with a placeholder where the address belongs that the client used. */
async function serve(http: Http, name: DocumentName, type: string): Promise<Response> {
  const asset = await http.env.ASSETS.fetch(new URL(`/documents/${name}.txt`, http.req.url));
  const text = await asset.text();
  if (!asset.ok || !asset.headers.get("Content-Type")?.startsWith("text/plain")) {
    throw new AppError(said("not_found.documents"));
  }
  return new Response(text.replaceAll(PLACEHOLDER_ORIGIN, originOf(http)), {
    headers: { "Content-Type": type },
  });
}
