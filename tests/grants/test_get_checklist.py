"""What is to be mended before submission."""

from tests.api import Api, code_of
from tests.grants.scene import Scene, plan
from tests.people import People


async def test_each_finding_says_line_figure_clause_and_how_to_mend_it(
    api: Api, people: People, scene: Scene
) -> None:
    lines = (("activity", 3_000_000), ("materials", 1_400_000), ("management", 600_000))
    draft = await scene.draft(await scene.open_call(), lines=lines)
    path = f"/v1/applications/{draft['id']}/checklist"
    checklist = await api.get(path, who=people.manager)
    assert checklist["is_complete"] is False
    (finding,) = checklist["findings"]
    assert finding["code"] == "share-exceeded"
    assert (finding["line"], finding["amount_fen"], finding["limit_fen"]) == (3, 600_000, 500_000)
    assert finding["basis"] == {
        "parameter": "grants.budget.caps[0]",
        "source": "local",
        "clause": "",
        "zh": "《蜀山区五社联动政策参数》第 1 版“管理费占比上限”（本地参数，原文件未作规定）",
        "en": finding["basis"]["en"],
    }
    assert "NJ-16" in finding["basis"]["en"]
    assert finding["zh"].startswith("第 3 行“管理费”6,000.00 元超过总额的 1/10（上限 5,000.00 元）")


async def test_after_mending_it_is_complete(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call(), lines=(("activity", 5_200_000),))
    path = f"/v1/applications/{draft['id']}"
    (finding,) = (await api.get(f"{path}/checklist", who=people.manager))["findings"]
    assert "改为不超过 50,000.00 元" in finding["zh"]
    await api.put(path, plan((("activity", 5_000_000),)), who=people.manager)
    checklist = await api.get(f"{path}/checklist", who=people.manager)
    assert checklist == {"application_id": draft["id"], "is_complete": True, "findings": []}


async def test_others_do_not_find_it(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    path = f"/v1/applications/{draft['id']}/checklist"
    for someone in (people.eve, people.second_manager, people.street_officer):
        assert code_of(await api.get(path, who=someone, expect=404)) == "not-found"
