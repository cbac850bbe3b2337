"""Linli (邻里): one package, a folder for each room; see README.md for the drawing of the rooms."""
