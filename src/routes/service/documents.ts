import { AppError } from "../../errors.ts";
import { type Http, originOf } from "../../http/http-context.ts";
import { type DocumentName, PLACEHOLDER_ORIGIN } from "../../openapi/document-names.ts";
import { said } from "../../words/said.ts";

/** `GET /openapi.json`. Open without a key, as every importer fetches it without one. */
export function getOpenApi(http: Http): Promise<Response> {
  return serve(http, "openapi", "application/json");
}

/** `GET /openapi-dify.json` */
export function getDifyOpenApi(http: Http): Promise<Response> {
  return serve(http, "openapi-dify", "application/json");
}

/** `GET /docs`: the API document for people; no script, nothing foreign. */
export async function getDocs(http: Http): Promise<Response> {
  const page = await serve(http, "docs", "text/html; charset=UTF-8");
  page.headers.set(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  return page;
}

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
