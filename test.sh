#!/usr/bin/env bash
# Sets everything up and runs the tests; with --long those that take longer, and only those.
# The last line is "N passed, N failed".
source "$(dirname "${BASH_SOURCE[0]}")/run.sh"

kind=fast
filter='Category!=Long'
if [[ "${1:-}" == --long ]]; then kind=long filter='Category=Long'; shift; fi
[[ $# == 0 ]] || fail 'Usage: ./test.sh [--long]'

cd "$root"
# Tests never touch the database that ./run.sh serves.
export EQUATICKET_DATA="$root/artifacts/test-data"
results="$root/artifacts/test-results/$kind"
passed=0
failed=0
# Build servers that outlive this script would keep a pipe behind it open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
if [[ "${CI:-}" == true ]]; then export SNAPSHOOTER_STRICT_MODE=on; fi

# Whatever ends this script, the last line tells the count, and a failed step counts as one.
finish() {
  local code=$?
  if [[ $code != 0 && $failed == 0 ]]; then failed=1; fi
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [[ $failed == 0 ]] || exit 1
}
trap finish EXIT

count_failure() { say "FAILED: $*"; failed=$((failed + 1)); }

# The folders with tools that read schema.graphql and openapi.json as their users do, and the sample.
npm_folders() { find tests samples -name node_modules -prune -o -name package-lock.json -exec dirname {} +; }

need_node() {
  local folder installed
  [[ -n "$(npm_folders)" ]] || return 0
  if ! has_node; then
    say 'Node.js 20 or newer, with npm, is needed for tests of schema and API: installing it.'
    if has apt-get; then apt_install nodejs npm
    elif has dnf; then as_root dnf install -y nodejs npm
    elif has apk; then as_root apk add nodejs npm
    elif has brew; then brew install node
    fi
    has_node || fail 'Install Node.js 20 or newer with npm: https://nodejs.org/en/download'
  fi
  while read -r folder; do
    installed="$folder/node_modules/.package-lock.json"
    if [[ ! -e "$installed" || "$folder/package-lock.json" -nt "$installed" ]]; then
      npm ci --prefix "$folder" --no-audit --no-fund < /dev/null
    fi
  done < <(npm_folders)
}

need_redis() {
  has redis-server && return
  say 'Redis is needed to test shared rate limits: installing it.'
  if has apt-get; then apt_install redis-server
  elif has dnf; then as_root dnf install -y redis
  elif has apk; then as_root apk add redis
  elif has brew; then brew install redis
  fi
  has redis-server || fail 'Install redis-server: https://redis.io/docs/latest/get-started/'
}

need_python() {
  has python3 && return
  say 'Python is needed to test the receiver of webhooks in Python: installing it.'
  if has apt-get; then apt_install python3
  elif has dnf; then as_root dnf install -y python3
  elif has apk; then as_root apk add python3
  elif has brew; then brew install python
  fi
  has python3 || fail 'Install Python 3.9 or newer: https://www.python.org/downloads/'
}

has_chromium() { has chromium || has chromium-browser || has google-chrome; }

need_chromium() {
  has_chromium && return
  say 'Chromium is needed to test the pages: installing it.'
  if has apt-get; then apt_install chromium
  elif has dnf; then as_root dnf install -y chromium
  elif has apk; then as_root apk add chromium
  elif has brew; then brew install --cask google-chrome
  fi
  has_chromium || fail 'Install Chromium: https://www.chromium.org/getting-involved/download-chromium/'
}

has_node() {
  has npm && has node && [[ "$(node --version | sed -E 's/v([0-9]+).*/\1/')" -ge 20 ]]
}

build() {
  dotnet restore Equaticket.sln --locked-mode
  if [[ $kind == fast ]]; then
    say 'Checking the format …'
    dotnet format Equaticket.sln --verify-no-changes --no-restore || count_failure 'dotnet format'
  fi
  dotnet build Equaticket.sln --configuration Release --no-restore --verbosity minimal
}

# A client of the last release must find what it knew, unless CHANGELOG.md announces the change.
check_schema() {
  local release code=0
  release="$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null)" || return 0
  say "Comparing the schema with that of $release …"
  dotnet "$host" schema check --against "$release" --changelog CHANGELOG.md || code=$?
  case $code in
    0) ;;
    1) count_failure "the schema breaks clients of $release" ;;
    *) count_failure "the schema cannot be compared with that of $release" ;;
  esac
}

# A number of a results file: its counters stand in one element.
counter() { grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*'; }

run_project() {
  local project="$1" name code=0 bad=0 outcome trx
  name="$(basename "$project" .csproj)"
  trx="$results/$name.trx"
  say "== $name ($kind)"
  dotnet test "$project" --configuration Release --no-build --filter "$filter" \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --logger 'console;verbosity=normal' || code=$?
  if [[ -f "$trx" ]]; then
    passed=$((passed + $(counter "$trx" passed)))
    for outcome in failed error timeout aborted; do
      bad=$((bad + $(counter "$trx" "$outcome")))
    done
  fi
  failed=$((failed + bad))
  if [[ $bad == 0 ]] && [[ $code != 0 || ! -f "$trx" ]]; then
    count_failure "$name did not run to its end"
  fi
}

need_sdk
need_postgres
need_node
need_redis
need_python
need_chromium
build
if [[ $kind == fast ]]; then check_schema; fi
rm -rf "$results"
while read -r project; do
  run_project "$project" < /dev/null
done < <(dotnet sln Equaticket.sln list | tr '\\' '/' | grep '^tests/.*\.Tests\.csproj')
mismatches="$(find tests -type d -name __mismatch__ -not -path '*/node_modules/*')"
[[ -z "$mismatches" ]] || count_failure "snapshots that differ: $mismatches"
