"""Scores the sample on standard input with Ragas and prints the scores: one process, nothing of ours in it."""

import asyncio
import json
import sys

import ragas
from openai import AsyncOpenAI
from ragas.embeddings.base import embedding_factory
from ragas.llms import llm_factory
from ragas.metrics import collections as metrics


async def main(url: str) -> None:
    sample = json.load(sys.stdin)
    client = AsyncOpenAI(base_url=url, api_key="scripted", max_retries=0)
    llm = llm_factory("scripted", client=client)
    embeddings = embedding_factory("openai", model="scripted", client=client)
    texts = {
        "user_input": sample["question"],
        "response": sample["answer"],
        "reference": sample["reference"],
        "retrieved_contexts": sample["passages"],
    }
    wanted = {
        "faithfulness": (metrics.Faithfulness(llm=llm), "user_input response retrieved_contexts"),
        "answer_relevancy": (metrics.AnswerRelevancy(llm=llm, embeddings=embeddings), "user_input response"),
        "context_precision": (metrics.ContextPrecision(llm=llm), "user_input reference retrieved_contexts"),
        "context_utilization": (metrics.ContextUtilization(llm=llm), "user_input response retrieved_contexts"),
        "context_recall": (metrics.ContextRecall(llm=llm), "user_input reference retrieved_contexts"),
        "noise_sensitivity": (metrics.NoiseSensitivity(llm=llm), "user_input response reference retrieved_contexts"),
        "factual_correctness": (metrics.FactualCorrectness(llm=llm), "response reference"),
        "answer_correctness": (
            metrics.AnswerCorrectness(llm=llm, embeddings=embeddings),
            "user_input response reference",
        ),
    }
    scores = {}
    for name, (metric, inputs) in wanted.items():
        result = await metric.ascore(**{one: texts[one] for one in inputs.split()})
        scores[name] = result.value
    print(json.dumps({"version": ragas.__version__, "scores": scores}))


asyncio.run(main(sys.argv[1]))
