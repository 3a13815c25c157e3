#!/bin/bash
# The mishaps of docs/operations.md, as they look:  docs/operations.sh [BINARIES [SCENE]]
# Needs the right to mount a small file system for the full disk (root, or user namespaces); says so without it.
set -u
cd "$(dirname "$0")/.."
bin=$(realpath "${1:-build/release}")
place=$(mktemp -d)
trap 'umount "$place/small" 2>/dev/null; rm -rf "$place"' EXIT
PATH=$bin:$PATH
cp -r samples "$place/documents"
cd "$place" || exit

show() {
  printf '$ %s\n' "$*"
  eval "$@"
  code=$?
  [ $code = 0 ] || printf '(exit %s)\n' $code
}

until_building() {
  until compgen -G "$1/generations/*.tmp" >/dev/null; do sleep 0.05; done
}

killed() {
  show izde-indexer rebuild --quiet --index index documents
  mkfifo input
  izde-indexer update --index index documents - <input &
  run=$!
  exec 3>input
  until_building index
  echo '$ izde-indexer update --index index documents - &'
  echo '$ kill -9 %1'
  kill -9 $run
  { wait $run; } 2>/dev/null
  exec 3>&-
  show ls index/generations
  show izde-indexer check --index index
  show izde-indexer update --index index documents
  show ls index/generations
}

full_disk() {
  mkdir small
  if ! mount -t tmpfs -o size=4m izde small 2>/dev/null; then
    echo "cannot mount a small file system here: run as root, or under: unshare -rm $0"
    return
  fi
  show izde-indexer rebuild --quiet --index small/index documents
  for i in 1 2 3 4; do cp -r documents/english "documents/more$i"; done
  # Room enough for the indexer to begin.
  dd if=/dev/zero of=small/filler bs=1k count=$(($(df -k --output=avail small | tail -1) - 1100)) status=none
  show izde-indexer update --index small/index documents
  rm small/filler
  dd if=/dev/zero of=small/filler bs=1k count=$(($(df -k --output=avail small | tail -1) - 400)) status=none
  show izde-indexer update --index small/index documents
  show df -h --output=size,used,avail small
  show izde-indexer check --index small/index
  show ls small/index/generations
  show rm small/filler
  show izde-indexer update --quiet --index small/index documents
}

overlap() {
  exec 3>&-
  rm -f input
  mkfifo input
  izde-indexer rebuild --quiet --index index documents - <input &
  run=$!
  exec 3>input
  until_building index
  echo '$ izde-indexer rebuild --quiet --index index documents - &'
  show izde-indexer update --index index documents
  exec 3>&-
  wait $run
}

# A list that its reader has not the memory for: each of its letters is a piece of the tree.
poison() {
  yes '* a *b* `c` [d](e)' | head -c 30000000 >documents/minutes.md
  show izde-indexer update --index index documents
  show cat index/poison.json
  show izde-indexer update --quiet --index index documents
  rm documents/minutes.md
}

for scene in ${2:-killed full_disk overlap poison}; do
  printf '== %s\n' "$scene"
  $scene 2>&1
done
