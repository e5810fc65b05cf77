"""What the figures of the compliance board are called, and what counts in each."""

from flask_babel import lazy_gettext as _

from app.domain.compliance import Figure, Left

FIGURES = {
    Figure.KEPT: _("Op tijd"),
    Figure.MISSED: _("Te laat"),
    Figure.RUNNING: _("Loopt nu"),
    Figure.OVERDUE: _("Nu te laat"),
    Figure.EXTENDED: _("Verlengd"),
    Figure.ESCALATED: _("Doorgegeven aan een ander"),
    Figure.SLEEPING: _("Ligt stil"),
    Figure.WAITING: _("Open stappen"),
    Figure.DONE: _("Stappen die klaar zijn"),
    Figure.ENDED: _("Procedures die klaar zijn"),
    Figure.AGREED: _("Navraag afgesproken"),
    Figure.CHECKED: _("Navraag gedaan"),
}
COUNTS = {
    Figure.KEPT: _("Termijnen die in de laatste twaalf maanden op tijd klaar waren."),
    Figure.MISSED: _("Termijnen die in de laatste twaalf maanden voorbijgingen voordat de stap klaar was."),
    Figure.RUNNING: _("Termijnen die nu lopen en nog niet voorbij zijn: wettelijke termijnen en streefdata."),
    Figure.OVERDUE: _("Termijnen die voorbij zijn terwijl de stap nog niet klaar is: wettelijke termijnen en streefdata."),
    Figure.EXTENDED: _("Termijnen die zijn verlengd: ze lopen nu, of ze eindigden in de laatste twaalf maanden."),
    Figure.ESCALATED: _(
        "Termijnen waarvan ook een andere rol bericht kreeg, omdat de stap niet op tijd klaar was. Ze lopen nu, of ze "
        "eindigden in de laatste twaalf maanden."
    ),
    Figure.SLEEPING: _("Open stappen waarin drie weken lang niemand iets deed, terwijl de procedure niet op een dag wacht."),
    Figure.WAITING: _("Stappen die nu open staan."),
    Figure.DONE: _("Stappen die in de laatste twaalf maanden klaar waren."),
    Figure.ENDED: _("Procedures die in de laatste twaalf maanden klaar waren."),
    Figure.AGREED: _("Vragen of een afspraak is nagekomen, die in de laatste twaalf maanden aan de beurt kwamen."),
    Figure.CHECKED: _("Vragen of een afspraak is nagekomen, die in de laatste twaalf maanden zijn gesteld."),
}
LEFT = {
    Left.DAYS: _("0 tot en met 2 dagen"),
    Left.WEEK: _("3 tot en met 7 dagen"),
    Left.FORTNIGHT: _("8 tot en met 14 dagen"),
    Left.LATER: _("15 dagen of meer"),
}
#: Said wherever numbers stand: why somebody else may see another one.
WHOSE = _(
    "Hier tellen alleen stappen van het bestuur en van scholen. Je ziet alleen zaken waarvan jij mag weten. Ben je zelf bij "
    "een zaak betrokken, dan zie je die niet, ook niet in een getal. Een ander kan daarom andere getallen zien."
)
