"""Places: the administrative tree (市, 区, 街镇, 社区), by official or local code.

Below: core. Above: everybody asks here what a place is called and what lies below it.
"""
