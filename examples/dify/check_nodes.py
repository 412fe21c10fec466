"""Reads every app of this folder with the models of Dify's own engine (graphon): nodes, defaults, edges.

用 Dify 自己的引擎 graphon 的模型检查本目录的每个应用：节点、默认值、连线。
Needs Python 3.12 and `pip install graphon pyyaml`.
"""

import pathlib

import yaml
from graphon.nodes.answer.entities import AnswerNodeData
from graphon.nodes.end.entities import EndNodeData
from graphon.nodes.http_request.entities import HttpRequestNodeData
from graphon.nodes.if_else.entities import IfElseNodeData
from graphon.nodes.llm.entities import LLMNodeData
from graphon.nodes.start.entities import StartNodeData
from graphon.nodes.template_transform.entities import TemplateTransformNodeData

# Knowledge Retrieval belongs to Dify, not to its engine.
MODELS = {
    "start": StartNodeData,
    "llm": LLMNodeData,
    "http-request": HttpRequestNodeData,
    "if-else": IfElseNodeData,
    "template-transform": TemplateTransformNodeData,
    "answer": AnswerNodeData,
    "end": EndNodeData,
}

files = sorted(pathlib.Path(__file__).parent.rglob("*.yml"))
for file in files:
    app = yaml.safe_load(file.read_text(encoding="utf-8"))
    nodes = app["workflow"]["graph"]["nodes"]
    ids = {node["id"] for node in nodes}
    checked = 0
    for node in nodes:
        model = MODELS.get(node["data"]["type"])
        if model is None:
            continue
        data = model.model_validate(node["data"])
        checked += 1
        if node["data"]["type"] == "http-request":
            assert data.retry_config.retry_enabled and data.retry_config.max_retries == 1
            assert data.timeout.connect == 2
    edges = app["workflow"]["graph"]["edges"]
    assert all(edge["source"] in ids and edge["target"] in ids for edge in edges)
    print(f"{file.parent.name}/{file.name}: DSL {app['version']}, {checked} of {len(nodes)} nodes checked")
assert len(files) == 8
