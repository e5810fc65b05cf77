"""Reads a form-js file into a Form: a white-list of static fields, everything else refused with a finding."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from app.domain.expressions import NAME, RESERVED, Expression, ExpressionError, FactKind, parse
from app.domain.facts import Audience, FactType
from app.domain.forms import Field, Form, Option, Party, When
from app.domain.procedure import Finding
from app.domain.roles import FileKind

MAX_FIELDS: Final = 60
#: Of one form; whoever mends these hears of the rest.
_MOST_FINDINGS: Final = 200
MAX_LABEL: Final = 300
MAX_TEXT: Final = 20_000
_LINE: Final = 300

_FACT_TYPES: Final = {"radio": FactType.ENUM, "select": FactType.ENUM, "number": FactType.NUMBER}
_TEXT_TYPES: Final = ("textarea", "textfield")
_COMMON: Final = frozenset(
    {"type", "id", "layout", "label", "key", "description", "conditional", "properties", "validate", "values"}
)
_LOOKS: Final = frozenset({"appearance", "dateLabel", "timeLabel", "subtype", "use24h", "timeInterval", "timeSerializingFormat"})
_NUMBERS: Final = frozenset({"increment", "serializeToString", "decimalDigits"})
_KNOWN: Final = _COMMON | _LOOKS | _NUMBERS
_RULES: Final = frozenset({"required", "min", "max", "maxLength"})
_PROPERTIES: Final = frozenset({"store", "file", "audience", "when", "requiredWhen", "party"})
_FORM: Final = frozenset(
    {"components", "type", "id", "schemaVersion", "exporter", "executionPlatform", "executionPlatformVersion"}
)

_Code = TypeVar("_Code", bound=StrEnum)
_Object = Mapping[str, object]


def read_form(source: _Object, name: str) -> tuple[Form | None, list[Finding]]:
    """The form in parsed form-js JSON, or None with findings; `name` is the file that findings point to.

    Conditions become bare JUEL text; `shown_when` is the negation of form-js's `hide`. `Field.file` stays None where the form
    names no file: it then follows the lane of the task.
    """
    reader = _Reader(name)
    reader.top(source)
    for component in reader.components(source, name):
        reader.component(component, section="", hidden=None)
    reader.order()
    if not reader.fields and not reader.findings:
        reader.report(name, "form_empty", "Dit formulier heeft geen vragen. Voeg er een toe.")
    if reader.findings:
        return None, reader.findings
    return Form(id=str(source["id"]), fields=tuple(reader.fields)), []


@dataclass(slots=True)
class _Reader:
    name: str
    fields: list[Field] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, key: str, code: str, text: str, label: str = "") -> None:
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(Finding(file=self.name, element_id=key, element_name=label, code=code, text=text))

    def top(self, source: _Object) -> None:
        form_id = source.get("id")
        if not (isinstance(form_id, str) and NAME.fullmatch(form_id)):
            self.report(
                str(form_id), "form_id", "De id van dit formulier klopt niet. Gebruik de id van de taak, in kleine letters en _."
            )
        if source.get("type") != "default" or not isinstance(source.get("schemaVersion"), int):
            self.report(str(form_id), "form_kind", "Dit is geen formulier van form-js. Maak het met de formuliereditor.")
        for setting in sorted(source.keys() - _FORM):
            self.report(str(form_id), "form_setting", f"De instelling {setting} van het formulier kennen we niet. Haal haar weg.")

    def components(self, source: _Object, key: str) -> Iterator[_Object]:
        found = source.get("components")
        if not isinstance(found, Sequence) or isinstance(found, str):
            self.report(key, "form_kind", "Hier hoort een lijst met vragen te staan. Maak het formulier met de formuliereditor.")
            return
        for component in found:
            if isinstance(component, Mapping):
                yield component
            else:
                self.report(key, "form_kind", "Dit onderdeel is geen vraag. Haal het weg.")

    def component(self, component: _Object, *, section: str, hidden: Expression | None) -> None:
        kind = str(component.get("type"))
        key = str(component.get("key") or component.get("id") or kind)
        if kind == "group":
            self._group(component, key, section)
        elif kind == "text":
            self._static(component.get("text"), key, MAX_TEXT)
        elif kind in _FACT_TYPES or kind in _TEXT_TYPES or kind == "datetime":
            self._question(component, key, section=section, hidden=hidden)
        else:
            self.report(
                key,
                "component_type",
                f"Het onderdeel {kind} mag niet in een formulier. Gebruik een keuze, datum, getal of tekst.",
            )

    def _group(self, component: _Object, key: str, section: str) -> None:
        if section:
            self.report(key, "group_nested", "Een groep in een groep kan niet. Zet de groepen onder elkaar.")
            return
        if component.get("path"):
            self.report(key, "component_setting", "Een groep met een pad kan niet. Maak het pad leeg.")
        label = self._label(component.get("label"), key)
        hidden = self._hidden(component, key)
        for part in self.components(component, key):
            self.component(part, section=label or key, hidden=hidden)

    def _question(self, component: _Object, key: str, *, section: str, hidden: Expression | None) -> None:
        self._check_key(key, component)
        before = len(self.findings)
        for setting in sorted(component.keys() - _KNOWN):
            self.report(key, "component_setting", f"De instelling {setting} mag niet. Haal haar weg: een vraag staat vast.")
        if component.get("decimalDigits") not in (None, 0):
            self.report(key, "number", "Een getal is een geheel getal. Zet decimalDigits op 0.")
        properties = self._mapping(component, "properties", key, _PROPERTIES)
        rules = self._mapping(component, "validate", key, _RULES)
        fact = self._type(component, properties, key)
        own = self._hidden(component, key)
        hides = [one for one in (hidden, own) if one is not None]
        question = Field(
            key=key,
            label=self._label(component.get("label") or component.get("dateLabel"), key),
            type=fact,
            description=self._static(component.get("description"), key, 2 * MAX_LABEL),
            required=rules.get("required") is True,
            required_when=self._required_when(properties, key),
            shown_when=_shown(hides),
            options=self._options(component, key) if fact is FactType.ENUM else (),
            when=self._code(When, properties, "when", key) or When.ANY,
            minimum=self._whole(rules, "min", key),
            maximum=self._whole(rules, "max", key),
            audience=self._code(Audience, properties, "audience", key) or Audience.OWN,
            file=self._code(FileKind, properties, "file", key),
            party=self._code(Party, properties, "party", key),
            max_length=self._length(component, rules, key),
            section=section,
        )
        self._fits(question, properties)
        if len(self.findings) == before:
            self.fields.append(question)

    def _check_key(self, key: str, component: _Object) -> None:
        if not NAME.fullmatch(key) or key in RESERVED or key.endswith("__time") or not component.get("key"):
            self.report(key, "field_key", f"De korte naam {key} klopt niet. Gebruik Engelse kleine letters, cijfers en _.")
        if any(known.key == key for known in self.fields):
            self.report(
                key, "field_twice", f"De korte naam {key} staat twee keer in dit formulier. Geef elke vraag een eigen korte naam."
            )
        if len(self.fields) >= MAX_FIELDS:
            self.report(key, "form_long", f"Dit formulier heeft meer dan {MAX_FIELDS} vragen. Verdeel het over twee taken.")

    def _mapping(self, component: _Object, name: str, key: str, known: frozenset[str]) -> _Object:
        found = component.get(name, {})
        if not isinstance(found, Mapping):
            self.report(key, "component_setting", f"De instelling {name} klopt niet. Vul haar in met de formuliereditor.")
            return {}
        for setting in sorted(found.keys() - known):
            self.report(key, "component_setting", f"De instelling {name}.{setting} mag niet. Haal haar weg.")
        return found

    def _type(self, component: _Object, properties: _Object, key: str) -> FactType | None:
        kind, store = component["type"], properties.get("store", "sealed")
        if store not in ("fact", "sealed"):
            self.report(key, "store", f"store is {store}. Kies fact (procesgegeven) of sealed (afgesloten tekst).")
        if kind in _TEXT_TYPES:
            if store == "fact":
                self.report(
                    key,
                    "fact_text",
                    "Een procesgegeven is nooit tekst. Maak er een keuze van, of sluit de tekst af (store = sealed).",
                )
            return None
        if store == "sealed":
            self.report(key, "sealed_type", "Afgesloten is altijd tekst. Zet store op fact, of gebruik een tekstveld.")
        if kind == "datetime":
            return self._moment(component, key)
        return _FACT_TYPES[str(kind)]

    def _moment(self, component: _Object, key: str) -> FactType:
        subtype = component.get("subtype", "date")
        if subtype not in ("date", "datetime"):
            self.report(key, "component_type", "Een tijd zonder datum kan niet. Kies datum, of datum en tijd.")
        return FactType.DATE if subtype == "date" else FactType.MOMENT

    def _hidden(self, component: _Object, key: str) -> Expression | None:
        conditional = self._mapping(component, "conditional", key, frozenset({"hide"}))
        text = conditional.get("hide")
        return self._condition(text, key) if text not in (None, "") else None

    def _required_when(self, properties: _Object, key: str) -> str | None:
        text = properties.get("requiredWhen")
        found = self._condition(text, key) if text not in (None, "") else None
        return None if found is None else str(found)

    def _condition(self, text: object, key: str) -> Expression | None:
        try:
            return parse(text if isinstance(text, str) else "")
        except ExpressionError as error:
            self.report(key, "condition_outside", error.text)
            return None

    def _options(self, component: _Object, key: str) -> tuple[Option, ...]:
        found = component.get("values")
        listed = found if isinstance(found, Sequence) and not isinstance(found, str) else ()
        options = tuple(
            Option(value=str(one.get("value")), label=self._label(one.get("label"), key))
            for one in listed
            if isinstance(one, Mapping)
        )
        codes = [option.value for option in options]
        if len(options) < 2 or len(options) != len(listed) or len(set(codes)) != len(codes):  # noqa: PLR2004  # a choice has two sides
            self.report(key, "options", "Een keuze heeft twee of meer verschillende antwoorden. Vul de lijst aan.")
        for code in codes:
            if not NAME.fullmatch(f"v{code}"):
                self.report(key, "options", f"De code {code} klopt niet. Gebruik kleine letters, cijfers en _.")
        return options

    def _code(self, codes: type[_Code], properties: _Object, name: str, key: str) -> _Code | None:
        text = properties.get(name)
        if text in (None, ""):
            return None
        known = [code.value for code in codes]
        if text not in known:
            self.report(key, name, f"{name} is {text}. Kies uit: {', '.join(known)}.")
            return None
        return codes(text)

    def _whole(self, rules: _Object, name: str, key: str) -> int | None:
        value = rules.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.report(key, "number", f"{name} is geen geheel getal. Vul een geheel getal in.")
        return None

    def _length(self, component: _Object, rules: _Object, key: str) -> int:
        length = self._whole(rules, "maxLength", key) or (_LINE if component["type"] == "textfield" else MAX_TEXT)
        if not 0 < length <= MAX_TEXT:
            self.report(key, "number", f"maxLength ligt tussen 1 en {MAX_TEXT}. Kies een ander getal.")
        return length

    def _label(self, text: object, key: str) -> str:
        label = self._static(text, key, MAX_LABEL)
        if not label:
            self.report(key, "label_missing", "Hier ontbreekt een opschrift. Schrijf in gewone woorden wat je vraagt.")
        return label

    def _static(self, text: object, key: str, longest: int) -> str:
        if text is None:
            return ""
        if not isinstance(text, str) or len(text) > longest:
            self.report(key, "text_long", f"Deze tekst is te lang. Gebruik hoogstens {longest} tekens.")
            return ""
        if "<" in text or "{{" in text or text.startswith("="):
            self.report(
                key, "text_dynamic", "Deze tekst bevat html of een formule. Schrijf gewone tekst zonder <, {{ of = aan het begin."
            )
        return text.strip()

    def _fits(self, question: Field, properties: _Object) -> None:
        _Fit(question, properties, self.fields, lambda code, text: self.report(question.key, code, text, question.label)).check()

    def order(self) -> None:
        """A condition reads earlier facts: one of a later question, or its own, would hold an old answer."""
        keys = [question.key for question in self.fields]
        for at, question in enumerate(self.fields):
            texts = [text for text in (question.shown_when, question.required_when) if text is not None]
            names = {name for text in texts for name in parse(text).names()}
            for late in sorted(names & set(keys[at:])):
                text = f"Deze vraag hangt af van {late}, maar die komt pas later. Zet {late} ervoor."
                self.report(question.key, "condition_order", text, question.label)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Whether the settings of one question go together, and its conditions read earlier facts only."""

    question: Field
    properties: _Object
    earlier: Sequence[Field]
    report: Callable[[str, str], None]

    def check(self) -> None:
        one = self.question
        self._stored()
        if one.when is not When.ANY and one.type not in (FactType.DATE, FactType.MOMENT):
            self.report("when", "Alleen een datum of moment ligt in het verleden of de toekomst. Haal when weg.")
        if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
            self.report("number", "Het kleinste getal is groter dan het grootste. Draai min en max om.")
        if one.required and one.required_when is not None:
            self.report("required", "Deze vraag is altijd verplicht. Haal requiredWhen weg, of maak haar niet altijd verplicht.")
        for text in (one.shown_when, one.required_when):
            if text is not None:
                self._reads(parse(text))

    def _stored(self) -> None:
        one = self.question
        if one.sealed and ("audience" in self.properties or "when" in self.properties):
            self.report("sealed_setting", "Wie afgesloten tekst leest, volgt uit het dossier. Haal audience en when weg.")
        if not one.sealed and one.file is not None:
            self.report("fact_file", "Een procesgegeven gaat niet naar een dossier. Haal file weg.")
        if not one.sealed and one.party is not None:
            self.report("party", "Wie een betrokkene is, staat in afgesloten tekst. Haal party weg, of gebruik een tekstveld.")

    def _reads(self, condition: Expression) -> None:
        if condition.names() & {known.key for known in self.earlier if known.sealed}:
            self.report("condition_sealed", "Een voorwaarde leest geen afgesloten tekst. Gebruik een procesgegeven.")
        kinds = {known.key: kind for known in self.earlier if (kind := fact_kind(known)) is not None}
        for comparison in condition.comparisons():
            mismatch = comparison.mismatch(kinds)
            if mismatch is not None:
                self.report("condition_value", mismatch)


def fact_kind(question: Field) -> FactKind | None:
    """What conditions know of the fact that this question sets; None for sealed text."""
    if question.type is None:
        return None
    return FactKind(question.type, frozenset(option.value for option in question.options))


def _shown(hides: Sequence[Expression]) -> str | None:
    if not hides:
        return None
    shown = [one.negated() for one in hides]
    return str(shown[0] if len(shown) == 1 else shown[0].both(shown[1]))
