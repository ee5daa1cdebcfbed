#!/bin/sh
# Socket.IO by hand, with curl alone. Run it while the server runs; it takes the server's origin.
set -eu
origin=${1:-http://localhost:3001}
engine="$origin/socket.io/?EIO=4&transport=polling"

value() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }  # a field's value, out of JSON
post() { curl -sf --data-binary @- "$@" && echo; }  # what it sends comes in by stdin

login='{"username":"ann","password":"correct horse battery staple"}'
token=$(echo "$login" | post -H 'Content-Type: application/json' "$origin/login" | value token)

open=$(curl -sf "$engine") && echo "$open"  # a connection, and its id
url="$engine&sid=$(echo "$open" | value sid)"
printf '40{"token":"%s"}' "$token" | post "$url"  # CONNECT
curl -sf "$url" && echo  # the answer to it
printf '421["whoami"]' | post "$url"  # an event, acknowledgement 1
curl -sf "$url" && echo  # the acknowledgement
printf '1' | post "$url"  # goodbye
