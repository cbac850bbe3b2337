"""`python -m backend.cli` is `linli`."""

from backend.cli.main import main

main()
