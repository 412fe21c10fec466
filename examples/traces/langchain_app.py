"""A LangChain chain with a retriever, traced by OpenInference; the model is a fake. See README.md beside it."""

import os
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.output_parsers import StrOutputParser
from openinference.instrumentation.langchain import LangChainInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider(resource=Resource.create({"service.name": "langchain-rag"}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(
    endpoint=f"{os.environ['TOUCHSTONE']}/v1/traces", headers={"x-api-key": os.environ["TOUCHSTONE_KEY"]})))
LangChainInstrumentor().instrument(tracer_provider=provider)

class Kb(BaseRetriever):
    def _get_relevant_documents(self, query, *, run_manager):
        return [Document(page_content="退货须在收到商品后30天内提出。", metadata={"source": "手册"}),
                Document(page_content="Refunds are paid within five days.", metadata={})]

prompt = ChatPromptTemplate.from_template("Context: {context}\nQuestion: {question}")
chain = ({"context": Kb(), "question": RunnablePassthrough()} | prompt
         | FakeListChatModel(responses=["退货须在30天内提出。"]) | StrOutputParser())
print(chain.invoke("几天内可以退货？"))
