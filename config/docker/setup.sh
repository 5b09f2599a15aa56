#!/bin/bash
# Make the database `taller` if there is none, as `./taller up --no-demo` does: under another name
# first, so that a setup that was interrupted begins again and half a database never serves.
set -euo pipefail

database_exists() {
    [ "$(psql --no-psqlrc -At --dbname postgres --command "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]
}

odoo_command() {
    odoo "$@" --config /etc/odoo/odoo.conf --database taller_new
}

if database_exists taller; then
    echo "The database is there."
    exit 0
fi
if database_exists taller_new; then
    odoo db --config /etc/odoo/odoo.conf drop taller_new
fi

addons=$(cd /mnt/extra-addons && ls -d taller_* | paste -sd,)
psql --no-psqlrc --quiet --dbname postgres --command "CREATE DATABASE taller_new TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
for extension in unaccent pg_trgm btree_gist; do
    psql --no-psqlrc --quiet --dbname taller_new --command "CREATE EXTENSION $extension"
done
psql --no-psqlrc --quiet --dbname taller_new --command "ALTER FUNCTION unaccent(text) IMMUTABLE"
odoo_command server --no-http --stop-after-init --init base --load-language es_GT
odoo_command shell --no-http < /mnt/config/locale_gt.py
odoo_command server --no-http --stop-after-init --init "l10n_gt,$addons"
odoo db --config /etc/odoo/odoo.conf rename taller_new taller
echo "The database is ready."
