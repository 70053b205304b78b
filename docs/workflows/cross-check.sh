#!/usr/bin/env bash
# A second opinion on a bundle, for developers: what other people's tools say of it. Nothing in Carrel
# needs it.
#
#   cross-check.sh BUNDLE.zip [PYTHON]
#
# `unzip` and `sha512sum` check the archive and the manifests. Where PYTHON has them, `bagit` validates the
# bag, `rocrate` reads the metadata, and `rocrate_validator` (the package `roc-validator`) holds it to
# RO-Crate 1.2, for which it fetches the context from the network or its cache. The Five Safes profile is
# in the branch of crs4/rocrate-validator that its pull request 167 offers; with that branch in PYTHON's
# environment the crate is held to it instead.
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
  has_five_safes='import os, rocrate_validator as r; import sys
sys.exit(not os.path.isdir(os.path.join(os.path.dirname(r.__file__), "profiles/five-safes-crate")))'
  if "$python" -c "$has_five_safes"; then profile=five-safes-crate; else profile=ro-crate-1.2; fi
  "$python" -c 'from rocrate_validator.cli import cli; cli()' validate \
    --profile-identifier "$profile" --requirement-severity REQUIRED --no-paging data
else
  echo "rocrate_validator is not installed: no profile was checked"
fi
