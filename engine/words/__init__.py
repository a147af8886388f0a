"""What words mean, as data."""
