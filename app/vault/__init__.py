"""Keys, sealing and opening: the only importer of PyNaCl. Pure functions over bytes; no database, no clock, no Flask.

Who can open what ("──▶" = opens; everything on the right of an arrow is stored only in sealed form)::

    password ─Argon2id─┬─▶ verifier ──(+ pepper, hashed)── compared at sign-in          kdf
                       └─(+ pepper)─▶ wrapping key ──▶ TOTP secret                      totp
                                            │
    recovery code ──────────────────────────┼─▶ private key of one person ──▶ own notes people, own
    cookie ─┬─ lookup id (hash stored)      │        │
            └─ session key ─────────────────┘        ├─▶ grant ──▶ secret of one epoch of one file
                                     sessions        │                  └─▶ key of an entry ──▶ content    files
                                                     └─ its public half is what others grant to

    server key (settings) ─┬─▶ facts, engine states, passed elements                    server
                           └─▶ sleeping or lent grant ──(+ private key of its person)──▶ grant  files

What a person writes is sealed to public keys, so that a task can add to a file which its author may not read. Nobody but the
readers of an epoch holds its secret; the server key opens no file: what it locks of one, a grant that sleeps for whoever replaces
an ill adviser, or that is lent to the deputy of somebody who is away, is sealed to that person inside. The pepper and the server
keys are settings, never rows.

Every stored value names its format and algorithm (`vr1:xc20p:`, `vr1:x25519:`, `vr1:argon2id:`); an unknown name is refused.
Every value is bound to its place (purpose, case, file, epoch, entry, author, form, person): moved elsewhere, it does not open.
"""
