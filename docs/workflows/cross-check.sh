#!/usr/bin/env bash
# A second opinion on a bundle, for developers: what other people's tools say of it. Nothing in Carrel
# needs it.
#
#   cross-check.sh BUNDLE.zip [PYTHON [PROFILES]]
#
# `unzip` and `sha512sum` check the archive and the manifests. Where PYTHON has them, `bagit` validates the
# bag, `rocrate` reads the metadata, and `rocrate_validator` (the package `roc-validator`) holds the crate to
# RO-Crate 1.2 and the study in it to Workflow RO-Crate 1.0, for which it fetches contexts from the network
# or its cache. The Five Safes profile is not in that package (0.13.0): with a folder PROFILES that holds
# `five-safes-crate`, from the repositories crs4/rocrate-validator or eScienceLab/rocrate-validator, the crate
# is held to it too.
set -euo pipefail
bundle=$(realpath "$1")
python=${2:-python3}
profiles=${3:+$(realpath "$3")}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

unzip -tq "$bundle"
unzip -q "$bundle" -d "$folder"
cd "$folder"/*/
sha512sum --quiet -c manifest-sha512.txt
sha512sum --quiet -c tagmanifest-sha512.txt
echo "archive and manifests agree"

if "$python" -c 'import bagit' 2> /dev/null; then
  "$python" -c 'import bagit; bagit.Bag(".").validate(); print("bagit: the bag is valid")'
else
  echo "bagit is not installed: the bag was not validated"
fi
if "$python" -c 'import rocrate' 2> /dev/null; then
  "$python" -c 'from rocrate.rocrate import ROCrate; print(len(ROCrate("data").get_entities()), "entities read")'
else
  echo "rocrate is not installed: the metadata was not read"
fi
if "$python" -c 'import rocrate_validator' 2> /dev/null; then
  validate() {
    "$python" -c 'from rocrate_validator.cli import cli; cli()' validate \
      --requirement-severity REQUIRED --no-paging "$@"
  }
  validate --profile-identifier ro-crate-1.2 data
  validate --profile-identifier workflow-ro-crate-1.0 data/study
  if [ -n "$profiles" ]; then
    # The profile's own checks of itself stop at a name that it has twice.
    validate --extra-profiles-path "$profiles" --profile-identifier five-safes-crate-0.4 \
      --no-profile-checks data
  fi
else
  echo "rocrate_validator is not installed: no profile was checked"
fi
