"""Grants (微创投): funds (专项基金), calls (征集), applications (申报), scores, awards (立项)."""
