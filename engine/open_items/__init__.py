"""Lists of open items: read, matched with documents of the books, and planned."""
