"""A published report becomes the Document that we compile from: text, PDF, Word, web pages."""
