import type { D1Database } from "@cloudflare/workers-types";
import { Hono } from "hono";

// The yardstick of `bench accept`: the least a route that keeps a row can do. Built by wrangler, never deployed.

const app = new Hono<{ Bindings: { DB: D1Database } }>();

app.get("/ready", async (http) => {
  await http.env.DB.prepare(
    "CREATE TABLE IF NOT EXISTS notes (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT",
  ).run();
  return http.text("ready");
});

app.post("/", async (http) => {
  const id = crypto.randomUUID();
  await http.env.DB.prepare("INSERT INTO notes (id, body) VALUES (?1, ?2)")
    .bind(id, JSON.stringify(await http.req.json()))
    .run();
  return http.json({ id }, 202);
});

// The runtime asks a module Worker for a default export.
export default app;
