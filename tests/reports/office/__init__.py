"""What leaves as Word and Excel."""
