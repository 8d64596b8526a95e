# shellcheck shell=bash
# Started by bash as the process web: the port is known now, and only temporary files are written.
set -euo pipefail

temp=$(mktemp -d)
sed -e "s|@PORT@|${PORT:-5000}|" -e "s|@TEMP@|$temp|" "$HOME/.static/nginx.conf" >"$temp/nginx.conf"
exec /usr/sbin/nginx -e stderr -p "$HOME" -c "$temp/nginx.conf"
