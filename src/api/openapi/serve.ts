import { type Http, originOf } from "../http-context.ts";
import { buildDifyOpenApi } from "./dify-document.ts";
import { buildOpenApi } from "./document.ts";

/** `GET /openapi.json`. Open without a key, as every importer fetches it without one. */
export function getOpenApi(http: Http): Response {
  return http.json(buildOpenApi(originOf(http)));
}

/** `GET /openapi-dify.json` */
export function getDifyOpenApi(http: Http): Response {
  return http.json(buildDifyOpenApi(originOf(http)));
}
