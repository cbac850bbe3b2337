"""Grants (微创投): funds (专项基金), calls (征集), applications (申报), scores, awards (立项).

A call pins a policy pack; its caps, panel and rubric come from there. An application is a draft
until it is submitted, and its *findings* (核对结果) say line by line what keeps it from that: the
figure, the clause, and how to mend it. Reviewers of the *panel* (评审组) score; one *award* a call
commits money of the fund and starts the project.

Neighbours: stands on `projects`, `organisations`, `needs`, `policies`, `publications`; knows no
surveys, meetings or volunteers.
"""
