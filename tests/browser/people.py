"""People behind browsers. They know a page by its words, as people do: no ids, no classes."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from app.demo.cast import PASSWORD, email_of

#: Milliseconds; much for a page, and little for whoever waits for a test that fails.
_PATIENCE = 30_000
_MOST_TABS = 150
#: Whether what has the focus is marked and in view; whatever shows the mark may lie over it. Leaving the page is fine too.
_FOCUS_SHOWS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  if (here === document.body) return true;
  const marked = [null, "::after"].map((part) => getComputedStyle(here, part))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  return marked && box.bottom > 0 && box.top < innerHeight;
}"""


#: What can be tapped and is smaller than a fingertip, 44 by 44 pixels. A choice is tapped on its whole line, a task on its row, a
#: procedure on its card; a short word may be narrow; the mark of bpmn.io is not ours to change.
_TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter(one => one.checkVisibility() && !one.matches(".hidden, .skip, .bjs-powered-by"))
  .filter(one => {
    const box = (one.closest(".choice, .row, .card") ?? one).getBoundingClientRect();
    return box.height < 43.5 || box.width < (one.matches("a:not(.button)") ? 24 : 43.5);
  }).map(one => one.outerHTML.slice(0, 120))"""


class Person:
    """Somebody with a mouse and a keyboard."""

    def __init__(self, page: Page, address: str, part: str) -> None:
        self.page = page
        self.address = address
        self.part = part
        page.set_default_timeout(_PATIENCE)

    # What a hand does; other hands do it otherwise.

    def press(self, control: Locator) -> None:
        """Press a button or follow a link, and wait for the page behind it."""
        with self.page.expect_navigation():
            control.click()

    def write(self, box: Locator, text: str) -> None:
        """Type into a box, in place of what stood there."""
        box.fill(text)

    def choose(self, control: Locator) -> None:
        """Choose an answer of a question, or tick a name."""
        control.check()

    def pick(self, lst: Locator, option: str) -> None:
        """Pick an option of a list."""
        lst.select_option(label=option)

    # What people do.

    def goes_to(self, path: str) -> Self:
        """Open an address of the installation."""
        self.page.goto(self.address + path)
        return self

    def signs_in(self) -> Self:
        """Sign in with name and password; leads to the page that work starts from."""
        self.goes_to("/inloggen")
        self.write(self.page.get_by_label("E-mailadres"), email_of(self.part))
        self.write(self.page.get_by_label("Wachtwoord", exact=True), PASSWORD)
        self.press(self.button("Verder"))
        expect(self.page).to_have_title(re.compile(r"^(Inbox|Vandaag|Studio|Beheer|Logboek) \| Veilige Route$"))
        return self

    def follows(self, link: str) -> Self:
        """Follow a link; behind its words may stand that it is new, or how many there are."""
        self.press(self.page.get_by_role("link", name=re.compile(rf"^{re.escape(link)}( Nieuw)?(\s\d+( taa?ke?n?)?)?$")))
        return self

    def presses(self, button: str) -> Self:
        """Press a button."""
        self.press(self.button(button))
        return self

    def looks_at(self, scope: str) -> Self:
        """Go to the inbox and choose which tasks it shows: Van mij, Van mijn groep, Alles."""
        return self.follows("Inbox").follows(scope)

    def opens(self, task: str) -> Self:
        """Open a task of the inbox, wherever in it, and pick it up when nobody has."""
        if self.title() != task:
            self.looks_at("Alles").follows(task)
        if self.button("Pak op").count():
            self.presses("Pak op")
        self.is_at(task)
        return self

    def fills(self, answers: dict[str, str]) -> Self:
        """Answer questions of the form, each by its label."""
        for question, answer in answers.items():
            self._answer(question, answer)
        return self

    def ticks(self, *names: str) -> Self:
        """Tick who will go on with it."""
        for name in names:
            self.choose(self.page.get_by_role("checkbox", name=name, exact=True))
        return self

    def begins(self, way: str) -> Self:
        """Say how a case begins, and start it."""
        self.choose(self.page.get_by_role("radio", name=way, exact=True))
        return self.presses("Start")

    def completes(self, answers: dict[str, str] | None = None) -> Self:
        """Complete the open task."""
        title = self.title()
        self.fills(answers or {}).presses("Afronden")
        self.sees(f"Klaar: {title}")
        return self

    # What people see.

    def title(self) -> str:
        """The heading of the page."""
        heading = self.page.get_by_role("heading", level=1)
        return heading.inner_text() if heading.count() else ""

    def is_at(self, title: str) -> Self:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_attached()
        return self

    def sees(self, *texts: str) -> Self:
        """All these words stand on the page, each one somewhere in view."""
        for text in texts:
            expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()
        return self

    def does_not_see(self, *texts: str) -> Self:
        """None of these words stands anywhere on the page."""
        for text in texts:
            expect(self.page.get_by_role("main")).not_to_contain_text(text)
        return self

    def case_number(self) -> str:
        """The number of the case on the page."""
        found = re.search(r"\b20\d\d-[2-9B-Z]{4}\b", self.page.get_by_role("main").inner_text())
        assert found is not None, self.page.url
        return found[0]

    def button(self, name: str) -> Locator:
        """A button by its words; for who cannot see the page, what it is about may follow them."""
        return self.page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}( ?:.*)?$"))

    def _answer(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=question)
        if group.count() and group.get_by_role("textbox").count():
            return self._write_moment(group, answer)
        if group.count():
            return self.choose(group.get_by_label(answer, exact=True))
        box = self.page.get_by_label(question)
        if box.evaluate("box => box.tagName") == "SELECT":
            return self.pick(box, answer)
        return self.write(box, answer)

    def _write_moment(self, group: Locator, moment: str) -> None:
        for box, part in zip(("Dag", "Tijd"), moment.split(), strict=True):
            self.write(group.get_by_label(box), part)


class Typist(Person):
    """Somebody who has no mouse: Tab, Enter, Space, arrows and letters. Where the keyboard is must be seen all the time."""

    #: What leads to the next control; with Shift it is the one before.
    _onward = "Tab"

    def turns_back(self) -> Self:
        """From here on, walk the other way through the page."""
        self._onward = "Tab" if self._onward == "Shift+Tab" else "Shift+Tab"
        return self

    def press(self, control: Locator) -> None:
        """Walk to the control and press Enter."""
        self._walk_to(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, box: Locator, text: str) -> None:
        """Walk to the box and type."""
        self._walk_to(box)
        self.page.keyboard.type(text)

    def choose(self, control: Locator) -> None:
        """Tick a name with Space; go through the answers of a question with the arrows."""
        if control.get_attribute("type") == "checkbox":
            self._walk_to(control)
            return self.page.keyboard.press("Space")
        group = self.page.locator(f'input[name="{control.get_attribute("name")}"]')
        self._walk_to(group)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if control.is_checked():
                return None
            self.page.keyboard.press("ArrowDown")
            self._sees_the_focus()
        raise AssertionError("the arrows do not reach this answer")

    def pick(self, lst: Locator, option: str) -> None:
        """Type the first letters of the option."""
        self._walk_to(lst)
        self.page.keyboard.type(option)

    def _walk_to(self, control: Locator) -> None:
        """Press Tab until the control, or one of these, has the focus."""
        for _ in range(_MOST_TABS):
            if control.evaluate_all("found => found.includes(document.activeElement)"):
                return
            self.page.keyboard.press(self._onward)
            self._sees_the_focus()
        raise AssertionError(f"{self._onward} does not reach {control}")

    def _sees_the_focus(self) -> None:
        assert self.page.evaluate(_FOCUS_SHOWS), self.page.evaluate("document.activeElement.outerHTML")


class OnAPhone(Person):
    """Somebody who taps: no page may be moved sideways, and whatever is tapped is as large as a fingertip."""

    def press(self, control: Locator) -> None:
        """Tap, and look whether the page behind it fits."""
        with self.page.expect_navigation():
            control.tap()
        assert self.page.evaluate("document.documentElement.scrollWidth <= screen.width"), self.page.url
        small = self.page.evaluate(_TOO_SMALL)
        assert not small, (self.page.url, small)
