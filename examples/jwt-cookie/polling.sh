#!/bin/sh
# The same with a cookie, which curl keeps in a file and sends back.
set -eu
origin=${1:-http://localhost:3002}
engine="$origin/socket.io/?EIO=4&transport=polling"
jar=$(mktemp) && trap 'rm -f "$jar"' EXIT  # curl's cookies: -c writes, -b reads

value() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
post() { curl -sf -b "$jar" --data-binary @- "$@" && echo; }

login='{"username":"ann","password":"correct horse battery staple"}'
echo "$login" | post -c "$jar" -H 'Content-Type: application/json' "$origin/login" >/dev/null

open=$(curl -sf -b "$jar" "$engine") && echo "$open"
url="$engine&sid=$(echo "$open" | value sid)"
printf '40' | post "$url"  # no token: the cookie is there already
curl -sf -b "$jar" "$url" && echo
printf '1' | post "$url"
