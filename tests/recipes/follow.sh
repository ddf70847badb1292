#!/bin/sh
# follow.sh RECIPE BUILD SOURCE: follows a recipe of CONTRIBUTING.md. Applies tests/recipes/RECIPE.patch to a copy of the
# sources, compiles the units that its line "Units:" names (what is new, and what makes use of it), links them before the
# library of BUILD, and runs the program: RECIPE.check, in a folder of its own, says whether the new part is there.
set -eu
recipe=$1 build=$2 source=$3
here=$(dirname "$(readlink -f "$0")")
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/objects" "$copy/run"
cp -r "$source/framework" "$copy/framework"
(cd "$copy" && patch -s -p1 <"$here/$recipe.patch")

units=$(sed -n 's/^Units: //p' "$here/$recipe.patch")

# A unit is compiled as its neighbours in the folder were, alone or a dozen at a time (ABLATE_UNITY).
command_of() { # UNIT
  folder=${1%/*} together=$(echo "${1%/*}" | sed -e 's|^framework/||' -e 's|/|_|g')
  sed -n -e "s|^ *\"command\": \"\(.*/$folder/[a-z_]*\.cpp\)\",\$|\1|p" \
    -e "s|^ *\"command\": \"\(.*/unity_${together}_[0-9]*_cxx\.cxx\)\",\$|\1|p" "$build/compile_commands.json" | head -n 1 |
    sed -e 's|\\"|"|g' -e 's| -o [^ ]* -c .*||'
}
cd "$build"
objects=
for unit in $(printf '%s\n' $units | sort -u); do
  object=$copy/objects/$(echo "$unit" | tr / _).o text=$copy/$unit
  compile=$(command_of "$unit" | sed "s|-I$source/framework|-I$copy/framework|g")
  [ -n "$compile" ] || { echo "no unit like $unit was compiled"; exit 1; }
  neighbours=$(grep -l "\"$source/$unit\"" CMakeFiles/*/Unity/*.cxx 2>/dev/null || :)
  if [ -n "$neighbours" ]; then # it stands for all that were compiled with it
    text=$copy/objects/neighbours.cpp
    sed "s|$source/framework|$copy/framework|" "$neighbours" >"$text"
  fi
  eval "$compile -o $object -c $text"
  objects="$objects $object"
done
[ -n "$objects" ] || { echo "$recipe.patch names no unit"; exit 1; }
link=$(ninja -t commands ablate | tail -n 1 | sed -e 's|^: && ||' -e 's| && :$||')
eval "$(printf '%s\n' "$link" | sed -e "s|\(CMakeFiles/ablate_program.dir/[^ ]*\.o\)|$objects \1|" -e "s| -o ablate | -o $copy/ablate |")"

cd "$copy/run"
sh -eu "$here/$recipe.check" "$copy/ablate"
