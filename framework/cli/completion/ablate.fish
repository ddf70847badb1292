# Completion of ablate for fish. Now: ablate completion fish | source. For good:
# ablate completion fish >~/.config/fish/completions/ablate.fish

function __ablate_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -l lines ($program complete -- $words[2..-1] (string unescape -- $current; or echo $current) 2>/dev/null)
    string join \n -- $lines[2..-1]
    switch "$lines[1]"
        case files
            __fish_complete_path $current
        case folders
            __fish_complete_directories $current
        case study_files
            __fish_complete_suffix .yaml
            __fish_complete_suffix .yml
    end
end

complete -c ablate -f -k -a '(__ablate_complete)'
