"""What one cell or one number means."""
