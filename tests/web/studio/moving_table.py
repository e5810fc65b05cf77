"""The pages that move running procedures, and who is answered what."""

COLUMNS = {
    "the process owner": ("piet",),
    "a board member": ("marijke", "els"),
    "a board member elsewhere": ("nina",),
    "others of the board": ("sanne", "ada", "fleur", "joost"),
    "a stranger": (None,),
}
TABLE = """
GET  studio.move       -          200 200 200 404 door
GET  studio.move_new   -          422 422 422 404 door
POST studio.move_make  -          422 422 422 404 door
GET  studio.move_plan  -          200 200 200 404 door
POST studio.move_act   act=begin  403 409 403 404 door
POST studio.move_act   act=verder 409 409 409 404 door
POST studio.move_act   act=terug  403 409 403 404 door
POST studio.move_act   act=stop   409 409 409 404 door
POST studio.move_act   act=weg    409 409 409 404 door
POST studio.move_act   act=opnieuw 409 409 409 404 door
POST studio.move_act   act=niets  404 404 404 404 door
"""
