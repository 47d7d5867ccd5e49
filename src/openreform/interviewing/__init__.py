"""The guided interview: its questions, which of them is next, and what an answer becomes in the text of a document."""
