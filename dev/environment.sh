# Names, versions and places. Sourced by the commands in this folder, not run.
# shellcheck shell=bash

addon=account_open_balance
odoo_version=19.0.0+dfsg-1   # of Debian's package odoo-19
template_modules=account     # installed in the database that every other one is copied from

# What the person may set:
#   OPEN_BALANCE_CACHE  folder for everything that is built once
#   ODOO_BIN            launcher of an Odoo 19 of your own, used instead of the downloaded one
#   ODOO_PYTHON         Python of that Odoo (default: the one named in the launcher's first line)
#   ODOO_ADDONS_PATH    more addons folders, separated by commas
#   PGHOST              a PostgreSQL of your own (with PGPORT, PGUSER, PGPASSWORD), used instead of a private one

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "-- $*" >&2; }
fail() { printf '%s\n' "ERROR: $*" >&2; exit 1; }
short_hash() { sha256sum | cut -c1-12; }
is_root() { [ "$(id -u)" = 0 ]; }

# Root's own cache is closed to the user postgres, who has to run the database server then.
if is_root; then default_cache=/var/cache/$addon
else default_cache=${XDG_CACHE_HOME:-$HOME/.cache}/$addon; fi
cache=${OPEN_BALANCE_CACHE:-$default_cache}

odoo_tree=$cache/odoo-$odoo_version
oca_tree=$cache/oca-$(short_hash <"$checkout/dev/requirements-oca.txt")
place=$cache/checkouts/$(printf %s "$checkout" | short_hash)   # what belongs to this checkout alone
logs=$place/logs
data_dir=$cache/data

find_python() {
    local candidate
    for candidate in python3 python3.12 python3.11 python3.13 python3.10 /usr/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' \
            2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

find_postgresql() {
    local found
    found=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
    [ -n "$found" ] || found=$(command -v initdb)
    [ -z "$found" ] || dirname "$found"
}

# The venv is named by its Python too: a new system Python gets a new venv.
base_python=$(find_python)
venv=$cache/venv-$({ cat "$checkout"/dev/requirements{,-build}.txt; "${base_python:-false}" -VV; } 2>/dev/null | short_hash)
tools_python=$venv/bin/python   # lint runs here, also with ODOO_BIN

if [ -n "${ODOO_BIN:-}" ]; then
    launcher=$(command -v "$ODOO_BIN") || fail "ODOO_BIN=$ODOO_BIN is not a program; set it to the path of odoo-bin."
    launcher=$(readlink -f "$launcher")
    shebang=$(head -1 "$launcher" | sed -nE 's/^#! *(\/usr\/bin\/env +)?([^ ]*python[^ ]*).*/\2/p')
    odoo_python=${ODOO_PYTHON:-${shebang:-python3}}
    export PYTHONPATH="$(dirname "$launcher")${PYTHONPATH:+:$PYTHONPATH}"
else
    launcher=$odoo_tree/usr/bin/odoo
    odoo_python=$tools_python
    export PYTHONPATH="$odoo_tree/usr/lib/python3/dist-packages${PYTHONPATH:+:$PYTHONPATH}"
fi

# Odoo and the PostgreSQL programs both read these.
export ODOO_RC=$place/odoo.conf
pg_bin=$(find_postgresql)
[[ -z $pg_bin || :$PATH: == *":$pg_bin:"* ]] || export PATH="$pg_bin:$PATH"
private_cluster=$cache/postgresql-$(basename "$(dirname "${pg_bin:-none/bin}")")
if [ "${PGHOST:-$private_cluster}" = "$private_cluster" ]; then   # unset, or set here by a command that calls another
    export PGHOST=$private_cluster PGPORT=5432 PGUSER=odoo
else
    private_cluster=
fi

odoo() { "$odoo_python" "$launcher" "$@"; }

odoo_key() {   # what a database built by this Odoo depends on
    if [ -n "${ODOO_BIN:-}" ]; then echo "$launcher $(odoo --version 2>/dev/null)"; else cat "$odoo_tree/.complete"; fi
}

template_name() { echo "open_balance_template_$({ odoo_key; echo "$1"; } | short_hash)"; }

database_exists() { [ "$(psql -XAtd postgres -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

database_state() { if database_exists "$1"; then echo there; else echo absent; fi; }

databases_like() { psql -XAtd postgres -c "SELECT datname FROM pg_database WHERE datname LIKE '$1'"; }

drop_database() {
    PGOPTIONS="-c client_min_messages=warning" dropdb --if-exists --force "$1"
    rm -rf "${data_dir:?}/filestore/$1"
}

copy_database() {   # copy_database FROM TO: the rows and the attachments
    createdb -T "$1" "$2" || return
    if [ -d "$data_dir/filestore/$1" ]; then cp -a "$data_dir/filestore/$1" "$data_dir/filestore/$2"; fi
}
