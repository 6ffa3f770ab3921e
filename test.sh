#!/usr/bin/env bash
# Sets everything up and runs the tests. The last line is "N passed, N failed"; the lines before it list the failures,
# each with the start of its error message.
#   ./test.sh          all but those of --long
#   ./test.sh --quick  only tests that take seconds and need no browser, npm, Redis, or Python
#   ./test.sh --long   only tests that start servers and commands as processes, take minutes, or assert times
source "$(dirname "${BASH_SOURCE[0]}")/run.sh"

case "${1:-}" in
  '') kind=fast ;;
  --quick) kind=quick ;;
  --long) kind=long ;;
  *) fail 'Usage: ./test.sh [--quick|--long]' ;;
esac

cd "$root"
# Tests never touch the database that ./run.sh serves.
export EQUATICKET_DATA="$root/artifacts/test-data"
all_results="$root/artifacts/test-results/$kind"
passed=0
failures=()
# Build servers that outlive this script would keep its output pipe open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Tests start hundreds of hosts that live for seconds: profile-guided optimization never pays off, memory is cheaper
# than garbage collection, and their code needs no hardening.
export DOTNET_TieredPGO=0 DOTNET_GCgen0size=0x4000000 DOTNET_EnableWriteXorExecute=0
if [[ "${CI:-}" == true ]]; then export SNAPSHOOTER_STRICT_MODE=on; fi

# However this script ends, the last line is the count, and a failed step counts as a failure.
finish() {
  local code=$? job
  for job in $(jobs -p); do kill "$job" 2> /dev/null || true; done
  if [[ $code != 0 && ${#failures[@]} == 0 ]]; then failures=('a step of test.sh, see above'); fi
  if [[ ${#failures[@]} != 0 ]]; then printf 'Failed:\n'; printf '  %s\n' "${failures[@]}"; fi
  printf '%s passed, %s failed\n' "$passed" "${#failures[@]}"
  [[ ${#failures[@]} == 0 ]] || exit 1
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

count_failure() { say "FAILED: $*"; failures+=("$*"); }

has_node() {
  has npm && has node && [[ "$(node --version | sed -E 's/v([0-9]+).*/\1/')" -ge 20 ]]
}
has_redis() { has redis-server; }
has_python() { has python3; }
has_pgbouncer() { PATH="$PATH:/usr/sbin" has pgbouncer; }
has_haproxy() { PATH="$PATH:/usr/sbin" has haproxy; }
has_chromium() { has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }

# TOOL apt dnf apk brew
tools='
node nodejs,npm nodejs,npm nodejs,npm node
redis redis-server redis redis redis
python python3 python3 python3 python
haproxy haproxy haproxy haproxy haproxy
pgbouncer pgbouncer pgbouncer pgbouncer pgbouncer
chromium chromium-headless-shell chromium chromium google-chrome
'

# Node.js with npm, Redis, Python, and Chromium: the tools that use the schema and the API as integrators do.
need_tools() {
  local tool apt dnf apk brew packages=()
  while read -r tool apt dnf apk brew; do
    if [[ -z "$tool" ]] || "has_$tool"; then continue; fi
    if has apt-get; then packages+=("$apt")
    elif has dnf; then packages+=("$dnf")
    elif has apk; then packages+=("$apk")
    elif has brew; then packages+=("$brew")
    fi
  done <<< "$tools"
  if [[ ${#packages[@]} != 0 ]]; then
    IFS=, read -ra packages <<< "$(IFS=,; printf '%s' "${packages[*]}")"
    say "Installing what tests need: ${packages[*]} …"
    if has apt-get; then apt_install "${packages[@]}"
    elif has dnf; then as_root dnf install -y "${packages[@]}"
    elif has apk; then as_root apk add "${packages[@]}"
    elif has brew; then brew install "${packages[@]}"
    fi
  fi
  while read -r tool _; do
    [[ -z "$tool" ]] || "has_$tool" || fail "Install $tool (Node.js 20 or newer), or run ./test.sh --quick."
  done <<< "$tools"
}

npm_folders() { find tests samples -name node_modules -prune -o -name package-lock.json -exec dirname {} +; }

install_npm_packages() {
  local folder installed
  while read -r folder; do
    installed="$folder/node_modules/.package-lock.json"
    if [[ ! -e "$installed" || "$folder/package-lock.json" -nt "$installed" ]]; then
      npm ci --prefix "$folder" --no-audit --no-fund < /dev/null || return
    fi
  done < <(npm_folders)
}

# Checks the formatting that the build does not: analyzers, style, and the order of usings are build errors or tests.
check_format() {
  dotnet format whitespace "$root" --folder --exclude artifacts --verify-no-changes
}

# Starts a step in the background. Its output is shown when `finished` waits for it.
start() {
  "$@" > "$all_results/$1.log" 2>&1 &
  eval "$1_job=$!"
}

finished() {
  local job="$1_job" code=0
  wait "${!job}" || code=$?
  cat "$all_results/$1.log" >&2
  return $code
}

restore() { dotnet restore Equaticket.sln --locked-mode; }

set_up() {
  need_sdk
  start restore
  need_postgres
  [[ $kind == quick ]] || need_tools
  finished restore || fail 'dotnet restore failed.'
  [[ $kind == quick ]] || start install_npm_packages
  [[ $kind != fast ]] || start check_format
  say 'Building …'
  dotnet build Equaticket.sln --configuration Release --no-restore --verbosity minimal
  [[ $kind != fast ]] || finished check_format || count_failure 'dotnet format whitespace'
  [[ $kind == quick ]] || finished install_npm_packages || fail 'npm ci failed.'
}

# Clients of the last release must keep working, unless CHANGELOG.md announces the change.
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

# Tests that start hosts mostly wait, so more of them run concurrently than there are processors, except for those that
# measure times.
threads() { if [[ $1 == Host.Tests && $order == side_by_side ]]; then printf 2x; else printf 1x; fi; }

# Hides the names of passed tests, which are only in the log.
run_project() {
  local name="$1"
  dotnet test "tests/$name" --configuration Release --no-build --filter "$filter" \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --logger 'console;verbosity=normal' -- "xUnit.MaxParallelThreads=$(threads "$name")" < /dev/null 2>&1 | tee "$results/$name.log" |
    sed -u -e '/^  Passed /d' -e "s/^Test Run /$name: &/" || printf 'failed' > "$results/$name.failed"
}

# For tests that measure times or fill tables with millions of rows.
one_by_one() {
  local name
  for name in "$@"; do run_project "$name"; done
}

# Two lanes of about the same length: while one waits, the other uses the processor.
side_by_side() {
  local name others=()
  for name in "$@"; do
    [[ $name == Host.Tests || $name == Schema.Tests ]] || others+=("$name")
  done
  one_by_one Host.Tests Schema.Tests &
  local lane=$!
  one_by_one "${others[@]}"
  wait $lane
}

# PART ORDER FILTER: runs the tests of a filter and counts them.
run_tests() {
  local order="$2" filter="$3" results="$all_results/$1" name
  mkdir -p "$results"
  start_progress
  "$order" "${projects[@]}"
  stop_progress
  for name in "${projects[@]}"; do count_project "$name"; done
}

stop_progress() {
  kill "$progress_job"
  wait "$progress_job" 2> /dev/null || true
}

start_progress() {
  while sleep 15 > /dev/null 2>&1; do
    for name in "${projects[@]}"; do
      [[ ! -e "$results/$name.log" ]] ||
        printf '%s %s  ' "$name" "$(grep -cE '^  (Passed|Failed|Skipped) ' "$results/$name.log")"
    done
    printf '\n'
  done >&2 &
  progress_job=$!
}

# Prints the attributes of the results in a file, one result per line.
results_of() { grep -o '<UnitTestResult [^>]*' "$1"; }

plain() { sed -e 's/&quot;/"/g' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e "s/&#x[AD];/ /g" -e 's/&amp;/\&/g'; }

# For each failed test in a file, prints its name, and its error message on the next line.
failures_of() {
  awk -v RS='<UnitTestResult ' 'NR > 1 {
    head = substr($0, 1, index($0, ">"))
    if (head ~ / outcome="(Passed|NotExecuted)"/) next
    sub(/.* testName="/, "", head)
    sub(/".*/, "", head)
    message = substr($0, 1, index($0, "</UnitTestResult>"))
    from = index(message, "<Message>")
    to = index(message, "</Message>")
    message = from && to ? substr(message, from + 9, to - from - 9) : "No error message."
    gsub(/[[:space:]]+/, " ", message)
    print head "\n" message
  }' "$1" | plain
}

count_project() {
  local name="$1" trx="$results/$1.trx" test message before=${#failures[@]}
  if [[ -e "$trx" ]]; then
    passed=$((passed + $(results_of "$trx" | grep -c ' outcome="Passed"' || true)))
    while read -r test && read -r message; do
      failures+=("$test"$'\n'"      ${message:0:300}")
    done < <(failures_of "$trx")
  fi
  if [[ ! -e "$trx" ]] || [[ -e "$results/$name.failed" && ${#failures[@]} == "$before" ]]; then
    count_failure "$name did not run to its end"
  fi
}

show_slowest_classes() {
  say 'The ten slowest classes:'
  cat "$all_results"/*/*.trx | grep -o '<UnitTestResult [^>]*' |
    sed -nE 's/.* testName="([^"(]*)\.[^".(]*[("].* duration="([0-9:.]*)".*/\2 \1/p' |
    awk '{ split($1, t, ":"); time[$2] += t[1] * 3600 + t[2] * 60 + t[3]; tests[$2]++ }
      END { for (c in time) printf "%7.1f s in %3d tests  %s\n", time[c], tests[c], c }' |
    sort -rn | head -n 10 >&2 || true
}

rm -rf "$all_results"
mkdir -p "$all_results"
set_up
if [[ $kind == fast ]]; then check_schema; fi
projects=()
for project in tests/*.Tests; do projects+=("${project#tests/}"); done
case $kind in
  fast) run_tests fast side_by_side 'Category!=Heavy&Category!=Long' ;;
  quick) run_tests quick side_by_side 'Category!=Heavy&Category!=Long&Category!=Slow&Category!=Tools' ;;
  long)
    run_tests heavy side_by_side 'Category=Heavy&Category!=Long'
    run_tests long one_by_one 'Category=Long'
    ;;
esac
mismatches="$(find tests -type d -name __mismatch__ -not -path '*/node_modules/*')"
[[ -z "$mismatches" ]] || count_failure "snapshots that differ:" $mismatches
show_slowest_classes
