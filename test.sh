#!/usr/bin/env bash
# Installs what is missing, starts what the tests need, runs every test, and says how many passed.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

install_missing() {
  local missing=()
  command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
  [ -n "$(fc-list ':lang=zh-cn' 2>/dev/null)" ] || missing+=(fonts-noto-cjk fontconfig)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v clamd >/dev/null || [ -x /usr/sbin/clamd ] || missing+=(clamav-daemon)
  command -v setpriv >/dev/null || missing+=(util-linux)
  command -v ffmpeg >/dev/null || missing+=(ffmpeg)
  command -v exiftool >/dev/null || missing+=(libimage-exiftool-perl)
  perl -MArchive::Zip -e 1 2>/dev/null || missing+=(libarchive-zip-perl)
  command -v heif-enc >/dev/null || missing+=(libheif-examples)
  [ ${#missing[@]} -eq 0 ] && return
  echo "Installing ${missing[*]}"
  local as_root=""
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

work=$(mktemp -d)
chmod 755 "$work"
pg_bin() { ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1; }
as_postgres() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

start_postgres() {
  local port=54350 data="$work/pg"
  mkdir "$data"
  [ "$(id -u)" -eq 0 ] && chown postgres "$data"
  as_postgres "$(pg_bin)/initdb" -D "$data" -U postgres -A trust --locale=C.UTF-8 -E UTF8 >/dev/null
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  as_postgres "$(pg_bin)/pg_ctl" -D "$data" -w -l "$data/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 -c fsync=off" start >/dev/null
  export REPORT12350_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
}

clean_up() {
  [ -f "$work/pg/postmaster.pid" ] && as_postgres "$(pg_bin)/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1
  rm -rf "$work"
}
trap clean_up EXIT

install_missing
start_postgres
dotnet build Report12350.sln -v q

passed=0 failed=0 skipped=0
run() {
  local log="$work/$(basename "$1").log" code=0
  dotnet run --project "$1" --no-build -- "${@:2}" 2>&1 | sed -uE 's/\x1b\[[0-9;]*m//g' | tee "$log" || code=$?
  count() { sed -nE "s/.* Total: [0-9]+,.* $1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
  local total errors bad skip not
  total=$(sed -nE 's/.* Total: ([0-9]+),.*/\1/p' "$log" | tail -n 1)
  errors=$(count Errors) bad=$(( $(count Failed || echo 0) + ${errors:-0} )) skip=$(count Skipped) not=$(count "Not Run")
  passed=$((passed + ${total:-0} - bad - ${skip:-0} - ${not:-0})) failed=$((failed + bad)) skipped=$((skipped + ${skip:-0}))
  # A run that crashed, or ran nothing, is a failure even if it counted none.
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then failed=$((failed + 1)); fi
}
run tests/Report12350.Tests "$@"
run tests/Report12350.BrowserTests "$@"

# Failures once more at the end, where they are looked for.
grep -h -A 12 '\[FAIL\]' "$work"/*.log || true
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
