# entities.sh - for pipelines.sh: which entities there are, and what their
# contracts say.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # variables are those of pipelines.sh

# Beside the shop's the user's own, whose contracts lie in one folder. There a
# contract may also take the place of one of the shop's.
find_entities() {
	local f e
	contracts=${MH_CONTRACTS:-contracts}
	[ -z "${MH_CONTRACTS:-}" ] || [ -d "$contracts" ] ||
		die 78 "MH_CONTRACTS: $contracts: no such directory"
	for f in "$contracts"/*.contract; do
		[ -f "$f" ] || continue
		e=$(awk '$1 == "entity" { print $2; exit }' "$f")
		# one that others include has none
		[ -n "$e" ] || continue
		[[ $f == */$e.contract && $e =~ ^[a-z_][a-z0-9_]*$ ]] ||
			die 78 "$f: the contract of $e is called $e.contract, in lower case"
		among "$e" "${entities[@]}" || entities+=("$e")
	done
}

# What is wrong with the user's own contracts, before anything runs.
check_contracts() {
	local e other own=()
	for e in "${entities[@]}"; do
		[ "$(contract_of "$e")" = "$e" ] || own+=("$(contract_of "$e")")
	done
	[ ${#own[@]} -gt 0 ] || return 0
	mh-contract --check -- "${own[@]}" || exit
	for e in "${entities[@]}"; do
		for other in $(refers_to "$e"); do
			among "$other" "${entities[@]}" ||
				die 78 "$e: refers to $other, which has no contract in $contracts; mh-contract --print has the built-in ones"
			[[ $(key_of "$other") != *,* ]] ||
				die 78 "$e: refers to $other, whose key has several columns: $(key_of "$other")"
		done
	done
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

# In a database's bronze the columns have the contract's names: the part of a
# pipe that gives them to members with other names of the source.
rename_members() { # ENTITY
	local names list renames=''
	while IFS=$'\t' read -r -a names; do
		[ ${#names[@]} -gt 1 ] || continue
		list=$(member_of "${names[@]}")
		renames+=" $(q "${names[0]}=$list")"
	done < <(mh-contract --names -- "$(contract_of "$1")")
	[ -z "$renames" ] || printf 'mh-derive%s | ' "$renames"
}

# The expression for a member under any of its names. In quotes: it may be
# called like a word of mh-expr(7).
member_of() { # NAME...
	local list
	printf -v list ', "%s"' "${@//\"/\"\"}"
	printf 'coalesce(%s)' "${list#, }"
}

# The options with which keys that are nowhere are refused.
references() { # ENTITY
	local others other key keys
	others=$(refers_to "$1") || return
	for other in $others; do
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
			list=$(member_of "${names[@]}")
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
# In front of the cleaning: its rejects are masked then, and what refers to a
# personal key finds the pseudonym in silver. Members that no contract knows
# may be anything, and stay behind.
mask() { # ENTITY
	printf 'mh-mask --allow-only -c %s %s' "$(q "$(contract_of "$1")")" \
		"$(rejects silver "$1.mask")"
}

# A key that cannot be used, before anything runs.
check_mask() {
	! masks || MH_RUN='' MH_SUMMARY='' mh-mask -q -c clientes \
		</dev/null >/dev/null || exit
}

# The rejects of those that saw what was not masked yet: nobody else has.
mask_rejects() { # STAGE.NAME
	local f
	for f in "$raw/$1".*; do
		[ -f "$f" ] || continue
		MH_RUN='' MH_SUMMARY='' mh-mask -q --reject-lines --allow-only \
			-c "$(contract_of "${1#*.}")" "$f" \
			>"$lakehouse/runs/$run/${f##*/}" || return
	done
}
