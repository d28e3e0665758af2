"""How an answer is arranged for a reader: screen or file."""
