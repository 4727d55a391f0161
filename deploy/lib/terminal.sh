# shellcheck shell=bash
# What the scripts of deploy/ say and how: sourced, never run. Colour only on a terminal, and never when NO_COLOR is set.

if [[ -t 2 && -z "${NO_COLOR:-}" && "${TERM:-dumb}" != dumb ]]; then
    bold=$'\e[1m' red=$'\e[31m' yellow=$'\e[33m' plain=$'\e[0m'
else
    bold='' red='' yellow='' plain=''
fi

# A step of a longer piece of work.
step() {
    printf '%s==> %s%s\n' "$bold" "$*" "$plain" >&2
}

# Something a person should know, that does not stop the work.
warn() {
    printf '%swarning:%s %s\n' "$yellow" "$plain" "$*" >&2
}

# Ends the script: what was wrong, where, and what to do.
fail() {
    printf '%s%s: error:%s %s\n' "$red" "deploy/$(basename -- "$0")" "$plain" "$*" >&2
    exit 1
}

# The comment at the head of the calling script is its help: printed without the `#` marks.
print_help() {
    awk 'NR == 1 { next } /^#/ { sub(/^# ?/, ""); print; next } { exit }' "$0"
}
