"""What people do in the studio behind their browsers: drawing, making forms, trying, reviewing, publishing and moving."""

from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person


class InTheStudio(Person):
    """Somebody who works in the studio. Whatever he saw there is kept, to look afterwards what it told."""

    def __init__(self, page: Page, address: str, part: str) -> None:
        super().__init__(page, address, part)
        self.seen: list[str] = []

    def press(self, control: Locator) -> None:
        """Press a button or follow a link, and read the page behind it."""
        super().press(control)
        self.reads()

    def reads(self) -> Self:
        """Take in the page as it is now."""
        if "/studio" in self.page.url:
            self.seen.append(self.page.content())
        return self

    def turns_to(self, tab: str) -> Self:
        """Go to another part of the studio of the same procedure."""
        self.press(self.page.get_by_role("navigation", name="Studio van").get_by_role("link", name=tab, exact=True))
        return self

    def waits_for(self, *texts: str) -> Self:
        """Wait until a worker did what was asked; the page shows it by itself."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text, timeout=120_000)
        return self.reads()

    def opens_up(self, summary: str) -> Self:
        """Look at what is folded under these words."""
        self.page.get_by_text(summary, exact=True).click()
        return self

    # Drawing.

    def opens_drawing(self, name: str) -> Self:
        """Open another drawing of the draft, and wait until it can be drawn in."""
        self.opens_up("Andere tekening").press(self.page.get_by_role("link", name=name, exact=True))
        return self.looks_through_the_drawing()

    def looks_through_the_drawing(self) -> Self:
        """Wait until the drawing is there, with all that is wrong in it."""
        expect(self.page.locator("[data-studio-modeler][data-state=ready][data-findings=ready]")).to_be_visible()
        return self.reads()

    def picks(self, name: str, kind: str) -> Self:
        """Choose a part of the drawing from the list of all its parts."""
        self.page.get_by_role("button", name=f"{name} {kind}", exact=True).click()
        return self

    def sets(self, fields: dict[str, str]) -> Self:
        """Fill in what belongs to the chosen part."""
        for label, value in fields.items():
            box = self.page.get_by_label(label, exact=True)
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(label=value)
            else:
                box.fill(value)
                box.press("Tab")
        return self

    def unfolds(self, group: str) -> Self:
        """Open a group of fields."""
        self.page.locator(".bio-properties-panel-group-header", has_text=group).click()
        return self

    def is_told(self, text: str) -> Self:
        """This is wrong at the part that is drawn."""
        expect(self._findings(text)).to_be_visible()
        return self

    def is_told_no_more(self, text: str) -> Self:
        """This is mended."""
        expect(self._findings(text)).to_have_count(0)
        return self

    def goes_where_told(self, text: str) -> Self:
        """Choose the part that this is wrong at."""
        self._findings(text).get_by_role("button").click()
        return self

    def saves(self) -> Self:
        """Save the drawing now, without waiting until it saves itself."""
        self.button("Bewaar nu").click()
        expect(self.page.locator("[data-part=state]")).to_contain_text("Bewaard om")
        return self.reads()

    def _findings(self, text: str) -> Locator:
        return self.page.get_by_role("region", name="Wat er nog niet klopt").get_by_role("listitem").filter(has_text=text)

    # Forms.

    def asks(self, kind: str, fields: dict[str, str]) -> Self:
        """Put another question in the form; ticks are given as "ja"."""
        self.page.get_by_role("button", name=kind, exact=True).press("Enter")
        expect(self.page.get_by_label("Opschrift")).to_be_focused()
        return self.sets(fields)

    # Comparing.

    def reads_in_row(self, row: str, what: str) -> Self:
        """A row of a table says this."""
        expect(self.page.get_by_role("row").filter(has_text=row).first).to_contain_text(what)
        return self

    # Trying.

    def begins_as(self, name: str, start: str, place: str) -> Self:
        """Begin a story."""
        begin = self.page.get_by_label("Wie begint, en waar?")
        way = begin.locator(f'optgroup[label="{start}"] option', has_text=name).filter(has_text=place)
        begin.select_option(value=way.get_attribute("value"))
        return self.presses("Begin")

    def plays(self, name: str, task: str, answers: dict[str, str], *, ticks: tuple[str, ...] = ()) -> Self:
        """Do a task as somebody invented."""
        self.press(self.page.get_by_role("link", name=f"Speel {name} : {task}"))
        self.fills(answers).ticks(*ticks)
        return self.presses(f"Rond af als {name}")
