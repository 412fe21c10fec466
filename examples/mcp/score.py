"""Scores an answer and asks the gate over the Model Context Protocol, with the official Python SDK (mcp 2).

用官方 Python SDK（mcp 2）通过 MCP 评分并询问门禁。TOUCHSTONE and TOUCHSTONE_KEY say where and with which key.
"""

import asyncio
import os

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

ORIGIN = os.environ.get("TOUCHSTONE", "http://localhost:8787")
KEY = os.environ.get("TOUCHSTONE_KEY", "")

SAMPLES = [
    {
        "question": "入职满一年有几天年假？",
        "answer": "入职满一年后，每年享有10天带薪年假。",
        "contexts": ["员工入职满一年后，每年享有10天带薪年假。"],
        "tags": {"lang": "zh"},
    },
    {
        "question": "How long is the warranty of the X200?",
        "answer": "The X200 has a warranty of five years.",
        "contexts": ["The X200 comes with a two-year warranty."],
        "tags": {"lang": "en"},
    },
]


async def main() -> None:
    headers = {"Authorization": f"Bearer {KEY}"} if KEY else {}
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        async with Client(streamable_http_client(f"{ORIGIN}/mcp", http_client=http)) as client:
            tools = (await client.list_tools()).tools
            print("revision", client.protocol_version, "tools", *(tool.name for tool in tools))
            assert all(tool.output_schema for tool in tools)
            for sample in SAMPLES:
                scored = await client.call_tool("score_answer", sample)
                assert not scored.is_error, scored.content
                print(scored.structured_content["scores"])
                asked = await client.call_tool("gate", {**sample, "rules": "faithfulness >= 0.8"})
                assert not asked.is_error, asked.content
                print(asked.structured_content["verdict"], asked.structured_content["reasons"])


asyncio.run(main())
