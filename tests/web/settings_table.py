"""What each of the cast is answered on the pages of settings and of who is who; forms are sent empty.

Ada keeps the board's settings, Els stands in for the board; Joost is asked about: how he can be reached. Nina and Bram are of
another board.
"""

COLUMNS = {
    "the administrator": ("ada",),
    "a board member": ("marijke", "els"),
    "the privacy officer": ("fleur",),
    "whom it is about": ("joost",),
    "others of the board": ("sanne", "farida", "amira", "piet", "otto"),
    "a board member elsewhere": ("nina",),
    "an adviser elsewhere": ("bram",),
    "a stranger": (None,),
}
TABLE = """
GET  administration.settings_start  -                     302 302 404 404 404 302 404 door
GET  administration.settings_page   -                     200 200 404 404 404 404 404 door
GET  administration.setting  named=phone:wijkagent        200 200 404 404 404 404 404 door
GET  administration.setting  named=organisation           200 200 404 404 404 404 404 door
GET  administration.setting  named=target:committee.explain_committee 200 200 404 404 404 404 404 door
GET  administration.setting  named=target:committee.board_response 403 403 404 404 404 404 404 door
GET  administration.setting  named=target:committee.nothing 404 404 404 404 404 404 404 door
GET  administration.setting  named=phone:nobody           404 404 404 404 404 404 404 door
POST administration.set_setting named=phone:wijkagent     422 422 404 404 404 404 404 door
POST administration.set_setting named=holiday             422 422 404 404 404 404 404 door
POST administration.set_setting named=target:committee.board_response 403 403 404 404 404 404 404 door
GET  directory.show          -                            200 200 200 200 200 200 200 door
GET  directory.reach         -                            200 200 404 200 404 404 404 door
POST directory.set_reach     -                            422 422 404 422 404 404 404 door
GET  directory.guide         -                            200 200 200 200 200 404 404 door
GET  directory.guide_csv     -                            200 200 200 200 200 404 404 door
GET  directory.help_nearby   -                            200 200 200 200 200 200 200 door
"""
