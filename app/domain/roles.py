"""Roles, the lanes that give a role its tasks, and the file that a lane writes to."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is for a school or a board. Codes are also the candidateGroups of user tasks."""

    ADVISER = "adviser"
    SCHOOL_LEADER = "school_leader"
    BOARD = "board"
    MELDCODE_OFFICER = "meldcode_officer"
    ACCUSED_SUPPORT = "accused_support"
    SUCCESSOR = "successor"
    SUBSTITUTE = "substitute"
    PROCESS_OWNER = "process_owner"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


class FileKind(StrEnum):
    """The four sealed files of a case."""

    ADVISER = "adviser_file"
    LEADER = "leader_file"
    BOARD = "board_file"
    MELDCODE = "meldcode_file"


#: The one table from the name of a lane to the role that handles it. An unknown lane is refused.
LANES: dict[str, Role] = {
    "Vertrouwenspersoon": Role.ADVISER,
    "Schoolleiding": Role.SCHOOL_LEADER,
    "Bevoegd gezag": Role.BOARD,
    "Aandachtsfunctionaris": Role.MELDCODE_OFFICER,
    "Begeleider van de aangeklaagde": Role.ACCUSED_SUPPORT,
    "Opvolgend vertrouwenspersoon": Role.SUCCESSOR,
}

#: The files a lane may write to; the first is where its sealed fields go unless the field names another.
FILES: dict[Role, tuple[FileKind, ...]] = {
    Role.ADVISER: (FileKind.ADVISER, FileKind.BOARD, FileKind.LEADER, FileKind.MELDCODE),
    Role.SCHOOL_LEADER: (FileKind.LEADER, FileKind.MELDCODE),
    Role.BOARD: (FileKind.BOARD, FileKind.MELDCODE),
    Role.MELDCODE_OFFICER: (FileKind.MELDCODE,),
    Role.ACCUSED_SUPPORT: (),
    Role.SUCCESSOR: (),
}

#: Whose handlers read a file.
READERS: dict[FileKind, Role] = {
    FileKind.ADVISER: Role.ADVISER,
    FileKind.LEADER: Role.SCHOOL_LEADER,
    FileKind.BOARD: Role.BOARD,
    FileKind.MELDCODE: Role.MELDCODE_OFFICER,
}

#: Whoever holds a role (first) may be ticked for this lane (second) beside his own. A substitute acts for the board when its
#: sitting members are involved; the successor who is asked to take a case over is an adviser.
STANDS_IN: dict[Role, Role] = {Role.SUBSTITUTE: Role.BOARD, Role.ADVISER: Role.SUCCESSOR}
