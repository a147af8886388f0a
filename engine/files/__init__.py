"""Bytes -> sheets. The limits on what is read, and what is answered to a file that cannot be read, are here too."""
