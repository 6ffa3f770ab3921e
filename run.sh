#!/usr/bin/env bash
# Installs what is missing and serves Equaticket on http://localhost:5080. Arguments are passed to `serve`.
# test.sh and equaticket source this file for its functions.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
host="$root/artifacts/bin/Host/release/Equaticket.Host.dll"
export EQUATICKET_DATA="${EQUATICKET_DATA:-$root/.data}"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" > /dev/null 2>&1; }

# Also looks where the SDK's own installers put it.
find_dotnet() {
  local folder
  for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/local/share/dotnet; do
    has dotnet && break
    if [[ -x "$folder/dotnet" ]]; then export DOTNET_ROOT="$folder" PATH="$folder:$PATH"; fi
  done
  has dotnet
}

need_sdk() {
  find_dotnet && dotnet --list-sdks | grep -q '^10\.' ||
    fail 'Equaticket needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0'
}

need_runtime() {
  find_dotnet && dotnet --list-runtimes | grep -q '^Microsoft\.AspNetCore\.App 10\.' ||
    fail 'Equaticket needs the ASP.NET Core 10 runtime: https://dotnet.microsoft.com/download/dotnet/10.0'
}

as_root() {
  if [[ "$(id -u)" == 0 ]]; then "$@"; return; fi
  has sudo || fail "Installing requires root. Run '$*' as root, then try again."
  say "Running with sudo: $*"
  sudo "$@"
}

# Keep in sync with src/Host/EmbeddedPostgres/PostgresBinaries.cs.
has_postgres() {
  local folder folders
  if [[ -n "${EQUATICKET_PG_BIN:-}" ]]; then
    folders=("$EQUATICKET_PG_BIN")
  else
    IFS=: read -ra folders <<< "$PATH"
    folders+=(/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql*
      /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /usr/local/pgsql/bin
      /Applications/Postgres.app/Contents/Versions/*/bin)
  fi
  for folder in "${folders[@]}"; do
    [[ -x "$folder/initdb" && -x "$folder/pg_ctl" && -x "$folder/postgres" ]] && return 0
  done
  return 1
}

apt_install() {
  [[ -n "${apt_is_updated:-}" ]] || as_root apt-get update -q
  apt_is_updated=yes
  as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -q -y --no-install-recommends "$@"
}

# By default, Debian's package creates and starts a cluster, which is not needed.
keep_debian_from_starting_a_cluster() {
  local settings=/etc/postgresql-common/createcluster.conf
  [[ -e "$settings" ]] && return
  as_root mkdir -p "${settings%/*}"
  printf 'create_main_cluster = false\n' | as_root tee "$settings" > /dev/null
}

need_postgres() {
  has_postgres && return
  [[ -z "${EQUATICKET_PG_BIN:-}" ]] ||
    fail "EQUATICKET_PG_BIN ($EQUATICKET_PG_BIN) does not contain initdb, pg_ctl and postgres."
  say 'No PostgreSQL server programs were found. Installing the postgresql package.'
  if has apt-get; then keep_debian_from_starting_a_cluster; apt_install postgresql
  elif has dnf; then as_root dnf install -y postgresql-server
  elif has apk; then as_root apk add postgresql setpriv
  elif has brew; then brew install postgresql
  else fail 'Install the PostgreSQL server programs, or set EQUATICKET_PG_BIN to their folder.'
  fi >&2
  has_postgres || fail 'PostgreSQL was installed, but its programs were not found.'
}

# Runs in the repository, because its global.json selects the SDK.
build_host() {
  say 'Building Equaticket (Release) …'
  (cd "$root" && dotnet build src/Host/Host.csproj --configuration Release --verbosity minimal) >&2
}

main() {
  need_sdk
  # An external database needs no local PostgreSQL.
  [[ -n "${ConnectionStrings__Equaticket:-}" ]] || need_postgres
  build_host
  exec dotnet "$host" serve "$@"
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then main "$@"; fi
