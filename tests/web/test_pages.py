"""Every page as HTML: what all of them have, and what each must say."""

import re

import pytest
from flask import Flask
from lxml import html
from lxml.html import HtmlElement

from tests.web import samples
from tests.web.rendering import OUTSIDE, PAGES, render


def tree(web: Flask, name: str, language: str = "nl") -> HtmlElement:
    return html.document_fromstring(render(web, name, language=language))


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_a_way_past_the_menu_and_no_inline_style_or_script(web: Flask, name: str) -> None:
    page = tree(web, name)
    assert len(page.findall(".//h1")) == 1
    assert page.get("lang") == "nl"
    assert page.find(".//a[@class='skip']").get("href") == "#inhoud"
    assert page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//form[@method='post'][not(.//input[@name='csrf_token'])]") == []


@pytest.mark.parametrize("name", PAGES)
def test_the_title_tells_nothing_of_a_case(web: Flask, name: str) -> None:
    title = tree(web, name).findtext(".//title")
    assert title.endswith("| Veilige Route")
    assert not re.search(r"20\d\d|Besluit|Linde|Sanne|klacht", title, re.IGNORECASE)


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_labels_and_descriptions_point_to_them(web: Flask, name: str) -> None:
    page = tree(web, name)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    pointed = [i for value in page.xpath("//@for | //@aria-describedby | //@aria-labelledby") for i in value.split()]
    pointed += [href[1:] for href in page.xpath("//a/@href[starts-with(., '#')]")]
    assert set(pointed) <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_the_english_page_speaks_english(web: Flask, name: str) -> None:
    page = tree(web, name, "en")
    assert page.get("lang") == "en"
    assert text(page.find(".//a[@class='skip']")) == "To the content"


def test_the_inbox_groups_tasks_and_the_title_is_the_link(web: Flask) -> None:
    page = tree(web, "inbox")
    assert [text(h) for h in page.findall(".//section/h2")] == ["Te laat", "Vandaag", "Komende week", "Later"]
    first = page.find(".//li[@class='row']")
    assert text(first).startswith("3 dagen te laat ma 16 nov Vraag naar de afspraak afspraak 2026-M3XD")
    assert first.find("a").get("href") == f"/taken/{samples.some_id(0)}?van=mine"
    assert "99+" in text(page.find(".//nav[@class='tabs']"))


def test_an_unclaimed_task_can_be_taken_from_the_list(web: Flask) -> None:
    page = tree(web, "inbox-group")
    forms = page.xpath("//li//form")
    assert [form.get("action") for form in forms] == [f"/taken/{samples.some_id(3)}/oppakken?van=group"]
    assert "Kemal Aydin" in text(page.xpath("//li")[-1])


def test_an_empty_inbox_says_what_comes_next(web: Flask) -> None:
    page = tree(web, "inbox-empty")
    assert "De eerstvolgende termijn is donderdag 3 december. In je groep staan 4 taken" in text(page)


def test_a_task_shows_instruction_source_form_and_what_follows(web: Flask) -> None:
    page = tree(web, "task")
    said = text(page)
    assert "Nog 5 dagen: uiterlijk dinsdag 24 november" in said
    assert "WPO art. 14 lid 7. Regels van de checklist: 59, 132." in said
    assert "Alleen Marijke de Vries en Kemal Aydin kunnen dit lezen. Elke keer openen wordt vastgelegd." in said
    assert "Het bevoegd gezag krijgt de taak ‘Voer de maatregelen uit’." in said
    assert "Vink niemand aan die zelf bij de zaak betrokken is." in said
    assert page.xpath("//input[@name='veld-takes_measures'][@checked]/@value") == ["ja"]
    assert page.xpath("//input[@name='veld-complainant_told_on']/@value") == ["18-11-2026"]
    assert len(page.xpath("//button[@class='button primary']")) == 1


def test_the_first_button_of_a_task_keeps_and_never_completes(web: Flask) -> None:
    form = tree(web, "task").xpath("//form[@data-draft]")[0]
    assert form.xpath(".//button/@formaction")[0].endswith("/concept")


def test_errors_stand_above_the_title_and_at_the_field(web: Flask) -> None:
    page = tree(web, "task-errors")
    order = page.xpath("//h1 | //div[@class='summary']")
    assert [element.tag for element in order] == ["div", "h1"]
    links = page.xpath("//div[@class='summary']//a/@href")
    assert links == ["#veld-shares_judgment", "#veld-complainant_told_on", "#veld-decision", "#behandelaar-school_leader"]
    box = page.get_element_by_id("veld-complainant_told_on")
    assert box.get("aria-invalid") == "true"
    assert box.get("value") == "18-11-2026"


def test_a_case_shows_steps_terms_file_and_drawing(web: Flask) -> None:
    page = tree(web, "case")
    said = text(page)
    assert "Marijke de Vries: Besluit over het advies nog 5 dagen, 24 nov" in said
    assert "Wacht op do 3 dec: Afgesproken dag" in said
    assert "1 procedure is klaar" in said
    assert "Besluit over het advies t/m 24 nov Nu, bevoegd gezag nog 5 dagen" in said
    assert "Alleen Marijke de Vries en Kemal Aydin kunnen het openen. Elke keer openen wordt vastgelegd." in said
    assert page.xpath("//@data-diagram-src") == [f"/zaken/2026-7KQ4/{samples.some_id(30)}/formal.bpmn"]
    assert page.xpath("//li[@aria-current='step']//a/@href") == [f"/taken/{samples.some_id(9)}"]


def test_history_is_told_in_sentences(web: Flask) -> None:
    lines = [text(line) for line in tree(web, "case-history").xpath("//ol[@class='history']/li")]
    assert lines == [
        "18 juni 2026 om 11.00 uur De taak is afgerond: Noteer de verzending. Sanne Bakker",
        "27 oktober 2026 om 10.00 uur De termijn is begonnen: Besluit. De laatste dag is 24 november 2026.",
        "vandaag om 14.20 uur Het dossier van het bevoegd gezag is gelezen. Kemal Aydin",
    ]


def test_what_people_wrote_is_text_and_never_markup(web: Flask) -> None:
    page = tree(web, "file")
    assert page.xpath("//dd/b") == []
    assert "Tweede <b>regel</b>." in text(page)


def test_strangers_get_no_menu(web: Flask) -> None:
    for name in OUTSIDE:
        assert tree(web, name).xpath("//nav") == []
