"""A fourth kind of list, as docs/extending.md tells how to add one: comments on customers, one in each row."""
