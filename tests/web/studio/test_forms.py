"""Forms of a draft: who may see them, how they are previewed, and what is refused with which words."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from app.demo.play import Player
from app.domain.roles import Role
from app.services.studio import checking, desks, drafts, forms
from app.services.views.studio import Desk
from app.services.views.studio_forms import FormPage
from app.web.fields import lay_out
from app.web.form_preview import Preview, previewed
from tests.web.forms import token
from tests.web.matrix import asked, enter, rows_of
from tests.web.studio.forms_table import COLUMNS, TABLE
from tests.world import ROOT

KEY, FORM = "committee", "board_response"
LIST, PAGE = f"/studio/{KEY}/formulieren", f"/studio/{KEY}/formulier/{FORM}"
PREVIEW = f"{PAGE}/voorbeeld"
ROWS = rows_of(TABLE)
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def begun(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


def content(player: Player, form_id: str = FORM) -> bytes:
    return drafts.read(player.app, player.actor("piet"), KEY).files[forms.file_of(form_id)]


def changed(player: Player, edit: Edit) -> str:
    """The form as somebody has it on the screen after an edit; nothing is saved."""
    form = json.loads(content(player))
    edit(form)
    return json.dumps(form)


def tried(client: FlaskClient, address: str = PREVIEW, **typed: str) -> tuple[int, str]:
    answer = client.post(address, data={"csrf_token": token(client, "/profiel"), **typed})
    return answer.status_code, str(answer.text)


def rendered(desk: Desk, page: FormPage, shown: Preview | None) -> str:
    assert shown is not None
    sections = lay_out(shown.form, shown.facts)
    return render_template("studio/_form_preview.html", desk=desk, form_page=page, page=shown, sections=sections, tried=False)


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, begun: Player, column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in ROWS:
            told, _ = asked(browser, row, row.address(site, {"key": KEY, "form_id": FORM}), part)
            assert told == row.expected(place, part), (part, row)


def test_every_form_of_the_product_is_shown_as_users_will_see_it(site: Flask, begun: Player) -> None:
    app, piet, shown = begun.app, begun.actor("piet"), 0
    for key in (line.key for line in desks.procedures(app, piet)):
        drafts.begin(app, piet, key)
        desk = desks.desk(app, piet, key)
        for line in forms.listed(app, piet, key).lines:
            page = FormPage(line.form_id, "", b"", line.tasks[0], line.form, (), (), frozenset(Role), {})
            with site.test_request_context():
                text = rendered(desk, page, previewed(page, {}, {}, app.clock()))
            assert line.form is not None, line.form_id
            assert line.form.fields[0].shown_when is not None or f"veld-{line.form.fields[0].key}" in text, line.form_id
            shown += 1
    assert shown == len(list((ROOT / "forms").glob("*/*.form")))


def test_the_list_says_which_task_uses_a_form_and_what_it_writes(site: Flask, begun: Player) -> None:
    row = re.search(r"<tr>(?:(?!</tr>).)*Besluit over het advies.*?</tr>", enter(site, "marijke")[0].get(LIST).text, re.DOTALL)
    assert row is not None
    assert all(words in row[0] for words in ("bevoegd gezag", "waarvan 2 vertrouwelijk", "Dossier van het bevoegd gezag"))


def test_a_board_reads_who_will_read_each_answer(site: Flask, begun: Player) -> None:
    page = enter(site, "marijke")[0].get(PAGE).text
    rows = dict(re.findall(r'<th scope="row"[^>]*>([^<]+)<br>.*?Wie het leest">([^<]+)<', page, re.DOTALL))
    assert "data-form-editor" not in page
    assert rows["Wat is het besluit en waarom?"] == "het bevoegd gezag"
    assert rows["Welke maatregel is het belangrijkst?"] == "niemand; het telt alleen mee"


def test_the_editor_offers_only_what_the_lane_may_write_to(site: Flask, begun: Player) -> None:
    page = enter(site, "piet")[0].get(PAGE).text
    found = re.search(r'data-form-editor="([^"]+)"', page)
    assert found is not None
    given = json.loads(found[1].replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&"))
    assert [one["value"] for one in given["files"]] == ["board_file", "meldcode_file"]
    assert set(given["kinds"]) == {"radio", "select", "datetime", "number", "textarea", "textfield", "group"}


def test_answers_are_checked_as_users_will_meet_it_and_kept_nowhere(site: Flask, begun: Player) -> None:
    client = enter(site, "piet")[0]
    before = drafts.read(begun.app, begun.actor("piet"), KEY).sha256
    wrong = {"veld-takes_measures": "ja", "veld-complainant_told_on": "morgen", "veld-reasoned_decision": "Wij vinden dit."}
    status, text = tried(client, controleer="1", **wrong)
    assert status == 422
    for words in (
        "De taak is nog niet afgerond",
        "Vul een datum in zoals 18-11-2026.",
        "Alleen het bevoegd gezag kan dit lezen.",
    ):
        assert words in text
    assert "Wij vinden dit." in text
    right = {"veld-shares_judgment": "ja", "veld-takes_measures": "nee", "veld-complainant_told_on": "07-09-2026"}
    status, text = tried(client, controleer="1", **right, **{"veld-committee_told_on": "07-09-2026"})
    assert (status, "Zo kan iemand de taak afronden." in text) == (200, True)
    assert drafts.read(begun.app, begun.actor("piet"), KEY).sha256 == before


def test_what_is_not_saved_yet_is_shown_too(site: Flask, begun: Player) -> None:
    def other_words(form: dict[str, Any]) -> None:
        form["components"][0]["components"][1]["label"] = "Doe je er iets aan?"

    status, text = tried(enter(site, "piet")[0], inhoud=changed(begun, other_words))
    assert (status, "Doe je er iets aan?" in text, "Neem je maatregelen?" in text) == (200, True, False)


def test_facts_of_earlier_steps_are_chosen(site: Flask, begun: Player) -> None:
    client, address = enter(site, "piet")[0], f"/studio/{KEY}/formulier/letter_sent/voorbeeld"
    form = forms.form(begun.app, begun.actor("piet"), KEY, "letter_sent").form
    assert form is not None
    sealed = next(field.key for field in form.fields if field.sealed)
    assert f'name="veld-{sealed}"' in client.get(address).text
    assert f'name="veld-{sealed}"' not in tried(client, address, **{"bekend-file_consent": "nee"})[1]


def test_what_is_no_form_is_refused_with_a_sentence(site: Flask, begun: Player) -> None:
    client = enter(site, "piet")[0]
    for broken in ("{", "[]", "null", "[" * 5000, '{"components": 3}', "<form/>", '{"components": [{"type": "html"}]}'):
        status, text = tried(client, inhoud=broken)
        assert status == 422, broken
        assert "Dit formulier kan nog niet getoond worden" in text, broken
        assert "formuliereditor" in text or "Sla het formulier opnieuw op in de editor." in text, broken


def test_a_text_that_would_be_a_fact_is_said_at_its_question(site: Flask, begun: Player) -> None:
    def exposed(form: dict[str, Any]) -> None:
        form["components"][2]["components"][0]["properties"] = {"store": "fact", "audience": "case"}

    client = enter(site, "piet")[0]
    body = {"file": forms.file_of(FORM), "content": changed(begun, exposed)}
    told = client.post(f"/studio/{KEY}/bevindingen", json=body, headers={"X-CSRFToken": token(client, "/profiel")}).get_json()
    assert ("reasoned_decision", "fact_text") in {(one["element"], one["code"]) for one in told["findings"]}


def test_a_task_without_a_form_is_given_one(site: Flask, begun: Player) -> None:
    piet, client = begun.actor("piet"), enter(site, "piet")[0]
    drafts.remove(begun.app, piet, KEY, forms.file_of(FORM), number=0)
    assert "Taken zonder formulier" in client.get(LIST).text
    made = client.post(LIST, data={"csrf_token": token(client, "/profiel"), "taak": FORM})
    assert (made.status_code, made.location) == (302, PAGE)
    assert "Is dit gedaan?" in client.get(PREVIEW).text
    assert client.post(LIST, data={"csrf_token": token(client, "/profiel"), "taak": FORM}).status_code == 409


def test_a_form_that_no_task_uses_goes_and_comes_back(site: Flask, begun: Player) -> None:
    piet, client = begun.actor("piet"), enter(site, "piet")[0]
    main = drafts.read(begun.app, piet, KEY).draft_files[f"{KEY}/response.bpmn"]
    without = main.content.replace(f'formRef="{FORM}"'.encode(), b'formRef="other_form"')
    drafts.save(begun.app, piet, KEY, main.name, without, number=0)
    assert "Haal dit formulier weg" in client.get(LIST).text
    csrf, away = token(client, "/profiel"), f"{PAGE}/weg"
    gone = client.post(away, data={"csrf_token": csrf}, follow_redirects=True).text
    assert "Het formulier is weggehaald." in gone
    assert ("Weggehaalde formulieren" in gone, PAGE in gone) == (True, False)
    assert not [one for one in checking.findings(begun.app, piet, KEY) if one.file == forms.file_of(FORM)]
    client.post(f"/studio/{KEY}/terugzetten", data={"csrf_token": csrf, "bestand": forms.file_of(FORM)})
    assert drafts.saves(begun.app, piet, KEY, forms.file_of(FORM))[0].number == 2
    assert PAGE in client.get(LIST).text
