"""The one masking renderer: how a person is named in anything that is published.

Surname, `*`, last character; no digit of a phone or ID number, never a full address.
"""


def masked_name(name: str) -> str:
    """A name for publication: 王小明 → 王*明, 王明 → 王*, one character stays hidden."""
    if len(name) < 2:
        return "*"
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}*{name[-1]}"
