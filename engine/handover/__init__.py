"""Documents and partners in, files for an accounting package out; and what that package answers."""
