"""Community: units (房屋), households (户), residencies (居住), tenures (权属), bodies.

Bodies are the committee (居委会) and the residents' representatives (居民代表). Below: identity.
"""
