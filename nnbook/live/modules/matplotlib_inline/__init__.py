"""In a page: what the book's style asks of matplotlib-inline."""
