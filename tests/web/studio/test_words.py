"""What the modeler says: Dutch for all that its libraries may say where we let them, and templates that other modelers read."""

import json
import re
import subprocess
from pathlib import Path

from app.domain.dialect import TOPICS
from app.mail.texts import NOTICES
from tools.element_templates import PATH, written

ROOT = Path(__file__).parents[3]
MODULES = ROOT / "node_modules"
_VALID = (
    "const {validateAll} = require(process.argv[1]);"
    "console.log(JSON.stringify(validateAll(require(process.argv[2])).results.filter(one => !one.valid)))"
)
#: Words of functions that the modeler does not have: sub-processes, data, FEEL, lists, colours.
_NOT_HERE = re.compile(r"^(HELLO|.*(FEEL|JSON|list item|List contains|pop-up|editor).*|Align elements )", re.IGNORECASE)


def node(*arguments: str) -> str:
    command = [str(ROOT / "tools/node.sh"), "node", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - a command of ours


def test_element_templates_are_made_from_the_table_of_the_dialect() -> None:
    assert PATH.read_text(encoding="utf-8") == written()


def test_other_modelers_read_the_element_templates() -> None:
    validator = MODULES / "@bpmn-io/element-templates-validator/dist/index.cjs"
    assert json.loads(node("-e", _VALID, str(validator), str(PATH))) == []


def test_notices_that_may_be_chosen_have_a_text() -> None:
    notice = next(one for one in TOPICS["notify"].properties if one.name == "notice")
    assert {code for code, _ in notice.choices} <= set(NOTICES)


def test_everything_that_the_libraries_say_has_dutch_words() -> None:
    script = 'import {DUTCH} from "./app/web/assets/js/studio/dutch.js";console.log(JSON.stringify(Object.keys(DUTCH)))'
    dutch = set(json.loads(node("--input-type=module", "-e", script)))
    features = [path for name in ("bpmn-js", "diagram-js") for path in (MODULES / name / "lib/features").rglob("*.js")]
    bundles = [MODULES / f"{name}/dist/index.esm.js" for name in ("bpmn-js-bpmnlint", "@bpmn-io/properties-panel")]
    said = {text for path in (*features, *bundles) for text in found(r"translate\(\s*'([^'{]{3,})'\s*[,)]", path)}
    rules = (MODULES / "bpmnlint/rules").glob("*.js")
    said |= {text for path in rules for text in found(r"report\([^,]+, '([^']+)'\s*[,)]", path)} | set(offered())
    assert len(said) > 80
    assert sorted(text for text in said - dutch if not _NOT_HERE.match(text)) == []


def found(pattern: str, path: Path) -> list[str]:
    return re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)


def offered() -> list[str]:
    """The labels of what an element may become, by their names in our own list."""
    names = found(r'^    "([a-z-]+)",$', ROOT / "app/web/assets/js/studio/offered.js")
    entries = MODULES / "bpmn-js/lib/features/popup-menu/PopupEntries.js"
    labels = dict(re.findall(r"'([a-z-]+)': \{\s+label: '([^']+)'", entries.read_text(encoding="utf-8")))
    return [label for name, label in labels.items() if name in names]
