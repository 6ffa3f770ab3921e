#!/usr/bin/env bash
# Writes a software bill of materials (CycloneDX JSON) of the server: deploy/sbom.sh [FOLDER]. The npm packages in the
# page at /graphql are in src/Host/Explorer/web/package-lock.json.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$(realpath --canonicalize-missing "${1:-artifacts/sbom}")"
version="$(git -C "$root" describe --tags --always)"
cd "$root"
dotnet tool restore > /dev/null
dotnet restore src/Host > /dev/null
dotnet CycloneDX src/Host/Host.csproj --exclude-dev --disable-package-restore --output-format Json \
  --output "$folder" --filename equaticket.cdx.json --set-name Equaticket --set-version "${version#v}" > /dev/null
printf '%s\n' "$folder/equaticket.cdx.json"
