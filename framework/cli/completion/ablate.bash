# Completion of ablate for bash. Now: source <(ablate completion bash). For good: put that line into ~/.bashrc.

_ablate() {
  local program=${1/#\~\//$HOME/} paths=
  COMPREPLY=()
  {
    IFS= read -r paths
    mapfile -t COMPREPLY
  } < <("$program" complete --line "${COMP_LINE:0:COMP_POINT}" --breaks "$COMP_WORDBREAKS" 2>/dev/null)
  case $paths in
    files) compopt -o default ;;
    folders) compopt -o dirnames ;;
    study_files)
      compopt -o filenames -o plusdirs
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
        compgen -f -X '!*.yaml' -- "$2"
        compgen -f -X '!*.yml' -- "$2"
      )
      ;;
  esac
  # What ends so is not a whole word yet.
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/\(] ]] && compopt -o nospace
  return 0
}

complete -F _ablate ablate
