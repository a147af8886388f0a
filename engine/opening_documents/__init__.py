"""Lists of documents to be created: read, and planned."""
