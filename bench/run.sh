#!/usr/bin/env bash
# Measures Equaticket against a hand-written floor and a plain GraphQL.NET server. See bench/README.md.
source "$(dirname "${BASH_SOURCE[0]}")/../run.sh"

usage() {
  cat <<'TEXT'
Usage: bench/run.sh [--quick] [--workloads W1,G5] [--rounds N] [--json FILE]
       bench/run.sh --on-sale [--quick] [--rounds N] [--json FILE]
       bench/run.sh --scale [--quick] [--workloads W1,G5] [--rounds N] [--json FILE]
       bench/run.sh --memory [--quick] [--json FILE]

Measures the CPU time of a request to Equaticket, and of PostgreSQL, as a multiple of a hand-written endpoint's.
It ends with one line per workload: W1 1.28 (goal 1.3) …

Other measurements, which end with other lines:
  --on-sale        64 concurrent buyers who buy all tickets of one type, as a multiple of the bare SQL transaction
  --scale          the same requests with 10,000,000 orders of 10,000 organizations, as a multiple of their cost with
                   1,000,000 orders of 200
  --memory         whether the server's memory grows during 30 minutes of mixed requests, with 10,000 different
                   GraphQL documents

  --quick          20 organizations with 20,000 orders and short loads, about 8 minutes; without it 200 with
                   1,000,000 orders and long loads, about 25 minutes. --on-sale takes about 6 minutes for 10,000
                   tickets instead of an hour for 100,000, --scale about 35 minutes, --memory 6 instead of 30.
                   The first --scale also seeds for 30 minutes, and takes 40 GB of disk
  --workloads IDS  only these, separated by commas: W1 W2 W3 W4 W6 G1 G2 G5 D1
  --rounds N       how often each server is measured (2 with --quick, 3 without)
  --json FILE      writes every figure to the file as well
  --help           shows this
TEXT
}

quick='' kind='' workloads='' rounds='' json=''
while [[ $# -gt 0 ]]; do
  case "$1" in
    --quick) quick=yes; shift ;;
    --on-sale | --scale | --memory)
      [[ -z "$kind" ]] || fail 'Use only one of --on-sale, --scale, and --memory.'
      kind="${1#--}"; shift ;;
    --workloads | --rounds | --json)
      [[ $# -gt 1 ]] || fail "$1 needs a value. See bench/run.sh --help"
      declare "${1#--}=$2"
      shift 2 ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
  esac
done
case "$kind" in
  on-sale) [[ -z "$workloads" ]] || fail 'Use --workloads without --on-sale.' ;;
  memory) [[ -z "$workloads$rounds" ]] || fail 'Use --workloads and --rounds without --memory.' ;;
esac
if [[ -n "$quick" ]]; then
  : "${rounds:=2}"
  warm_seconds=6 load_seconds=4 tickets=10000 minutes=6
else
  : "${rounds:=3}"
  warm_seconds=30 load_seconds=8 tickets=100000 minutes=30
fi
size=bench_full
if [[ -n "$quick" && "$kind" != scale || "$kind" == on-sale ]]; then size=bench_quick; fi
[[ "$workloads" =~ ^(|(W[1-46]|G[125]|D1)(,(W[1-46]|G[125]|D1))*)$ ]] || fail "Unknown workloads: $workloads"
[[ "$rounds" =~ ^[1-9][0-9]*$ ]] || fail '--rounds needs a number above 0.'
[[ "$(uname)" == Linux ]] || fail 'The bench reads CPU times from /proc, so it runs on Linux only.'
if [[ -n "$json" ]]; then json="$(realpath "$json")"; fi

folder="$root/artifacts/bench"
cluster="$folder/postgres/data"
mkdir -p "$folder"

need_wrk() {
  has wrk && return
  say 'wrk is needed to send the load: installing it.'
  if has apt-get; then apt_install wrk
  elif has dnf; then as_root dnf install -y wrk
  elif has apk; then as_root apk add wrk
  fi >&2
  has wrk || fail 'Install wrk: https://github.com/wg/wrk'
}

need_node() {
  has node && [[ "$(node --version | sed -E 's/v([0-9]+).*/\1/')" -ge 20 ]] && return
  say 'Node.js 20 or newer is needed for the driver: installing it.'
  if has apt-get; then apt_install nodejs
  elif has dnf; then as_root dnf install -y nodejs
  elif has apk; then as_root apk add nodejs
  fi >&2
  has node || fail 'Install Node.js 20 or newer: https://nodejs.org/en/download'
}

find_postgres() {
  local candidate
  for candidate in "${EQUATICKET_PG_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql*; do
    if [[ -x "$candidate/initdb" ]]; then postgres="$candidate"; fi
  done
  [[ -n "${postgres:-}" ]] || postgres="$(dirname "$(command -v initdb)")"
  has psql || export PATH="$PATH:$postgres"
  has psql || fail 'Install psql, the client of PostgreSQL.'
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ "$(id -u)" != 0 ]]; then "$@"
  else (cd "$folder/postgres" && setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/ "$@")
  fi
}

start_cluster() {
  if [[ ! -e "$cluster/PG_VERSION" ]]; then
    say 'Creating a PostgreSQL cluster in artifacts/bench …'
    mkdir -p "$folder/postgres"
    [[ "$(id -u)" != 0 ]] || chown postgres: "$folder/postgres"
    as_postgres "$postgres/initdb" -D "$cluster" -U postgres -A trust -E UTF8 --locale=C.UTF-8 > "$folder/initdb.log"
  fi
  port="$(node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => {
    console.log(s.address().port); s.close(); })")"
  as_postgres "$postgres/pg_ctl" -D "$cluster" -l "$folder/postgres/server.log" -w start -o "-p $port \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=1GB \
    -c max_wal_size=8GB -c checkpoint_timeout=30min -c jit=off -c max_parallel_workers_per_gather=0 \
    -c random_page_cost=1.1" > /dev/null
  trap stop_cluster EXIT
}

stop_cluster() { as_postgres "$postgres/pg_ctl" -D "$cluster" -m fast -w stop > /dev/null || true; }

address() { printf 'postgresql://postgres@127.0.0.1:%s/%s' "$port" "$1"; }
connection() { printf 'Host=127.0.0.1;Port=%s;Username=postgres;Database=%s;Maximum Pool Size=60' "$port" "$1"; }

build() {
  local project projects=(src/Host/Host bench/floor/Floor)
  [[ -n "$kind" ]] || projects+=(bench/peer/Peer)
  for project in "${projects[@]}"; do
    say "Building $project (Release) …"
    (cd "$root" && dotnet build "$project.csproj" --configuration Release --verbosity quiet) >&2
  done
}

# Sets the number of rows in a database.
count_rows() {
  large_events=0 large_orders=0
  case "$1" in
    bench_quick) organizations=20 events=400 orders=20000 attendees=40000 ;;
    bench_full) organizations=200 events=4000 orders=1000000 attendees=2000000 ;;
    bench_scale)
      organizations=10000 events=200000 orders=10000000 attendees=20000000
      large_events=1000 large_orders=3000000 ;;
  esac
}

# Seeds once per size, and again after the seed or the migrations have changed.
seed() {
  local size="$1" wanted marker="$folder/seeded-$1"
  count_rows "$size"
  wanted="$(cat "$root"/bench/seed.sql "$root"/src/Persistence/Migrations/*.cs | cksum) $organizations $events \
$orders $attendees $large_events $large_orders"
  [[ "$(cat "$marker" 2> /dev/null)" == "$wanted" ]] && return
  say "Seeding $orders orders …"
  rm -f "$marker"
  psql -Xq "$(address postgres)" -c "DROP DATABASE IF EXISTS $size" -c "CREATE DATABASE $size"
  ASPNETCORE_ENVIRONMENT=Development ConnectionStrings__Equaticket="$(connection "$size")" dotnet "$host" migrate >&2
  node "$root/bench/driver/keys.mjs" "$organizations" | psql -Xq "$(address "$size")" -f "$root/bench/seed.sql" \
    -v organizations="$organizations" -v events="$events" -v orders="$orders" -v attendees="$attendees" \
    -v large_events="$large_events" -v large_orders="$large_orders" >&2
  create_user "$size" >&2
  printf '%s' "$wanted" > "$marker"
}

# The driver signs in to the dashboard as this user.
create_user() {
  local email password
  read -r email password < <(node -e 'import(process.argv[1]).then((user) => console.log(user.EMAIL, user.PASSWORD))' \
    "$root/bench/driver/dashboard.mjs")
  ASPNETCORE_ENVIRONMENT=Development ConnectionStrings__Equaticket="$(connection "$1")" dotnet "$host" user create \
    --org org-1 --email "$email" --role owner --password <<< "$password"
}

# Prints how the driver reaches a database with the rows of a size, as JSON.
database() {
  count_rows "$2"
  node -e '
    const [root, folder, cluster, admin, database, connection, psql, template, organizations] = process.argv.slice(1);
    console.log(JSON.stringify({
      root, folder, cluster, admin, database, connection, psql, template, organizations: Number(organizations),
    }));' "$root" "$folder" "$cluster" "$(address postgres)" "$1" "$(connection "$1")" "$(address "$1")" "$2" \
    "$organizations"
}

need_sdk
need_postgres
need_node
[[ "$kind" == on-sale ]] || need_wrk
find_postgres
build
start_cluster
seed "$size"
bench="$(database "$size" "$size")"
large=null
case "$kind" in
  # A sale runs in a copy of the seeded database, which it creates and drops.
  on-sale) bench="$(database bench_on_sale "$size")" ;;
  scale)
    seed bench_scale
    large="$(database bench_scale bench_scale)" ;;
esac
node "$root/bench/driver/${kind:-run}.mjs" "$(node -e '
  const [bench, large, workloads, rounds, warm, load, tickets, minutes, json] = process.argv.slice(1);
  console.log(JSON.stringify({
    bench: JSON.parse(bench),
    large: JSON.parse(large),
    workloads: workloads.split(",").filter(Boolean),
    rounds: Number(rounds), warmSeconds: Number(warm), loadSeconds: Number(load), tickets: Number(tickets),
    minutes: Number(minutes), json: json || null,
  }));' "$bench" "$large" "$workloads" "$rounds" "$warm_seconds" "$load_seconds" "$tickets" "$minutes" "$json")"
