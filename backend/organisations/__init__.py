"""Organisations (社会组织, 社工机构): who they are and who works for them."""
