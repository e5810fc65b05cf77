"""What each of the cast is answered on the pages of administration; forms are sent empty. Last comes what changes something."""

#: Ada keeps the board's directory, Fleur oversees; Sanne may confirm the proposal of the scene, which is about Farida; Nina is
#: of another board.
COLUMNS = {
    "the administrator": ("ada",),
    "a board member": ("marijke",),
    "the privacy officer": ("fleur",),
    "who may confirm": ("sanne",),
    "others": ("farida", "joost", "amira", "piet", "otto", "bram"),
    "a board member elsewhere": ("nina",),
    "a stranger": (None,),
}
TABLE = """
GET  administration.start           - 302 302 302 404 404 302 door
GET  administration.show            - 200 200 404 404 404 404 door
POST administration.add_school      - 422 422 404 404 404 404 door
GET  administration.school          - 200 200 404 404 404 404 door
POST administration.change_school   - 422 422 404 404 404 404 door
GET  administration.board           - 200 200 404 404 404 404 door
POST administration.rename_board    - 422 422 404 404 404 404 door
GET  administration.list_people     - 200 200 404 404 404 404 door
GET  administration.person          - 200 200 404 404 404 404 door
POST administration.propose         - 422 422 404 404 404 404 door
GET  administration.ask_change      - 200 200 404 404 404 404 door
POST administration.change          - 422 422 404 404 404 404 door
GET  administration.ask_leave       - 200 200 404 404 404 404 door
POST administration.come_back       - 404 404 404 404 404 404 door
GET  administration.ask_end         - 200 200 404 404 404 404 door
GET  administration.invitations     - 200 200 404 404 404 404 door
POST administration.invite          - 422 422 404 404 404 404 door
GET  administration.choose_file     - 200 200 404 404 404 404 door
POST administration.upload          - 422 422 404 404 404 404 door
GET  administration.example         - 200 200 404 404 404 404 door
GET  administration.look            - 404 404 404 404 404 404 door
POST administration.run_import      - 404 404 404 404 404 404 door
GET  administration.log             - 200 200 200 404 404 404 door
GET  appointing.mine                - 200 200 200 200 200 200 door
GET  appointing.show                - 200 200 404 200 404 404 door
GET  invitation.show          token=x 404 404 404 404 404 404 404
POST invitation.accept        token=x 404 404 404 404 404 404 404
POST invitation.join          token=x 404 404 404 404 404 404 door
POST appointing.confirm             - 403 403 404 409 404 404 door
POST appointing.refuse              - 403 403 404 302 404 404 door
POST appointing.withdraw            - 302 302 404 409 404 404 door
POST administration.invite_again    - 302 302 404 404 404 404 door
POST administration.revoke_invitation - 302 302 404 404 404 404 door
POST administration.end             - 302 302 404 404 404 404 door
POST administration.leave           - 302 302 404 404 404 404 door
"""
