"""What all widgets share: how they reach a notebook and a built page, and script and style."""
