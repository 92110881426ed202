# shellcheck shell=sh
# lake.sh - for the cases of mh-audit, to be read with `.`: a lakehouse of the
# programs' own making. r1 and r2 were published, r3 failed, r4 was killed.
#
#	edit FILE SCRIPT		changes a file of it with sed
#	change RUN LAYER FILTER		changes a stage of a record with jq

L=lakehouse

begin() { # RUN
	export MH_RUN="$1"
	mkdir -p "$L/runs/$1" "$L/bronze/pedidos" "$L/versions/$1/silver" \
		"$L/versions/$1/gold" "$L/versions/$1/rejects"
	printf '{"run":"%s","began":"2026-11-22T10:00:00Z"}\n' "$1" \
		>"$L/runs/$1.ndjson"
}

# As pipelines.sh enters it; the sums are those that the case expects.
stage() { # LAYER NAME STATE STATUS IN OUT REJECTED PIPE
	rm -f books
	MH_SUMMARY=books sh -c "$8" 2>/dev/null || test "$3" = failed
	printf '{"run":"%s","stage":"%s","name":"%s","state":"%s","status":%d,"in":%d,"out":%d,"rejected":%d,"seconds":0.01,"books":[%s]}\n' \
		"$MH_RUN" "$1" "$2" "$3" "$4" "$5" "$6" "$7" \
		"$(paste -sd, books)" >>"$L/runs/$MH_RUN.ndjson"
}

end() { # STATUS
	printf '{"run":"%s","end":%d}\n' "$MH_RUN" "$1" \
		>>"$L/runs/$MH_RUN.ndjson"
	unset MH_RUN
}

edit() { # FILE SCRIPT
	sed -e "$2" "$1" >edited
	! cmp -s "$1" edited || { echo "edit: unchanged: $1" >&2; exit 1; }
	cp edited "$1"
}

change() { # RUN LAYER FILTER
	jq -c "if .stage == \"$2\" then $3 else . end" "$L/runs/$1.ndjson" >edited
	! cmp -s "$L/runs/$1.ndjson" edited || exit 1
	cp edited "$L/runs/$1.ndjson"
}

orders() { # N: the first N
	head -n $(($1 + 1)) <<-'END'
		id_pedido,id_cliente,id_produto,quantidade,valor_total,status,data_pedido
		1,C1,P1,1,"10,50",pago,2026-01-02
		2,C1,P2,2,"R$ 1.234,56",pago,2026-01-03
		3,C2,P1,1,"12,3,4",pago,2026-01-04
		4,C2,P1,3,30,enviado,2026-01-05
		4,C2,P1,3,30,enviado,2026-01-05
		5,C9,P1,1,5,pago,2026-01-06
		6,C2,P2,1,7,pago,2026-01-07
	END
}

good_run() { # RUN ORDERS SILVER GOLD
	begin "$1"
	v=$L/versions/$1 r=$L/runs/$1 b=$L/bronze/pedidos/$1.ndjson
	orders "$2" >orders.csv
	stage bronze pedidos ok 0 "$2" "$2" 0 "mh-from-csv orders.csv |
		mh-expect --warn 'pequeno=quantidade < 3' \
		-r $r/bronze.pedidos.ndjson | mh-save $b"
	stage silver pedidos ok 0 "$2" "$3" $(($2 - $3)) "
		mh-clean-pedidos -r $r/silver.pedidos.ndjson $b |
		mh-expect --drop 'caro=valor_total >= 7' \
		-r $r/silver.pedidos.expect.ndjson |
		mh-save $v/silver/pedidos.ndjson"
	stage gold por_cliente ok 0 "$3" "$4" 0 "
		mh-join -k id_cliente clientes.ndjson $v/silver/pedidos.ndjson |
		mh-aggregate -k id_cliente -a 'n=count()' |
		mh-save --plain $v/gold/por_cliente.ndjson"
	ln "$r"/*.ndjson "$v/rejects"
	end 0
	ln -sfn "versions/$1" "$L/current"
}

make_lake() {
	MH_RUN=r0 mh-wrap -n -- printf '{"id_cliente":"C1"}\n{"id_cliente":"C2"}\n' \
		>clientes.ndjson
	good_run r1 6 3 2
	good_run r2 7 4 2
	ln -s current/silver current/gold current/rejects "$L"

	begin r3
	v=$L/versions/r3 r=$L/runs/r3
	stage silver pedidos failed 1 7 0 3 "
		mh-clean-pedidos -r $r/silver.pedidos.ndjson \
		$L/bronze/pedidos/r2.ndjson |
		mh-expect --fail 'caro=valor_total >= 7' \
		-r $r/silver.pedidos.expect.ndjson |
		mh-save $v/silver/pedidos.ndjson"
	end 1
	begin r4
	printf '{"run":"r4","stage":"silv' >>"$L/runs/r4.ndjson"
	unset MH_RUN
	rm -rf "$L/versions/r3" "$L/versions/r4"
}

make_lake
