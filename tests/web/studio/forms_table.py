"""What each of the cast is answered on the pages about forms of a draft; forms are sent empty.

Piet draws. Marijke sits on his board, Els stands in for it, Nina sits on another: they may look. Nobody else knows of the studio.
"""

COLUMNS = {
    "the process owner": ("piet",),
    "a board member": ("marijke", "els", "nina"),
    "everybody else": ("sanne", "joost", "farida", "amira", "ada", "fleur", "otto", "bram"),
    "a stranger": (None,),
}
TABLE = """
GET  studio.forms         -                     200 200 404 door
GET  studio.forms         key=nothing           404 404 404 door
POST studio.begin_form    -                     404 403 404 door
POST studio.drop_form     -                     409 403 404 door
POST studio.drop_form     form_id=nothing       404 403 404 door
GET  studio.form          -                     200 200 404 door
GET  studio.form          form_id=nothing       404 404 404 door
GET  studio.form_preview  -                     200 200 404 door
GET  studio.form_preview  form_id=nothing       404 404 404 door
POST studio.form_preview  -                     200 200 404 door
"""
