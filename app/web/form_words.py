"""What the form editor says: kinds of question, what each choice means, and its buttons; one source for page and script."""

from flask_babel import lazy_gettext as _

from app.domain.facts import Audience
from app.domain.forms import Party, When

KINDS = {
    "radio": _("Keuze"),
    "select": _("Keuze uit een lijst"),
    "datetime": _("Datum"),
    "number": _("Getal"),
    "textarea": _("Tekst"),
    "textfield": _("Tekst op één regel"),
    "group": _("Onderdeel met een kop"),
}
STORES = {
    "fact": (
        _("Procesgegeven"),
        _("Een keuze, datum of getal. De tekening mag het lezen en er de weg mee kiezen. De server kan het lezen."),
    ),
    "sealed": (
        _("Vertrouwelijk"),
        _("Altijd tekst. Die gaat versleuteld een dossier in. De tekening leest haar niet. Elke keer openen wordt vastgelegd."),
    ),
}
ONE_WAY = _("Een vraag die ooit vertrouwelijk was, kan nooit een procesgegeven worden. Maak dan een nieuwe vraag.")
AUDIENCES = {
    Audience.OWN: (_("Wie deze stap behandelt"), _("Kies dit, tenzij anderen in de zaak het echt nodig hebben.")),
    Audience.CASE: (_("Iedereen die deze zaak behandelt"), _("Ook anderen in deze procedure zien het antwoord bij de zaak.")),
    Audience.STATISTIC: (_("Alleen in cijfers"), _("Niemand ziet het bij een zaak. Het telt mee in het jaarverslag.")),
}
PARTIES = {
    None: _("Geen naam van een betrokkene"),
    Party.COMPLAINANT: _("De klager"),
    Party.ACCUSED: _("De aangeklaagde"),
    Party.SUPPORT: _("Wie de klager steunt"),
}
PARTY_MEANS = _("De laatste tekst staat bij de betrokkenen van de zaak, voor wie dit dossier mag openen.")
WHENS = {
    When.ANY: _("Mag voorbij zijn of nog komen"),
    When.PAST: _("Vandaag of eerder"),
    When.FUTURE: _("Na vandaag"),
}
#: What a new question begins with. It stands in the form, which is Dutch in every language.
BEGINNINGS = {
    "new_question": "Nieuwe vraag",
    "new_group": "Nieuw onderdeel",
    "yes": "Ja",
    "no": "Nee",
    "time_label": "Hoe laat?",
}
WORDS = {
    "no_label": _("(nog zonder opschrift)"),
    "may_be_empty": _("(mag leeg blijven)"),
    "sometimes_required": _("(soms verplicht)"),
    "depends": _("Niet altijd gevraagd"),
    "static_text": _("Losse tekst: gebruikers zien dit niet. Zet uitleg bij een vraag."),
    "foreign": _("Dit onderdeel kan hier niet draaien. Haal het weg."),
    "no_file": _("Niemand: deze rol schrijft in geen dossier. Kies een procesgegeven."),
    "no_store": _("Niemand, zolang je niets kiest."),
    "empty": _("Sleep hier een vraag naartoe."),
    "nothing_chosen": _("Kies links een vraag om haar in te stellen, of voeg er een toe."),
    "kind": _("Soort vraag"),
    "label": _("Opschrift"),
    "description": _("Uitleg eronder"),
    "key": _("Korte naam"),
    "key_means": _("Zo leest de tekening het antwoord: Engels, kleine letters, cijfers en _. Gebruikers zien dit niet."),
    "key_twice": _("Deze korte naam is er al in dit formulier. Kies een andere."),
    "key_wrong": _("Begin met een kleine letter, en gebruik kleine letters, cijfers en _."),
    "answers": _("Antwoorden"),
    "answer": _("Antwoord"),
    "code": _("Korte naam"),
    "add_answer": _("Antwoord erbij"),
    "with_time": _("Vraag ook hoe laat"),
    "minimum": _("Kleinste getal"),
    "maximum": _("Grootste getal"),
    "max_length": _("Hoogstens zoveel tekens"),
    "when": _("Welke dagen kunnen"),
    "required": _("Moet dit ingevuld worden?"),
    "required_yes": _("Ja"),
    "required_no": _("Nee, het mag leeg blijven"),
    "required_if": _("Alleen als …"),
    "reading": _("Wie leest het antwoord?"),
    "audience": _("Wie ziet het"),
    "file": _("In welk dossier"),
    "file_first": _("Zoals de rol van deze taak: {file}"),
    "party": _("Gaat het om een naam?"),
    "becomes_text": _("Kies je vertrouwelijk, dan wordt dit een tekstvraag en vervallen de antwoorden."),
    "becomes_choice": _("Kies je procesgegeven, dan wordt dit een keuze tussen ja en nee."),
    "also_shared": _("De tekening deelt deze tekst ook met:"),
    "asking": _("Wanneer vragen we dit?"),
    "always": _("Altijd"),
    "only_if": _("Alleen als …"),
    "formula": _("Volgens een formule"),
    "formula_hides": _('De vraag is verborgen als dit klopt, bijvoorbeeld =contact_made = "nee".'),
    "formula_requires": _('De vraag is verplicht als dit klopt, bijvoorbeeld =contact_made = "ja".'),
    "of_question": _("Vraag"),
    "is_or_not": _("Is of is niet"),
    "is": _("is"),
    "is_not": _("is niet"),
    "of_answer": _("Antwoord"),
    "empty_answer": _("niet ingevuld"),
    "here": _("In dit formulier"),
    "before": _("In andere formulieren"),
    "consent": _("Teksten voor het dossier van de vertrouwenspersoon vragen we alleen als de klager met een dossier instemt."),
    "up": _("Omhoog"),
    "down": _("Omlaag"),
    "remove": _("Haal weg"),
    "saved": _("Bewaard om {}."),
    "unsaved": _("Nog niet bewaard."),
    "waits": _("Nog niet bewaard: kies eerst hieronder."),
    "conflict": _("{who} bewaarde dit formulier om {when}, terwijl jij het open had. Jouw versie staat er nog, onbewaard."),
    "conflict_differs": _("Anders dan bij jou:"),
    "conflict_same": _("De vragen zijn dezelfde; alleen de instellingen verschillen."),
    "take_theirs": _("Ga verder met die versie"),
    "keep_mine": _("Bewaar mijn versie erover"),
    "no_findings": _("Geen bevindingen. Dit formulier kan zo."),
    "cannot_open": _("Dit formulier kan niet open in de editor. Bij de bevindingen staat wat eraan schort."),
    "preview_failed": _("Het voorbeeld laden lukt nu niet."),
}
