# entities.sh - for pipelines.sh: which entities there are, and what their
# contracts say.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh

# Beside the shop's the user's own, whose contracts lie in one folder. There a
# contract may also take the place of one of the shop's.
find_entities() {
	local f e own=()
	contracts=${MH_CONTRACTS:-contracts}
	[ -z "${MH_CONTRACTS:-}" ] || [ -d "$contracts" ] ||
		die 78 "MH_CONTRACTS: $contracts: no such directory"
	for f in "$contracts"/*.contract; do
		[ -f "$f" ] || continue
		e=${f##*/} e=${e%.contract}
		[[ $e =~ ^[a-z_][a-z0-9_]*$ ]] ||
			die 78 "$f: a contract's file is called ENTITY.contract"
		own+=("$(contract_of "$e")")
		among "$e" "${entities[@]}" || entities+=("$e")
	done
	[ ${#own[@]} -eq 0 ] || mh-contract --check -- "${own[@]}" || exit
}

# The user's own contract, else the built-in one.
contract_of() { # ENTITY
	local file=$contracts/$1.contract
	case $file in
	/*) ;;
	*) file=./$file ;;
	esac
	if [ -f "$file" ]; then printf '%s' "$file"; else printf '%s' "$1"; fi
}

clean() { # ENTITY: the program that cleans its records
	local contract
	contract=$(contract_of "$1")
	if [ "$contract" = "$1" ]; then
		printf 'mh-clean-%s' "$1"
	else
		printf 'mh-clean -c %s' "$(q "$contract")"
	fi
}

key_of() { # ENTITY: the columns of its key, with commas between
	mh-contract --key -- "$(contract_of "$1")" | cut -f 1 | paste -sd ,
}

# The other entities that it refers to, each once.
refers_to() { # ENTITY
	mh-contract --references -- "$(contract_of "$1")" |
		awk -v self="$1" '$2 != self && !seen[$2]++ { print $2 }'
}

# The options with which keys that are nowhere are refused.
references() { # ENTITY
	local other key keys
	for other in $(refers_to "$1"); do
		key=$(key_of "$other") || return
		keys=$(silver_keys "$1" "$other" "$key") || return
		printf -- ' --ref %s:%s=%s' "$other" "$key" "$keys"
	done
}

# True if it refers to one of those named behind it.
waits_for() { # ENTITY ENTITY...
	local other
	for other in $(refers_to "$1"); do
		! among "$other" "${@:2}" || return 0
	done
	return 1
}

# --- what is expected of the records -------------------------------------------

# Of bronze, where nothing is clean yet: a key, under any of its names.
has_key() { # ENTITY
	local names list
	mh-contract --key -- "$(contract_of "$1")" |
		while IFS=$'\t' read -r -a names; do
			list=${names[0]}
			if [ ${#names[@]} -gt 1 ]; then
				printf -v list ', "%s"' "${names[@]//\"/\"\"}"
				list="coalesce(${list#, })"
			fi
			printf -- " --warn '%s'" \
				"tem_${names[0]}=length(trim(${list//\'/\'\\\'\'})) > 0"
		done
}

# What a stage's records are held to: of bronze that they have a key, of
# silver what the contract says. Gold's recipes say it themselves.
expectations() { # STAGE ENTITY
	printf 'mh-expect -q --dataset %s %s' "$1.$2" "$(rejects "$1" "$2.expect")"
	case $1 in
	bronze)
		! masks || printf -- ' --no-samples'
		has_key "$2"
		;;
	silver) printf -- ' -c %s' "$(q "$(contract_of "$2")")" ;;
	esac
}

# --- personal data ---------------------------------------------------------------

masks() { [ -n "${MH_MASK_KEY:-}" ]; }

# The part of a silver pipe that puts pseudonyms in the place of personal data.
mask() { # ENTITY
	! masks || printf 'mh-mask -c %s %s | ' "$(q "$(contract_of "$1")")" \
		"$(rejects silver "$1.mask")"
}

# The rejects of a stage that masks: nobody has seen them before. Gold is made
# of what is masked already.
mask_rejects() { # STAGE.NAME
	local f
	for f in "$raw/$1".*; do
		[ -f "$f" ] || continue
		case $1 in
		gold.*) cat "$f" ;;
		*) MH_RUN='' MH_SUMMARY='' mh-mask -q --reject-lines \
			-c "$(contract_of "${1#*.}")" "$f" ;;
		esac >"$lakehouse/runs/$run/${f##*/}" || return
	done
}
