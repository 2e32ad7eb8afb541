"""Sphinx extensions that make the pages of the book."""
