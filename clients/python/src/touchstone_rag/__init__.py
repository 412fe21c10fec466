"""Score the answers of RAG systems with a Touchstone server.

>>> from touchstone_rag import Touchstone
>>> touchstone = Touchstone()  # TOUCHSTONE_URL, TOUCHSTONE_KEY
>>> score = touchstone.score(question="…", answer="…", contexts=["…"])
>>> score["faithfulness"]
"""

from .client import Touchstone
from .errors import ScoringFailed, TouchstoneError
from .results import Experiment, Gate, Job
from .verify import Verification

__all__ = ["Experiment", "Gate", "Job", "ScoringFailed", "Touchstone", "TouchstoneError", "Verification"]
