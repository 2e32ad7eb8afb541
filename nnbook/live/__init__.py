"""Python in a page: its cells, what they show, and what the reader has answered."""
