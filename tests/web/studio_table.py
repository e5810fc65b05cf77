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
GET  studio.draw             -                           200 200 200 404 door
GET  studio.draw             key=measures                404 404 404 404 door
GET  studio.known            -                           200 200 200 404 door
GET  studio.file             name=committee.bpmn         200 200 200 404 door
GET  studio.file             name=nothing.bpmn           404 404 404 404 door
PUT  studio.save             name=committee.bpmn         415 415 415 404 door
GET  studio.saves            name=committee.bpmn         200 200 200 404 door
POST studio.findings         -                           415 415 415 404 door
GET  studio.phase            -                           200 403 403 404 door
POST studio.add_phase        -                           422 403 403 404 door
GET  studio.ask_remove_phase -                           404 403 403 404 door
POST studio.remove_phase     -                           404 404 404 404 door
POST studio.put_back         -                           404 404 404 404 door
GET  studio.look             number=1                    200 200 200 404 door
GET  studio.look             number=9                    404 404 404 404 door
GET  studio.look_known       number=1                    200 200 200 404 door
GET  studio.look_file        number=1,name=committee.bpmn 200 200 200 404 door
GET  studio.look_file        number=1,name=forms/board_response.form 404 404 404 404 door
GET  studio.look_form        number=1,form_id=board_response 200 200 200 404 door
GET  studio.look_form        number=1,form_id=nothing    404 404 404 404 door
POST studio.pick_up          draft_id=00000000-0000-0000-0000-000000000001 404 403 403 404 door
GET  studio.ask_drop         -                           200 403 403 404 door
GET  studio.ask_roll_back    number=1                    403 200 403 404 door
GET  studio.ask_roll_back    number=9                    404 404 404 404 door
POST studio.roll_back        number=1                    403 422 403 404 door
POST studio.roll_back        number=2                    403 409 403 404 door
GET  studio.ask_retire       -                           403 200 403 404 door
GET  studio.ask_retire       key=nothing                 403 404 403 404 door
POST studio.retire           -                           403 422 403 404 door
POST studio.begin            -                           302 403 403 404 door
POST studio.ask_review       -                           409 403 403 404 door
POST studio.decide           -                           403 409 409 404 door
POST studio.publish          -                           403 409 403 404 door
POST studio.publish          key=measures                409 409 409 404 door
POST studio.reason           -                           404 403 403 404 door
GET  studio.check            -                           200 200 200 404 door
GET  studio.check            key=measures                404 404 404 404 door
POST studio.check_ask        -                           302 302 302 404 door
POST studio.check_ask        key=measures                404 404 404 404 door
GET  studio.import_          -                           200 403 403 404 door
POST studio.look_at          -                           422 403 403 404 door
POST studio.take_in          -                           422 403 403 404 door
GET  studio.export           -                           200 200 200 404 door
GET  studio.stories          -                           200 200 200 404 door
POST studio.story_add        -                           422 403 403 404 door
GET  studio.story            name=nothing                404 404 404 404 door
GET  studio.story_file       name=nothing                404 404 404 404 door
GET  studio.ask_story_drop   name=nothing                404 404 404 404 door
POST studio.story_drop       name=nothing                404 403 403 404 door
POST studio.story_back       name=nothing                404 404 404 404 door
POST studio.story_renew      name=nothing                404 403 403 404 door
GET  studio.trial            -                           200 200 200 404 door
POST studio.trial_start      -                           422 422 422 404 door
POST studio.trial_go         -                           404 404 404 404 door
GET  studio.trial_task       -                           404 404 404 404 door
POST studio.trial_complete   -                           404 404 404 404 door
GET  studio.trial_drawing    procedure_key=committee,process_id=committee 200 200 200 404 door
GET  studio.trial_keep       -                           404 404 404 404 door
POST studio.trial_kept       -                           404 404 404 404 door
POST studio.drop             -                           302 403 403 404 door
"""
