#!/bin/sh
# Prints the first Python on the PATH that is 3.11 or newer and can make virtual environments.
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        found=$name
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$name"
            exit 0
        fi
    fi
done
if [ -n "$found" ]; then
    echo "$found kan geen virtuele omgeving maken. Op Debian en Ubuntu: apt-get install python3-venv" >&2
    echo "$found cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
else
    echo "Veilige Route heeft Python 3.11 of nieuwer nodig. Installeer het, of wijs het aan: make PYTHON=/pad/naar/python3" >&2
    echo "Veilige Route needs Python 3.11 or newer. Install it, or point to it: make PYTHON=/path/to/python3" >&2
fi
exit 1
