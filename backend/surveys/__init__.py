"""Surveys (问卷): questionnaires as data, one answer a person, results, needs raised from them."""
