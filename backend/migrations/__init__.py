"""The one migration stream; `…_tables.py` is written by Piccolo, the rest by hand."""
