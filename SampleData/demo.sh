#!/usr/bin/env bash
# From a clone to a released table on the screen, in four numbered stages. What is done already is
# skipped. `demo.sh libraries` runs the first stage alone.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly program=.build/release/carrel
readonly folder=out/demo
readonly site=$folder/site
readonly study=SampleData/studies/asthma-review.carrel
readonly packages="libsqlite3-dev libssl-dev pkg-config"

# Box characters only where the terminal's locale has them.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *UTF-8* | *utf8*) full=█ empty=░ ;;
  *) full='#' empty='-' ;;
esac

# bar CELLS: a bar of twenty cells of which so many are full.
bar() {
  local text='' cell
  for ((cell = 0; cell < 20; cell++)); do
    if ((cell < $1)); then text+=$full; else text+=$empty; fi
  done
  printf '%s' "$text"
}

# line STAGE TITLE TEXT [CELLS TIME]: one stage as a line.
line() {
  if (($# < 5)); then
    printf '[%s/4] %-11s %s\n' "$1" "$2" "$3"
  else
    printf '[%s/4] %-11s %-55s%s  %4s' "$1" "$2" "$3" "$(bar "$4")" "$5"
  fi
}

# since MICROSECONDS: the time that has passed, in tenths of a second below one.
since() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - $1) / 100000))
  if ((tenths < 10)); then echo "0.$tenths s"; else echo "$((tenths / 10)) s"; fi
}

# How far a log says that a build is, in twentieths: `[12/340] Compiling …`.
cells_done() {
  local step
  step=$(tr '\r' '\n' <"$1" | grep -oE '^\[[0-9]+/[0-9]+\]' | tail -n 1 | tr -d '[]' || true)
  if [[ -n $step ]]; then echo $((20 * ${step%/*} / ${step#*/})); else echo 0; fi
}

# stage NUMBER TITLE TEXT COMMAND…: runs a command with a bar that moves, on a terminal, and its time.
stage() {
  local number=$1 title=$2 text=$3 log=$folder/$1.log start=${EPOCHREALTIME/[.,]/} job
  shift 3
  mkdir -p "$folder"
  "$@" >"$log" 2>&1 &
  job=$!
  if [[ -t 1 ]]; then
    while kill -0 "$job" 2>/dev/null; do
      line "$number" "$title" "$text" "$(cells_done "$log")" "$(since "$start")"
      printf '\r'
      sleep 0.2
    done
  fi
  if ! wait "$job"; then
    line "$number" "$title" "$text: failed"
    tail -n 40 "$log" >&2
    exit 5
  fi
  line "$number" "$title" "$text" 20 "$(since "$start")"
  printf '\n'
}

has_libraries() {
  command -v pkg-config >/dev/null && pkg-config --exists sqlite3 libcrypto
}

install_libraries() {
  apt-get update -qq
  # shellcheck disable=SC2086 # The packages are words.
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
}

libraries() {
  if ! has_libraries; then
    if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
      line 1 Libraries "SQLite and OpenSSL are needed, with their development files" >&2
      echo "next  sudo apt-get install $packages" >&2
      exit 5
    fi
    stage 1 Libraries "installing $packages" install_libraries
  fi
  line 1 Libraries \
    "SQLite $(pkg-config --modversion sqlite3) and OpenSSL $(pkg-config --modversion libcrypto) found"
}

# Whether a file is newer than everything that it is made from.
is_newer() {
  local made=$1
  shift
  [[ -e $made ]] && [[ -z $(find "$@" -newer "$made" -print -quit) ]]
}

build() {
  if is_newer $program Package.swift Sources; then
    line 2 Build "carrel, release, built before"
  else
    stage 2 Build "carrel, release" swift build -c release --product carrel
    touch $program
  fi
}

make_site() {
  rm -rf $site
  $program site create $site --kind synthetic
  $program load SampleData/datapackage.json --site $site
  touch $folder/loaded
}

load() {
  if is_newer $folder/loaded $program SampleData/datapackage.json SampleData/*.csv.gz; then
    line 3 Site "SampleData: 20,000 invented people, loaded before"
  else
    stage 3 Site "SampleData: 20,000 invented people, loaded" make_site
  fi
}

run_study() {
  rm -rf $folder/asthma-review
  $program run $study --site $site --output $folder/asthma-review --show reviews
}

libraries
if [[ ${1:-} == libraries ]]; then exit 0; fi
build
load
stage 4 Study "$study" run_study
cat $folder/4.log
echo "next     $program new my-study   a study of your own, on the same invented people"
