"""copbot: a Child Online Protection assistant."""
