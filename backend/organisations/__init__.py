"""Organisations (社会组织, 社工机构): who they are and who works for them.

Words: *registered* (登记) an organisation with a unified social credit code (统一社会信用代码);
*filed* (备案) a community organisation that the street keeps on file, as a rule without a code;
*manager* (负责人) whoever acts for the organisation here.

Neighbours: stands on `needs` and below; `projects` and `grants` ask here who works for whom.
"""
