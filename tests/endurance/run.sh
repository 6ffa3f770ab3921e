#!/usr/bin/env bash
# Starts a production setup with three hosts on this machine, breaks it while clients use it, and compares what they saw
# with the database. Exits with 1 if a claim doesn't hold. See docs/operating.md, "Prove it by breaking it".
#   --quick       each fault once, in about 6 minutes
#   --minutes N   random faults for N minutes (30)
#   --rate N      visitors per second (20)
#   --seed N      repeats the order of faults of another run
#   --faults A,B  only faults whose name contains one of these
#   --pgbouncer   the hosts reach the database through PgBouncer in transaction mode
#   --replicas    the hosts read from the standby
#   --keep        keeps the folder with logs, settings, and data
#   --json        prints the result as one line of JSON instead of tables
# EQUATICKET_HOST_DLL is the path of a host that is already built.
source "$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/run.sh"

for argument in "$@"; do
  if [[ "$argument" == --help ]]; then sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit; fi
done

# PROGRAM PACKAGE
tools='
haproxy haproxy
pgbouncer pgbouncer
patroni patroni
patronictl patroni
etcd etcd-server
redis-server redis-server
cc gcc
'

# On Debian, these packages start services that would interfere with this run. Exit code 101 prevents that.
keep_debian_from_starting_services() {
  local policy=/usr/sbin/policy-rc.d
  [[ -e "$policy" ]] && return
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" > /dev/null
  as_root chmod +x "$policy"
  made_policy="$policy"
}

need_tools() {
  local program package packages=()
  export PATH="$PATH:/usr/sbin"
  while read -r program package; do
    [[ -z "$program" ]] || has "$program" || packages+=("$package")
  done <<< "$tools"
  [[ ${#packages[@]} != 0 ]] || return 0
  has apt-get || fail "Install ${packages[*]}; this script installs only Debian's packages."
  say "Installing ${packages[*]} …"
  keep_debian_from_starting_a_cluster
  keep_debian_from_starting_services
  apt_install "${packages[@]}" libc6-dev python3-etcd >&2
  [[ -z "${made_policy:-}" ]] || as_root rm "$made_policy"
}

postgres_programs() {
  local folder
  for folder in "${EQUATICKET_PG_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -rV); do
    [[ ! -x "$folder/postgres" ]] || { printf '%s\n' "$folder"; return; }
  done
  fail 'The PostgreSQL server programs were not found.'
}

# Stops what the driver could not stop. The driver's child processes run in separate sessions.
clean() {
  local code=$? file
  if [[ -n "${driver:-}" ]]; then
    kill "$driver" 2> /dev/null || true
    wait "$driver" 2> /dev/null || true
  fi
  for file in "$folder"/ids/*; do
    [[ ! -e "$file" ]] || kill -KILL "$(cat "$file")" 2> /dev/null || true
  done
  for file in "$folder"/*/disk/data/postmaster.pid; do
    [[ ! -e "$file" ]] || kill -QUIT "$(head -n 1 "$file")" 2> /dev/null || true
  done
  for file in "$folder"/mounts/*; do
    [[ ! -e "$file" ]] || umount --lazy "$(cat "$file")" || true
  done
  if [[ -n "$keep" ]]; then say "Logs and result: $folder"; else rm -rf "$folder"; fi
  exit $code
}

need_sdk
need_postgres
need_tools
keep=
for argument in "$@"; do [[ "$argument" != --keep ]] || keep=yes; done
if [[ -z "${EQUATICKET_HOST_DLL:-}" ]]; then build_host; export EQUATICKET_HOST_DLL="$host"; fi
ENDURANCE_PG_BIN="$(postgres_programs)"
export ENDURANCE_PG_BIN
say 'Building the driver …'
(cd "$root" && dotnet build tests/endurance/Endurance.csproj --configuration Release --verbosity quiet) >&2
# Under /var/tmp, because the user postgres must be able to access it.
folder="$(mktemp -d /var/tmp/equaticket-endurance.XXXXXX)"
chmod 755 "$folder"
export ENDURANCE_FOLDER="$folder"
export ENDURANCE_CLOCK="$folder/clock.so"
cc -O2 -shared -fPIC -o "$ENDURANCE_CLOCK" "$root/tests/endurance/clock.c"
trap clean EXIT
trap 'exit 130' INT TERM HUP
dotnet "$root/artifacts/bin/Endurance/release/Equaticket.Endurance.dll" "$@" &
driver=$!
code=0
wait "$driver" || code=$?
driver=
exit "$code"
