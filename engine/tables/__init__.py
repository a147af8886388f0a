"""A sheet -> an understood table, whatever it lists."""
