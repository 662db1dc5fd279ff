# Shared by the scripts in etc/ that run a command line tool of ours. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# run_tool PROJECT NAME "USED PROJECTS" ARGS...: runs src/PROJECT's NAME.dll; builds it first when its sources, or those of
# the projects that it uses, are newer than the last build.
run_tool() {
  local project=$root/src/$1 name=$2 used=$3; shift 3
  local tool=$project/bin/Release/net10.0/$name.dll stamp=$project/obj/$name.built
  local sources=("$project" "$root/Directory.Packages.props" "$root/common.props" "$root/global.json") other
  for other in $used; do sources+=("$root/src/$other"); done

  if [[ ! -f $tool || ! -f $stamp || -n $(changed_since "$stamp" "${sources[@]}") ]]; then
    mkdir -p "$project/obj"
    # The mark is taken before the build: a file saved during it counts as changed.
    touch "$stamp.new"
    dotnet build "$project" -c Release -m:1 -nologo -v q -clp:ErrorsOnly >&2
    mv "$stamp.new" "$stamp"
  fi

  exec dotnet "$tool" "$@"
}

changed_since() {
  local stamp=$1; shift
  find "$@" \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit
}
