#!/usr/bin/env bash
# A second opinion on a bundle, for developers: what other people's tools say of it. Nothing in Carrel
# needs it.
#
#   cross-check.sh BUNDLE.zip [PYTHON]
#
# `unzip` and `sha512sum` check the archive and the manifests. Where PYTHON has them, `rocrate` reads
# the metadata and `rocrate_validator` holds it to the Five Safes profile, which is in the branch of
# crs4/rocrate-validator that its pull request 167 offers; install that branch into PYTHON's
# environment first.
set -euo pipefail
bundle=$(realpath "$1")
python=${2:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

unzip -tq "$bundle"
unzip -q "$bundle" -d "$folder"
cd "$folder"/*/
sha512sum --quiet -c manifest-sha512.txt
sha512sum --quiet -c tagmanifest-sha512.txt
echo "archive and manifests agree"

if "$python" -c 'import rocrate' 2> /dev/null; then
  "$python" -c 'from rocrate.rocrate import ROCrate; print(len(ROCrate("data").get_entities()), "entities read")'
else
  echo "rocrate is not installed: the metadata was not read"
fi
if "$python" -c 'import rocrate_validator' 2> /dev/null; then
  "$python" -m rocrate_validator.cli validate --profile-identifier five-safes-crate \
    --requirement-severity REQUIRED data
else
  echo "rocrate_validator is not installed: the profile was not checked"
fi
