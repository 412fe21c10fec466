import { queryOptions } from "@tanstack/solid-query";
import type * as z from "zod";
import type { ChangeChannel, CreateChannel } from "../../../src/contract/channel.ts";
import { request } from "../../kit/api.ts";

export type ChannelWish = z.input<typeof CreateChannel>;

export function channelsQuery() {
  return queryOptions({
    queryKey: ["channels"],
    queryFn: async ({ signal }) => (await request("GET /api/channels", { signal })).channels,
  });
}

export function channelLogQuery(id: string) {
  return queryOptions({
    queryKey: ["channel-log", id],
    queryFn: async ({ signal }) => {
      const params = { channel_id: id };
      const path = "GET /api/channels/:channel_id/deliveries";
      return (await request(path, { params, signal })).deliveries;
    },
  });
}

export function createChannel(body: ChannelWish) {
  return request("POST /api/channels", { body });
}

export function changeChannel(id: string, body: z.input<typeof ChangeChannel>) {
  return request("PATCH /api/channels/:channel_id", { params: { channel_id: id }, body });
}

export function deleteChannel(id: string) {
  return request("DELETE /api/channels/:channel_id", { params: { channel_id: id } });
}

/** One message at once; takes as long as the bot does. */
export function testChannel(id: string) {
  return request("POST /api/channels/:channel_id/test", { params: { channel_id: id } });
}
