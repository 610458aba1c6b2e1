"""How copbot understands a message: one linear model over characters and words."""
