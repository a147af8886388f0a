"""What every kind of list asks of the books: who a partner is, what guards against a wrong list."""
