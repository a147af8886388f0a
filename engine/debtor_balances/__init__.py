"""Lists with one amount per debtor: read, and planned against what the books hold."""
