"""`python -m bot` is the same as `copbot`."""

from bot.cli import main

main()
