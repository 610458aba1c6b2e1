"""The checks behind `copbot check`, one subject a file."""
