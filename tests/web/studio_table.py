"""What each of the cast is answered in the studio; forms are sent empty.

Piet drew a draft of version 2, and asked for a review that nobody gave yet. Nina is of another board, which has no process owner.
"""

COLUMNS = {
    "the process owner": ("piet",),
    "the board": ("marijke", "els"),
    "a board elsewhere": ("nina",),
    "whoever handles cases, or keeps people": ("sanne", "joost", "amira", "otto", "bram", "ada", "fleur"),
    "a stranger": (None,),
}
TABLE = """
GET  studio.show             -                           200 200 200 404 door
GET  studio.versions         -                           200 200 200 404 door
GET  studio.versions         key=nothing                 404 404 404 404 door
GET  studio.review           -                           200 200 200 404 door
GET  studio.review           key=measures                404 404 404 404 door
GET  studio.differences      -                           200 200 200 404 door
GET  studio.differences_drawing side=1,process_id=committee 200 200 200 404 door
GET  studio.ask_drop         -                           200 403 403 404 door
GET  studio.ask_roll_back    number=1                    403 200 403 404 door
GET  studio.ask_roll_back    number=9                    404 404 404 404 door
POST studio.roll_back        number=1                    403 422 403 404 door
POST studio.roll_back        number=2                    403 409 403 404 door
POST studio.begin            -                           302 403 403 404 door
POST studio.ask_review       -                           409 403 403 404 door
POST studio.decide           -                           403 409 409 404 door
POST studio.publish          -                           403 409 403 404 door
POST studio.publish          key=measures                409 409 409 404 door
POST studio.reason           -                           404 403 403 404 door
POST studio.drop             -                           302 403 403 404 door
"""
